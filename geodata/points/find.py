"""Which service points an account sees of those that fit the filters, and in which order.

The filters of the public map mean the same here: a place fits when its services together do, and
of a place that fits its fitting services are listed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from geodata.accounts.roles import Person
from geodata.holidays import public_holidays
from geodata.hours import Hours, State, state_at
from geodata.kinds import STATUS_LABELS, Kind, Status
from geodata.points.rows import PointRow, PointRows, places_of
from geodata.snapshot import Snapshot
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


@dataclass(frozen=True, eq=False)
class Seen:
    """The service points an account may see, and their places as the map searches them."""

    rows: tuple[PointRow, ...]
    places: Snapshot


def seen(held: PointRows, by: Person) -> Seen:
    """What is in an account's reach, and what is public of others."""
    rows = tuple(row for row in held.rows if by.sees(row.place.district, row.status, row.union))
    places = tuple(
        replace(its[0].place, services=tuple(row.service for row in its))
        for its in places_of(rows).values()
    )
    return Seen(rows, Snapshot(held.version, places))


def find(among: Seen, asked: PointsWanted, *, today: date) -> list[PointRow]:
    """The service points that fit, as they are stored."""
    wanted = asked.wanted
    on_the_map = {place.id for place in among.places.find(wanted)}
    is_open = _open_at(wanted.open_at) if wanted.open_at else None
    return [
        row
        for row in among.rows
        if row.place.id in on_the_map
        and (not wanted.kinds or row.kind in wanted.kinds)
        and (is_open is None or is_open(row.service.hours))
        and _fits(row, asked, today)
    ]


def _fits(row: PointRow, asked: PointsWanted, today: date) -> bool:
    return (
        (not asked.statuses or row.status in asked.statuses)
        and (not asked.works or row.works == asked.works)
        and (asked.year is None or row.year == asked.year)
        and (asked.has_hours is None or (row.service.hours is not None) == asked.has_hours)
        and (not asked.overdue or row.is_overdue(today))
        and (not asked.unplaced or not row.place.placed)
    )


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
