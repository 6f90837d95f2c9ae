"""What a job is given while it runs: how to say how far it is, and how to end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from sqlalchemy.orm import Session

from geodata.errors import CancelledError
from geodata.jobs import queue
from geodata.jobs.model import Job
from geodata.store import Store


class LostError(Exception):
    """What did the job is gone through no fault of the job: it may be begun anew."""


@dataclass(eq=False)
class Context:
    """One job at work. Saying how far it is costs nothing; the runner writes it down.

    `shown` is what can be seen of the result before the end, `written` what of it is stored; both
    are replaced, never changed.
    """

    store: Store
    job: Job
    holder: str
    done: int = 0
    total: int = 0
    sentence: str = ""
    shown: Mapping[str, Any] | None = None
    written: Mapping[str, Any] | None = None
    _stop: Event = field(default_factory=Event)
    _leave: Event = field(default_factory=Event)

    def progress(self, done: int, total: int) -> None:
        """So many steps of so many are done."""
        self.done, self.total = done, total

    def say(self, sentence: str) -> None:
        """What it is at, as a person may read it."""
        self.sentence = sentence

    def show(self, result: Mapping[str, Any]) -> None:
        """The result so far, for those who watch."""
        self.shown = result

    def is_cancelled(self) -> bool:
        """Whether it shall stop."""
        return self._stop.is_set()

    def is_leaving(self) -> bool:
        """Whether it shall stop because its worker goes: another will begin it anew."""
        return self._leave.is_set()

    def go_on(self) -> None:
        """Stop here if somebody wishes so.

        Raises:
            CancelledError: somebody does.
        """
        if self._stop.is_set():
            raise CancelledError("已取消，什么也没有存。")

    def stop(self) -> None:
        """Ask it to stop."""
        self._stop.set()

    def leave(self) -> None:
        """Ask it to stop, for another to begin it anew."""
        self._leave.set()
        self._stop.set()

    def finish(self, session: Session, result: Mapping[str, Any]) -> None:
        """End well in a transaction of its own work, so that the work is done exactly once.

        Raises:
            ConflictError: another worker has taken it over; the transaction must not be kept.
        """
        queue.finish(session, self.job.id, holder=self.holder, result=result)

    @contextmanager
    def ending(self, result: Mapping[str, Any]) -> Iterator[Session]:
        """A transaction for what the job changes, which also ends it."""
        with self.store.writing() as session:
            yield session
            self.finish(session, result)


# What a kind of job does. It ends the job itself by `finish` or `ending`, or gives the result
# back if it changed nothing.
Work = Callable[[Context], Mapping[str, Any] | None]
