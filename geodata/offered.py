"""What all services offer, as arrays: kinds and facilities as bits, equal hours once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from geodata.facilities import FACILITIES, code_of
from geodata.holidays import public_holidays
from geodata.hours import Hours, State, state_at
from geodata.kinds import Kind
from geodata.openings import ORDER
from geodata.public_places import PublicPlace, PublicService
from geodata.wanted import Wanted

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

# Asked for like a facility: the place never closes.
ALWAYS = "always"
# Whoever asks for the first is served by any of them.
SERVES = {"hot_meal": ("hot_meal", "microwave")}
KIND_BIT = {kind: 1 << number for number, kind in enumerate(Kind)}
FACILITY_CODES = (ALWAYS, *(one.code for one in FACILITIES))
_BIT = {code: 1 << number for number, code in enumerate(FACILITY_CODES)}
NO_HOURS = -1


def kinds_mask(kinds: Iterable[Kind]) -> int:
    """Kinds as bits."""
    return reduce(or_, (KIND_BIT[kind] for kind in kinds), 0)


def has_facility(code: str) -> bool:
    """Whether one can ask for it."""
    return code in _BIT


@dataclass(frozen=True, eq=False)
class Offered:
    """One entry a service, in the order of the places; `first` is where a place's begin.

    `hours` counts in `calendars`, NO_HOURS where nobody wrote them down.
    """

    first: Ints
    kinds: NDArray[np.uint32]
    facilities: NDArray[np.uint64]
    hours: NDArray[np.int32]
    calendars: tuple[Hours, ...]

    @classmethod
    def of(cls, places: Sequence[PublicPlace]) -> "Offered":
        """Read them off the places, each of which has a service."""
        every = [service for place in places for service in place.services]
        counts = np.array([0, *(len(place.services) for place in places)], np.intp)
        numbers, calendars = _calendars(every)
        # The last entry is what NO_HOURS points at.
        always = np.array([*(_BIT[ALWAYS] * one.always for one in calendars), 0], np.uint64)
        facilities = np.array([_facilities(one.facilities) for one in every], np.uint64)
        return cls(
            np.cumsum(counts)[:-1],
            np.array([KIND_BIT[one.kind] for one in every], np.uint32),
            facilities | always[numbers],
            numbers,
            calendars,
        )

    def open_at(self, when: datetime | None) -> Bools | None:
        """Which calendars are surely open at a moment; None when nobody asks."""
        if when is None:
            return None
        known = public_holidays()
        states = [state_at(one, when, holidays=known) for one in self.calendars]
        # The last entry is what NO_HOURS points at.
        return np.array([*(state is State.OPEN for state in states), False], dtype=np.bool_)

    def ranks(self, when: datetime, kinds: Iterable[Kind]) -> NDArray[np.int8]:
        """A place's best state at a moment as its number in `openings.ORDER`, of these kinds."""
        if not len(self.first):
            return np.zeros(0, dtype=np.int8)
        known = public_holidays()
        ranks = [ORDER.index(state_at(one, when, holidays=known)) for one in self.calendars]
        unknown, closed = ORDER.index(State.UNKNOWN), ORDER.index(State.CLOSED)
        every = np.array([*ranks, unknown], dtype=np.int8)[self.hours]
        if asked := kinds_mask(kinds):
            # A service of another kind does not open the place for who asks for this one.
            every = np.where((self.kinds & np.uint32(asked)) != 0, every, np.int8(closed))
        best: NDArray[np.int8] = np.minimum.reduceat(every, self.first)
        return best

    def fitting(self, wanted: Wanted, opened: Bools | None) -> Bools:
        """Which places fit by their kinds, facilities and the calendars that are open."""
        fits = np.ones(len(self.kinds), dtype=np.bool_)
        if wanted.kinds:
            fits &= (self.kinds & np.uint32(kinds_mask(wanted.kinds))) != 0
        if opened is not None:
            fits &= opened[self.hours]
        if not len(self.first):
            return np.zeros(0, dtype=np.bool_)
        found: Bools = np.logical_or.reduceat(fits, self.first)
        offered = np.bitwise_or.reduceat(np.where(fits, self.facilities, 0), self.first)
        for code in wanted.facilities:
            serving = reduce(or_, (_BIT[each] for each in SERVES.get(code, (code,))))
            found &= (offered & np.uint64(serving)) != 0
        return found


def _calendars(every: Sequence[PublicService]) -> tuple[NDArray[np.int32], tuple[Hours, ...]]:
    """For each service the number of its hours, and the hours so numbered."""
    # Equal hours mostly are one object, and telling objects apart is cheap.
    objects = {id(one.hours): one.hours for one in every if one.hours is not None}
    calendars: dict[Hours, int] = {}
    number = {key: calendars.setdefault(hours, len(calendars)) for key, hours in objects.items()}
    number[id(None)] = NO_HOURS
    return np.array([number[id(one.hours)] for one in every], np.int32), tuple(calendars)


@lru_cache(maxsize=65_536)
def _facilities(names: tuple[str, ...]) -> int:
    return reduce(or_, {_BIT[code] for name in names if (code := code_of(name))}, 0)
