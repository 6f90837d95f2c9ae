"""A layer of a tile: features with their attributes, keys and values once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from geodata.tiles.grid import EXTENT
from geodata.tiles.wire import chunk, double, packed, varint, whole, zigzag

_VERSION = 2
Value = str | int | float | bool


class Shape(IntEnum):
    """What a feature's geometry is, by its number in the standard."""

    POINT = 1
    POLYGON = 3


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature; `geometry` is in the commands of the standard. None is left out."""

    shape: Shape
    geometry: bytes
    attributes: Mapping[str, Value | None]
    id: int | None = None


def layer(name: str, features: Iterable[Feature]) -> bytes:
    """A tile of one layer; b"" where it has no feature."""
    keys: dict[str, int] = {}
    # 1, 1.0 and True are equal, and three different values in a tile.
    values: dict[tuple[type, Value], int] = {}
    made = b"".join(chunk(2, _feature(each, keys, values)) for each in features)
    if not made:
        return b""
    said = [chunk(3, key.encode()) for key in keys]
    said += [chunk(4, _value(value)) for _, value in values]
    head = whole(15, _VERSION) + chunk(1, name.encode())
    return chunk(3, head + made + b"".join(said) + whole(5, EXTENT))


def _feature(
    feature: Feature, keys: dict[str, int], values: dict[tuple[type, Value], int]
) -> bytes:
    tags = [
        number
        for key, value in feature.attributes.items()
        if value is not None
        for number in (
            keys.setdefault(key, len(keys)),
            values.setdefault((type(value), value), len(values)),
        )
    ]
    identity = b"" if feature.id is None else whole(1, feature.id)
    return identity + packed(2, tags) + whole(3, feature.shape) + chunk(4, feature.geometry)


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return whole(7, value)
    if isinstance(value, int):
        return whole(5, value) if value >= 0 else whole(6, zigzag(value))
    return double(3, value) if isinstance(value, float) else chunk(1, value.encode())


def point(x: int, y: int) -> bytes:
    """The geometry of one point."""
    return b"\x09" + varint(zigzag(x)) + varint(zigzag(y))
