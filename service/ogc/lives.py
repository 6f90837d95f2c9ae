"""From when to when each service point stood under a plaque, by the history of its status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.kinds import Status
from geodata.tables import StatusChange
from service.ogc.moments import FIRST, LAST, Span, day_begins, day_ends

UP = frozenset({Status.PLAQUED, Status.RECTIFYING})
# The day a point stood from; None where nobody wrote it down, or where it still stands.
Days = tuple[date | None, date | None]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of status; `before` is "" where the point came into the books."""

    on: date
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Lives:
    """Spans of features, in seconds since 1970: `owner` says whose; a feature may have several."""

    owner: NDArray[np.intp]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    size: int

    @classmethod
    def of(cls, spans: Sequence[Iterable[Days]]) -> "Lives":
        """One entry a feature."""
        flat = [(n, *_seconds(days)) for n, each in enumerate(spans) for days in each]
        owner, first, last = np.array(flat, np.int64).reshape(-1, 3).T.copy()
        return cls(owner.astype(np.intp), first, last, len(spans))

    def meeting(self, asked: Span) -> Bools:
        """Which features have a span that touches the one asked for."""
        meets: Bools = np.zeros(self.size, dtype=np.bool_)
        meets[self.owner[(self.first <= asked[1]) & (self.last >= asked[0])]] = True
        return meets


def histories(session: Session) -> dict[int, list[Move]]:
    """The moves of each service point that has any, in order."""
    change = StatusChange
    rows = session.execute(
        select(change.service_point_id, change.on, change.before, change.after).order_by(
            change.on, change.id
        )
    )
    found: dict[int, list[Move]] = {}
    for point, on, before, after in rows:
        found.setdefault(point, []).append(Move(on, before, after))
    return found


def days_of(moves: Iterable[Move]) -> list[Days]:
    """When a point stood that stands today; a beginning nobody wrote down is None.

    A point that came into the books as it stands was put up on a day nobody told us.
    """
    found: list[Days] = []
    standing, since = True, None
    for number, move in enumerate(moves):
        if number == 0:
            standing = move.before in UP or (not move.before and move.after in UP)
        if move.after in UP and not standing:
            standing, since = True, move.on
        elif move.after not in UP and standing:
            found.append((since, move.on))
            standing, since = False, None
    return [*found, (since, None)]


def _seconds(days: Days) -> Span:
    first, last = days
    return (
        FIRST if first is None else day_begins(first),
        LAST if last is None else day_ends(last),
    )
