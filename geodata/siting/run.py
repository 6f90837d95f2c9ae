"""A question's way: scene, arrays, an answer at once, its proof, its reasons."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from geodata.answers.answer import Answer as Before
from geodata.answers.city import City
from geodata.coverage.siting.mip import Progress, Status, Watch
from geodata.siting import impossible, reasons, sentences
from geodata.siting.answer import SitingAnswer
from geodata.siting.asked import Asked, Model
from geodata.siting.lunch import LunchScene, lunch_at_once, lunch_proved, lunch_scene
from geodata.siting.pose import Posed, posed
from geodata.siting.report import report, with_steadiness
from geodata.siting.scene import scene
from geodata.siting.solve import Choice, at_once, proved

# Told of each better answer while the question is worked on.
Better = Callable[[SitingAnswer], None]


@dataclass(frozen=True, eq=False)
class Opened:
    """A question set out, with the answer that was there at once."""

    posed: Posed | LunchScene
    first: SitingAnswer
    began: float
    hopeless: bool = False

    @property
    def before(self) -> Before:
        """The city as it stands."""
        posed = self.posed
        return posed.before if isinstance(posed, LunchScene) else posed.scene.before


def opened(city: City, asked: Asked) -> Opened:
    """Set a question out and answer it at once; what counting refutes is refuted here."""
    began = time.monotonic()
    if asked.model is Model.LUNCH:
        lunch = lunch_scene(city, asked)
        return Opened(lunch, lunch_at_once(lunch, began=began), began)
    question = posed(scene(city, asked))
    refuted = impossible.at_sight(question)
    choice = _nothing() if refuted else at_once(question)
    first = report(question, choice, seconds=time.monotonic() - began, impossible=refuted)
    return Opened(question, first, began, bool(refuted))


def finished(
    opened: Opened, *, watch: Watch | None = None, better: Better = lambda _: None
) -> SitingAnswer:
    """The proof, then the reasons; `watch` hears of progress and may stop it."""
    if opened.hopeless:
        return opened.first
    heard, question = _Heard(watch), opened.posed
    if isinstance(question, LunchScene):
        return lunch_proved(question, began=opened.began, watch=heard)
    choice = proved(question, watch=heard)
    if choice.status == Status.INFEASIBLE.value:
        why = impossible.after_solving(question)
        return report(question, choice, seconds=_since(opened), impossible=why)
    answer = report(question, choice, seconds=_since(opened))
    if not choice.found:
        said = sentences.not_answered(choice.status)
        return replace(answer, findings=(*answer.findings, said))
    better(answer)
    if reasons.explained(question):
        answer = _reasoned(question, choice, answer, heard, better)
    return answer


def answered(city: City, asked: Asked) -> SitingAnswer:
    """The whole answer to a question."""
    return finished(opened(city, asked))


class _Heard:
    """A listener that remembers that it said no, and can be asked between two solutions."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch
        self.going = True

    def __call__(self, seen: Progress) -> bool:
        if self._watch is not None and self.going:
            self.going = self._watch(seen)
        return self.going

    def ask(self, stage: str, choice: Choice) -> bool:
        return self(Progress(stage, 0.0, choice.value, choice.bound))


def _reasoned(
    question: Posed, choice: Choice, answer: SitingAnswer, heard: _Heard, better: Better
) -> SitingAnswer:
    if heard.ask("prices", choice):
        found = reasons.prices(question, choice, lambda: heard.ask("prices", choice))
        answer = replace(answer, prices=found)
        better(answer)
    if heard.ask("second", choice):
        answer = replace(answer, second=reasons.second(question, choice))
        better(answer)
    if question.scene.asked.draws and heard.ask("steadiness", choice):
        kept = reasons.steadiness(question, lambda: heard.ask("steadiness", choice))
        answer = answer if kept is None else with_steadiness(answer, question, kept)
    return answer


def _nothing() -> Choice:
    return Choice(Status.INFEASIBLE.value, (), float("-inf"), float("-inf"), None)


def _since(opened: Opened) -> float:
    return time.monotonic() - opened.began
