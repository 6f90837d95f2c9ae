"""Which service points an account sees of those that fit the filters, and in which order.

The filters of the public map mean the same here: a place fits when its services together do, and
of a place that fits its fitting services are listed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geodata.accounts.roles import Person
from geodata.holidays import public_holidays
from geodata.hours import Hours, State, state_at
from geodata.kinds import STATUS_LABELS, Kind, Status
from geodata.offered import SERVES
from geodata.points.rows import PointRow, places_of
from geodata.wanted import EVERYTHING, Wanted

_KINDS = list(Kind)
_STATUSES = list(STATUS_LABELS)


@dataclass(frozen=True, slots=True)
class PointsWanted:
    """The map's filters and the desk's own; empty ones ask nothing."""

    wanted: Wanted = EVERYTHING
    statuses: tuple[Status, ...] = ()
    works: str = ""
    year: int | None = None
    has_hours: bool | None = None
    overdue: bool = False
    unplaced: bool = False


def find(
    rows: Iterable[PointRow], asked: PointsWanted, *, by: Person, today: date
) -> list[PointRow]:
    """The service points that fit, of those the account may see, as they are stored."""
    seen = [row for row in rows if by.sees(row.place.district, row.status, row.union)]
    return [row for row in _on_the_map(seen, asked.wanted) if _fits(row, asked, today)]


def _fits(row: PointRow, asked: PointsWanted, today: date) -> bool:
    return (
        (not asked.statuses or row.status in asked.statuses)
        and (not asked.works or row.works == asked.works)
        and (asked.year is None or row.year == asked.year)
        and (asked.has_hours is None or (row.service.hours is not None) == asked.has_hours)
        and (not asked.overdue or row.is_overdue(today))
        and (not asked.unplaced or not row.place.placed)
    )


def _on_the_map(seen: list[PointRow], wanted: Wanted) -> list[PointRow]:
    """What the map would show: kinds, opening and facilities of services, text of places."""
    fits = _service_fits(wanted)
    found = [
        row
        for row in _named(seen, wanted.text.strip().casefold())
        if (not wanted.district or row.place.district == wanted.district)
        and (not wanted.town or row.place.town == wanted.town)
        and fits(row)
    ]
    if not wanted.facilities:
        return found
    return [row for rows in places_of(found).values() if _offer(rows, wanted) for row in rows]


def _named(seen: list[PointRow], part: str) -> list[PointRow]:
    if not part:
        return seen
    named = {row.place.id for row in seen if part in _text(row)}
    return [row for row in seen if row.place.id in named]


def _text(row: PointRow) -> str:
    place = row.place
    words = (place.name, row.service.name, place.address, place.town, place.district)
    return "\n".join(words).casefold()


def _service_fits(wanted: Wanted) -> Callable[[PointRow], bool]:
    is_open = _open_at(wanted.open_at) if wanted.open_at else None

    def fits(row: PointRow) -> bool:
        right_kind = not wanted.kinds or row.kind in wanted.kinds
        return right_kind and (is_open is None or is_open(row.service.hours))

    return fits


def _open_at(when: datetime) -> Callable[[Hours | None], bool]:
    known: dict[Hours, bool] = {}

    def is_open(hours: Hours | None) -> bool:
        if hours is None:
            return False
        if hours not in known:
            state = state_at(hours, when, holidays=public_holidays())
            known[hours] = state is State.OPEN
        return known[hours]

    return is_open


def _offer(rows: list[PointRow], wanted: Wanted) -> bool:
    offered = frozenset[str]().union(*(row.facilities for row in rows))
    return all(offered & set(SERVES.get(code, (code,))) for code in wanted.facilities)


_ORDERS: dict[str, Callable[[PointRow], Any]] = {
    "name": lambda row: row.name,
    "kind": lambda row: _KINDS.index(row.kind),
    "district": lambda row: (row.place.district, row.place.town),
    "status": lambda row: _STATUSES.index(row.status),
    "year": lambda row: row.year,
    "workers": lambda row: row.workers,
    "due": lambda row: row.due_on,
}
ORDERS = tuple(_ORDERS)


def ordered(rows: list[PointRow], by: str) -> list[PointRow]:
    """By one of `ORDERS`, downwards with a "-" before it; what is unknown comes last."""
    if not by:
        return rows
    key = _ORDERS[by.removeprefix("-")]
    known = [row for row in rows if key(row) is not None]
    known.sort(key=key, reverse=by.startswith("-"))
    return known + [row for row in rows if key(row) is None]
