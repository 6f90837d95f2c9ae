"""The siting page's side of its jobs: asked for, found again by any process, cancelled."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.answers.city import City
from geodata.errors import NotFoundError
from geodata.jobs import queue
from geodata.jobs.model import Job as Queued
from geodata.jobs.model import State as JobState
from geodata.siting.read import read
from geodata.siting.run import Opened, opened
from geodata.store import Store
from service.siting.jobs import PAGE, State, state_of

_MOST_OPEN = 12
_LONGEST_ID = 15


@dataclass(frozen=True, eq=False)
class Watched:
    """One question on its way from the answer at once to the proof; `id` is what its links say."""

    id: str
    opened: Opened
    city: City
    form: Mapping[str, str]
    state: State


class Questions:
    """The page's questions; each process that shows one sets it out anew.

    The queue keeps the question and the answer, not the arrays between them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._opened: OrderedDict[str, tuple[Opened, City]] = OrderedDict()

    def start(
        self, owner: str, by: Person, question: Mapping[str, Any], form: Mapping[str, str]
    ) -> str:
        """Answer at once and have the proof made; the planner's former proof is cancelled.

        Raises:
            ParameterError, NotFoundError: this cannot be asked.
        """
        city = self._store.city()
        first, token = opened(city, read(question)), secrets.token_urlsafe(8)
        params = {"question": question, "form": dict(form), "owner": owner, "token": token}
        with self._store.writing() as session:
            for other in queue.jobs(session, kinds=[PAGE], by=by.login):
                if other.params["owner"] == owner and not other.state.is_over:
                    queue.cancel(session, other.id)
            number = queue.submit(session, PAGE, by=by, params=params)
            record(session, by=by.login, action="siting.start", table="job", record_id=number)
        return self._kept(f"{number}-{token}", first, city)

    def get(self, name: str) -> Watched:
        """A question by its id, as far as it is.

        Raises:
            NotFoundError: there is none, or it is too old.
        """
        with self._store.reading() as session:
            job = _found(session, name)
        first, city = self._set_out(name, job.params["question"])
        return Watched(name, first, city, job.params["form"], _state(job, first))

    def cancel(self, name: str, by: Person) -> None:
        """Ask a proof to stop; the best answer so far stays."""
        with self._store.writing() as session:
            job = _found(session, name)
            queue.cancel(session, job.id)
            record(session, by=by.login, action="siting.cancel", table="job", record_id=job.id)

    def _set_out(self, name: str, question: Mapping[str, Any]) -> tuple[Opened, City]:
        with self._lock:
            if name in self._opened:
                self._opened.move_to_end(name)
                return self._opened[name]
        city = self._store.city()
        first = opened(city, read(question))
        self._kept(name, first, city)
        return first, city

    def _kept(self, name: str, first: Opened, city: City) -> str:
        with self._lock:
            # Each holds its whole city; one of older data is set out anew, as by another process.
            for other in [one for one, held in self._opened.items() if held[1] is not city]:
                del self._opened[other]
            self._opened[name] = (first, city)
            while len(self._opened) > _MOST_OPEN:
                self._opened.popitem(last=False)
        return name


def _found(session: Session, name: str) -> Queued:
    """The job that a link names; the number alone, which can be guessed, does not do."""
    number, _, token = name.partition("-")
    if number.isdecimal() and number.isascii() and len(number) <= _LONGEST_ID:
        try:
            job = queue.job(session, int(number))
        except NotFoundError:
            job = None
        if job is not None and job.kind == PAGE:
            given, kept = token.encode(), str(job.params["token"]).encode()
            if secrets.compare_digest(given, kept):
                return job
    raise NotFoundError("这次计算已经不在了（太旧，已经清掉了）。请再算一次。")


def _state(job: Queued, first: Opened) -> State:
    """How far it is; before a worker has it, the answer that was there at once."""
    state = state_of(job.result) if job.result else State(first.first)
    if job.state is JobState.WAITING:
        return replace(state, stage="waiting")
    fault = job.sentence if job.state is JobState.FAILED else ""
    if not job.state.is_over:
        return state
    return replace(state, stage="done", done=True, fault=fault)
