"""What the siting page asks as a job of the queue: proved by a worker, watched on the way."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from geodata.coverage.siting.mip import Progress
from geodata.siting.answer import SitingAnswer
from geodata.siting.kept import as_json, from_json
from geodata.siting.read import read
from geodata.siting.run import finished, opened
from geodata.store import Store
from service.jobs.context import Context, Work
from service.settings import Settings

PAGE = "siting.page"
# Between two better answers; each time the whole answer is written.
_TELL_S = 2.0


def works(_settings: Settings, store: Store) -> Mapping[str, Work]:
    """The kind of job that answers the page."""
    return {PAGE: partial(_proved, store)}


@dataclass(frozen=True, slots=True)
class State:
    """How far a proof is; `version` grows with each better answer."""

    answer: SitingAnswer
    stage: str = "greedy"
    seconds: float = 0.0
    incumbent: float = float("-inf")
    bound: float = float("inf")
    version: int = 0
    done: bool = False
    fault: str = ""


def state_json(state: State) -> dict[str, Any]:
    """A state as the database keeps it, which knows no infinity."""
    return {
        "answer": as_json(state.answer),
        "stage": state.stage,
        "seconds": state.seconds,
        "incumbent": repr(float(state.incumbent)),
        "bound": repr(float(state.bound)),
        "version": state.version,
    }


def state_of(kept: Mapping[str, Any]) -> State:
    """The state that `state_json` wrote."""
    return State(
        answer=from_json(kept["answer"]),
        stage=kept["stage"],
        seconds=kept["seconds"],
        incumbent=float(kept["incumbent"]),
        bound=float(kept["bound"]),
        version=kept["version"],
    )


def _proved(store: Store, context: Context) -> Mapping[str, Any] | None:
    """The proof; what was found when somebody stops it is kept, as the page promises."""
    question = opened(store.city(), read(context.job.params["question"]))
    told = _Told(context, State(question.first))
    answer = finished(question, watch=told.watch, better=told.better)
    if context.is_leaving():
        context.go_on()
    return state_json(replace(told.state, answer=answer, version=told.state.version + 1))


class _Told:
    """Shows each better answer at once, and now and then how far the proof is."""

    def __init__(self, context: Context, first: State) -> None:
        self.state = first
        self._context = context
        self._at = 0.0
        self.better(first.answer)

    def better(self, answer: SitingAnswer) -> None:
        """Another answer."""
        self._show(replace(self.state, answer=answer, version=self.state.version + 1))

    def watch(self, seen: Progress) -> bool:
        """Progress of the proof; whether to go on."""
        state = replace(
            self.state,
            stage=seen.stage,
            seconds=seen.seconds or self.state.seconds,
            incumbent=seen.incumbent,
            bound=seen.bound,
        )
        if state.stage != self.state.stage or time.monotonic() - self._at > _TELL_S:
            self._show(state)
        return not self._context.is_cancelled()

    def _show(self, state: State) -> None:
        self.state, self._at = state, time.monotonic()
        self._context.show(state_json(state))
