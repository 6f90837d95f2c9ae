"""A piece of long work as everybody but its queue sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from geodata.accounts.roles import Person, Role


class State(StrEnum):
    """Where a job is on its way."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in {State.WAITING, State.RUNNING}


class Going(StrEnum):
    """What a worker is told when it says that it is alive."""

    ON = "on"
    CANCEL = "cancel"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `done` of `total` steps, `sentence` says where it is or why it failed.

    Times are in UTC without a zone. `cancelling` jobs still run but were asked to stop.
    """

    id: int
    kind: str
    state: State
    by: str
    districts: tuple[str, ...]
    unions: tuple[str, ...]
    params: Mapping[str, Any]
    result: Mapping[str, Any]
    done: int
    total: int
    sentence: str
    cancelling: bool
    tries: int
    created: datetime
    started: datetime | None
    ended: datetime | None

    def as_of(self, role: Role) -> Person:
        """Who asked for it, with the reach he had then."""
        return Person(self.by, role, self.districts, self.unions)
