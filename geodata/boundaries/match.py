"""Which town an outline belongs to: by code, else by name, and only where it lies."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.boundaries.shape import Shape
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.place.district import Town, canonical_district, load_districts, load_towns

# A town drawn farther from its district than this is another place, or in another datum.
FAR_M = 3000.0
_CODE = re.compile(r"\d{9}(?:\d{3})?")
_KIND = re.compile(r"(?:街道|镇|乡)(?:办事处|人民政府|政府)?$")


@dataclass(frozen=True, slots=True)
class Outline:
    """A town with its outline in WGS-84."""

    town: Town
    area: BaseGeometry


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What a file calls a shape that is no known town's, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Matched:
    """What a file gave; `missing` are the towns it has no outline of."""

    outlines: tuple[Outline, ...]
    unmatched: tuple[Unmatched, ...]
    missing: tuple[Town, ...]


def match(shapes: Iterable[Shape], *, datum: Datum = Datum.WGS84) -> Matched:
    """Every shape with its town; several shapes of one town are put together."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    unmatched = []
    for shape in shapes:
        area = _in_wgs84(shape.area, datum)
        found = _town(shape, area)
        if isinstance(found, Town):
            parts[found.code].append(area)
        else:
            unmatched.append(Unmatched(_called(shape), found))
    towns = load_towns()
    return Matched(
        outlines=tuple(
            Outline(town, shapely.union_all(parts[town.code]))
            for town in towns
            if town.code in parts
        ),
        unmatched=tuple(unmatched),
        missing=tuple(town for town in towns if town.kind == "town" and town.code not in parts),
    )


def _in_wgs84(area: BaseGeometry, datum: Datum) -> BaseGeometry:
    def moved(xy: np.ndarray) -> np.ndarray:
        lon, lat = convert(xy[:, 0], xy[:, 1], source=datum, target=Datum.WGS84)
        return np.column_stack([lon, lat])

    return area if datum is Datum.WGS84 else shapely.transform(area, moved)


def _town(shape: Shape, area: BaseGeometry) -> Town | str:
    """The town, or why there is none."""
    if area.is_empty:
        return "图形是空的"
    candidates = _by_code(shape) or _by_name(shape)
    if not candidates:
        return "街镇表里没有这个代码或名称"
    middle = area.representative_point()
    near = [town for town in candidates if _distance_m(town, middle) <= FAR_M]
    if not near:
        return f"图形不在{candidates[0].district}，请核对坐标系或名称"
    inside = [town for town in near if _distance_m(town, middle) == 0.0] or near
    return inside[0] if len(inside) == 1 else "同名的街镇不止一个，请加上代码或区名"


def _distance_m(town: Town, spot: shapely.Point) -> float:
    return load_districts().distance_m(town.district, spot.x, spot.y)


def _by_code(shape: Shape) -> list[Town]:
    codes = {value[:9] for value in shape.said.values() if _CODE.fullmatch(value)}
    return [town for town in load_towns() if town.code in codes]


def _by_name(shape: Shape) -> list[Town]:
    districts = {canonical_district(value) for value in shape.said.values() if value} - {None}
    for spelling in (_as_it_is, _short, _shortest):
        found = dict.fromkeys(_named(shape, spelling))
        if districts:
            found = {town: None for town in found if town.district in districts}
        if found:
            return list(found)
    return []


def _named(shape: Shape, spelling: Callable[[str], str]) -> Iterator[Town]:
    for value in shape.said.values():
        yield from _by(spelling).get(spelling(value), [])


def _as_it_is(name: str) -> str:
    return name


def _short(name: str) -> str:
    return _KIND.sub("", name)


def _shortest(name: str) -> str:
    """古美路街道 and 古美街道 are one."""
    return _short(name).removesuffix("路")


@cache
def _by(spelling: Callable[[str], str]) -> Mapping[str, list[Town]]:
    by_name: dict[str, list[Town]] = defaultdict(list)
    for town in load_towns():
        by_name[spelling(town.name)].append(town)
    return by_name


def _called(shape: Shape) -> str:
    texts = [value for value in shape.said.values() if value and not value.isdecimal()]
    return " ".join(texts)[:40] or "（没有名称）"
