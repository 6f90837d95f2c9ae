"""Which workers have fallen silent, by a clock that nobody sets.

Clocks of servers differ and are put right. That a worker is silent is therefore not read from
the time it wrote: somebody who waits for its job sees the same beat for the length of a lease.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.jobs.model import State
from geodata.tables import Job as Row


@dataclass(frozen=True, slots=True)
class Beat:
    """The last that was heard of a running job."""

    job_id: int
    holder: str
    at: datetime | None


class Silence:
    """What one waiting server has heard, and since when it has heard nothing new."""

    def __init__(self, lease: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self._lease_s = lease.total_seconds()
        self._clock = clock
        self._since: dict[Beat, float] = {}

    def look(self, session: Session, kinds: Collection[str]) -> list[Beat]:
        """The running jobs of which nothing new was heard for a lease."""
        running = select(Row.id, Row.holder, Row.heartbeat).where(
            Row.state == State.RUNNING.value, Row.kind.in_(kinds)
        )
        heard = [Beat(job_id, holder, at) for job_id, holder, at in session.execute(running)]
        now = self._clock()
        self._since = {beat: self._since.get(beat, now) for beat in heard}
        return [beat for beat in heard if now - self._since[beat] >= self._lease_s]
