"""What one record takes over from its duplicate, field by field, and how it is given back.

Only blanks are filled: where both say something, the kept one stands and the difference is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.duplicates.evidence import Located, is_point
from geodata.storing.doors import POSITION, is_blank
from geodata.tables import ServicePoint
from geodata.tables.base import Locatable

Row = Located | ServicePoint

# Fields that mean one thing together: the first says whether it is blank.
_ADDRESS = ("address", "parsed", "canonical")
_SPOT = ("lon", *(name for name in POSITION if name != "lon"), "geom", "district", "given")
_TOGETHER = (("hours_text", "hours"), ("due", "due_on"))
_LEADS = {group[0]: group for group in _TOGETHER}
_FOLLOWERS = frozenset(name for group in (_ADDRESS, _SPOT, *_TOGETHER) for name in group[1:])
_OWN = frozenset({"id", "place_id", "kind", "name", "status", "tier"})
# Of what every record with an address has, these two are cells of their own.
_LOCATED = frozenset(Locatable.__annotations__) - {"town", "district_declared"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two joined records say different things."""

    of: str
    field: str
    kept: Any
    gone: Any


def fill(kept: Row, gone: Row) -> dict[str, Any]:
    """Fill what the kept row leaves blank; returns the values from before, ready for JSON."""
    before: dict[str, Any] = {}
    for group in _groups(kept):
        if _is_filled(group, gone) and not _is_filled(group, kept):
            for name in group:
                before[name] = _plain(getattr(kept, name))
                setattr(kept, name, getattr(gone, name))
    return before


def give_back(kept: Row, gone: Row, before: dict[str, Any]) -> None:
    """Undo `fill`, except where somebody has written something else since."""
    for name, value in before.items():
        if getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, _shape(value) if name == "geom" else value)


def leading(before: dict[str, Any]) -> list[str]:
    """The fields filled, without those that only follow from one of them."""
    return [name for name in before if name not in _FOLLOWERS]


def differences(kept: Row, gone: Row) -> list[Difference]:
    """The fields in which both say something, and not the same."""
    return [
        Difference(kept.name, group[0], getattr(kept, group[0]), getattr(gone, group[0]))
        for group in _groups(kept)
        if group not in {_ADDRESS, _SPOT}
        and _is_filled(group, kept)
        and _is_filled(group, gone)
        and getattr(kept, group[0]) != getattr(gone, group[0])
    ]


def _groups(row: Row) -> Iterator[tuple[str, ...]]:
    """The fields that are filled as one, the one that says whether they are blank first."""
    names = [column.name for column in type(row).__table__.columns if column.name not in _OWN]
    if isinstance(row, Locatable):
        yield from (_ADDRESS, _SPOT)
        names = [name for name in names if name not in _LOCATED]
    for name in names:
        if name not in _FOLLOWERS:
            yield _LEADS.get(name, (name,))


def _is_filled(group: tuple[str, ...], row: Row) -> bool:
    if group == _SPOT:
        return isinstance(row, Locatable) and is_point(row.level)
    return not is_blank(group[0], getattr(row, group[0]))


def _plain(value: Any) -> Any:
    return shapely.to_wkb(value, hex=True) if isinstance(value, BaseGeometry) else value


def _shape(wkb: str | None) -> BaseGeometry | None:
    return None if wkb is None else shapely.from_wkb(wkb)
