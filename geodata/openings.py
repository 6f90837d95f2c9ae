"""Whether any of several services is open, and how that goes on in the next days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from geodata.holidays import public_holidays
from geodata.hours import Hours, State, next_change, state_at

# What a reader wants first; a list shows the states in this order.
ORDER = (State.OPEN, State.UNKNOWN, State.CLOSED)
# Today, tonight, tomorrow and the day after: enough for a page left open over a night.
MOST = 5
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """A state and the moment it begins; the first of several begins when one asks."""

    state: State
    since: datetime


def turns(calendars: Collection[Hours | None], when: datetime) -> tuple[Turn, ...]:
    """The best state of the services from `when` (the places' wall clock) on, MOST at most."""
    return _turns(tuple(dict.fromkeys(calendars)), when)


@lru_cache(maxsize=8192)
def _turns(calendars: tuple[Hours | None, ...], when: datetime) -> tuple[Turn, ...]:
    made = [Turn(_best(calendars, when), when)]
    moment: datetime | None = when
    for _ in range(_STEPS):
        moment = _next(calendars, moment) if moment else None
        if moment is None or len(made) == MOST:
            break
        state = _best(calendars, moment)
        if state is not made[-1].state:
            made.append(Turn(state, moment))
    return tuple(made)


def _best(calendars: tuple[Hours | None, ...], when: datetime) -> State:
    known = public_holidays()
    states = {state_at(one, when, holidays=known) for one in calendars}
    return next((state for state in ORDER if state in states), State.UNKNOWN)


def _next(calendars: tuple[Hours | None, ...], when: datetime) -> datetime | None:
    known = public_holidays()
    changes = [next_change(one, when, holidays=known) for one in calendars]
    return min((change for change in changes if change), default=None)
