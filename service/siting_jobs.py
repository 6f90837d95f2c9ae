"""Proofs that run in the background: started, watched, cancelled; one at a time for a planner.

They live in the memory of the server process: a restart forgets them, and behind several
processes only the one that started a job knows of it. What is worth keeping is saved or exported.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread

from geodata.answers.city import City
from geodata.coverage.siting.mip import Progress
from geodata.errors import NotFoundError, ZhituError
from geodata.siting.answer import SitingAnswer
from geodata.siting.asked import Asked
from geodata.siting.run import Opened, finished, opened

MOST_KEPT = 40
_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class State:
    """How far a job is; `version` grows with each better answer."""

    answer: SitingAnswer
    stage: str = "greedy"
    seconds: float = 0.0
    incumbent: float = float("-inf")
    bound: float = float("inf")
    version: int = 0
    done: bool = False
    fault: str = ""


@dataclass(eq=False)
class Job:
    """One question on its way from the answer at once to the proof."""

    id: str
    owner: str
    opened: Opened
    city: City
    form: Mapping[str, str]
    state: State
    _stop: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def begin(self) -> None:
        """Start the proof."""
        self._thread = Thread(target=self._work, name=f"siting-{self.id}", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the proof to stop; the best answer so far stays."""
        self._stop.set()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait for the end."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _work(self) -> None:
        try:
            answer = finished(self.opened, watch=self._watch, better=self._better)
            self._better(answer)
        except ZhituError as error:
            self._set(fault=str(error))
        finally:
            self._set(stage="done", done=True)

    def _watch(self, seen: Progress) -> bool:
        better = seen.seconds or self.state.seconds
        self._set(stage=seen.stage, seconds=better, incumbent=seen.incumbent, bound=seen.bound)
        return not self._stop.is_set()

    def _better(self, answer: SitingAnswer) -> None:
        self._set(answer=answer, version=self.state.version + 1)

    def _set(self, **changes: object) -> None:
        with self._lock:
            self.state = replace(self.state, **changes)  # type: ignore[arg-type]


class Jobs:
    """All jobs of this process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def start(self, owner: str, city: City, asked: Asked, form: Mapping[str, str]) -> Job:
        """Answer at once and prove in the background; the planner's former proof is cancelled."""
        question = opened(city, asked)
        name = secrets.token_urlsafe(8)
        job = Job(name, owner, question, city, dict(form), State(question.first))
        with self._lock:
            for other in self._jobs.values():
                if other.owner == owner:
                    other.cancel()
            self._jobs[name] = job
            for oldest in list(self._jobs)[:-MOST_KEPT]:
                self._jobs.pop(oldest).cancel()
        job.begin()
        return job

    def get(self, name: str) -> Job:
        """A job by its id.

        Raises:
            NotFoundError: there is none, or the server was restarted since.
        """
        job = self._jobs.get(name)
        if job is None:
            raise NotFoundError("这次计算已经不在了（服务重启过，或太旧）。请再算一次。")
        return job

    def stop(self) -> None:
        """End all proofs; the server is going."""
        jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.join(_STOP_S)
