"""Which health points count for a question, and of those that do not, why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from geodata.answers.city import NOT_THERE, City, Ints
from geodata.answers.coded import Bools
from geodata.answers.question import Hour, Question
from geodata.coverage import gaps
from geodata.hours import Hours, State, open_at_hour_of_week
from geodata.kinds import Status

_GONE = frozenset({Status.DELISTED, Status.CLOSED, Status.MOVED, Status.REJECTED, Status.WITHDRAWN})
_OPEN = frozenset({Status.PLAQUED, Status.RECTIFYING})


class WhyNot(StrEnum):
    """Why a health point does not count, what can least be helped first."""

    NOT_THERE = "not_there"
    GONE = "gone"
    NOT_PLACED = "not_placed"
    TOO_COARSE = "too_coarse"
    PLANNED = "planned"
    NO_SESSIONS = "no_sessions"
    RECTIFYING = "rectifying"
    CLOSED = "closed"
    HOURS_UNKNOWN = "hours_unknown"


@dataclass(frozen=True, slots=True)
class AtHour:
    """Health points at an hour of the week."""

    open: int
    closed: int
    unknown: int


@dataclass(frozen=True, eq=False)
class Standing:
    """Health points by row of the city's points, and which of them each reason turns down."""

    rows: Ints
    refused: Mapping[WhyNot, Bools]

    @property
    def counts(self) -> Bools:
        """Which count for certain."""
        return ~_any(self.refused.values())

    @property
    def perhaps(self) -> Bools:
        """Which would count if their hours were known."""
        return self._only(WhyNot.HOURS_UNKNOWN)

    @property
    def at_hour(self) -> AtHour:
        """How many of the points that count at some hour are open, closed or unknown at this."""
        return AtHour(
            open=int(self.counts.sum()),
            closed=int(self._only(WhyNot.CLOSED).sum()),
            unknown=int(self.perhaps.sum()),
        )

    def _only(self, one: WhyNot) -> Bools:
        others = _any(which for why, which in self.refused.items() if why is not one)
        return self.refused[one] & ~others

    def why_not(self, index: int) -> tuple[WhyNot, ...]:
        """Every reason that turns one health point down."""
        return tuple(why for why in WhyNot if self.refused[why][index])


def _any(masks: Iterable[Bools]) -> Bools:
    return reduce(np.logical_or, masks)


def standing(city: City, asked: Question, *, radius_m: float | None = None) -> Standing:
    """How the health points stand; `radius_m` sets how fine a position has to be."""
    rows, points = city.health, city.points
    error_m, half_days = points.error_m[rows], points.half_days[rows]
    radius_m = asked.radius_m if radius_m is None else radius_m
    nowhere = np.isnan(error_m) | np.isnan(points.lonlat[rows]).any(axis=1)
    held = np.where(np.isnan(half_days), gaps.UNKNOWN_HALF_DAYS, half_days)
    rectifying = points.status.among({Status.RECTIFYING})[rows]
    gone = points.status.among(_GONE)[rows]
    absent = points.status.among({NOT_THERE})[rows]
    hours = states_at(points.hours, asked.hour)[rows]
    return Standing(
        rows,
        {
            WhyNot.NOT_THERE: absent,
            WhyNot.GONE: gone,
            WhyNot.NOT_PLACED: nowhere,
            WhyNot.TOO_COARSE: ~nowhere & ~gaps.placed_well_enough(error_m, radius_m),
            WhyNot.PLANNED: ~points.status.among(_OPEN)[rows] & ~gone & ~absent,
            WhyNot.NO_SESSIONS: held < 1.0,
            WhyNot.RECTIFYING: rectifying & (not asked.count_rectifying),
            WhyNot.CLOSED: hours == State.CLOSED.value,
            WhyNot.HOURS_UNKNOWN: hours == State.UNKNOWN.value,
        },
    )


def states_at(hours: tuple[Hours | None, ...], hour: Hour | None) -> NDArray[np.str_]:
    """The state of each at an hour of an ordinary week, open throughout where none is asked."""
    if hour is None:
        return np.full(len(hours), State.OPEN.value)
    known: dict[int, str] = {
        id(one): open_at_hour_of_week(one, hour.weekday, hour.minute).value
        for one in {id(one): one for one in hours}.values()
    }
    return np.array([known[id(one)] for one in hours], dtype=np.str_)
