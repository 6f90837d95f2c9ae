"""The query of the points table as typed values: the map's filters and the desk's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.errors import ParameterError
from geodata.kinds import Status, Works
from geodata.points.find import ORDERS, PointsWanted
from service import params

# What a table is asked by; page, sort and lang stand beside them.
FILTERS = (
    *("q", "kind", "district", "town", "with", "open", "near", "radius"),
    *("status", "works", "year", "hours", "overdue", "unplaced"),
)
_YES = {"": None, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What is listed, in which order, which page of it."""

    wanted: PointsWanted
    order: str
    page: int


def asked(query: Mapping[str, str]) -> TableAsked:
    """The filters, sort (a column, "-" before it for downwards) and page."""
    order = query.get("sort", "")
    if order and order.removeprefix("-") not in ORDERS:
        raise ParameterError(f"sort 只能是 {'、'.join(ORDERS)}，前面可加 -")
    return TableAsked(points_wanted(query), order, params.page(query))


def points_wanted(query: Mapping[str, str]) -> PointsWanted:
    """status (several with commas), works, year, hours=1 or 0, overdue=1, unplaced=1."""
    works = query.get("works", "")
    if works and works not in set(Works):
        raise ParameterError(f"works 只能是 {'、'.join(Works)}")
    return PointsWanted(
        wanted=params.filters(query),
        statuses=_statuses(query.get("status", "")),
        works=works,
        year=_year(query.get("year", "")),
        has_hours=_flag(query, "hours"),
        overdue=_flag(query, "overdue") is True,
        unplaced=_flag(query, "unplaced") is True,
    )


def _statuses(text: str) -> tuple[Status, ...]:
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in set(Status):
            raise ParameterError(f"status 里没有 {name}，可用：{'、'.join(Status)}")
    return tuple(dict.fromkeys(Status(name) for name in names))


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise ParameterError("year 要四位数的年份")
    return int(text)


def _flag(query: Mapping[str, str], name: str) -> bool | None:
    text = query.get(name, "")
    if text not in _YES:
        raise ParameterError(f"{name} 只能是 1 或 0")
    return _YES[text]
