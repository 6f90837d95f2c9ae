"""Everything the planner's coverage screen shows for one question."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.change import Comparison, compare
from geodata.answers.question import Question
from geodata.boundaries.store import Boundaries
from geodata.coverage.inequality import gini, lorenz
from geodata.coverage_rows import view_of
from geodata.queries import ask
from geodata.store import Store
from geodata.views import PlannerView

# A curve of more corners than this cannot be told from one of fewer on a screen.
_CORNERS = 120


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly half-days are spread over workers, worst served first.

    `curve` is the Lorenz curve as (share of workers, share of half-days). All is None or empty,
    undefined, when nobody gets any.
    """

    gini: float | None = None
    curve: tuple[tuple[float, float], ...] = ()

    def share_of(self, workers: float) -> float | None:
        """What the worst-served share of the workers gets, 0 to 1."""
        if not self.curve:
            return None
        x, y = np.array(self.curve).T
        return float(np.interp(workers, x, y))


@dataclass(frozen=True, eq=False)
class Screen:
    """The view and, for a scenario, the data as they are (`before`) and what changes."""

    view: PlannerView
    spread: Spread | None
    before: PlannerView | None = None
    change: Comparison | None = None


def screen(
    store: Store,
    asked: Question,
    *,
    scenario: str = "",
    towns: Boundaries | None = None,
) -> Screen:
    """One question to the newest data, or to what a kept scenario makes of it.

    Raises:
        NotFoundError: no scenario has this name.
    """
    towns = towns or Boundaries()
    found = _in_towns(ask(store, asked, scenario=scenario), towns)
    if not scenario:
        return Screen(view_of(found), _spread(found))
    before = _in_towns(ask(store, asked), towns)
    return Screen(view_of(found), _spread(found), view_of(before), compare(before, found))


def _in_towns(answer: Answer, towns: Boundaries) -> Answer:
    """Sites whose town no form states get the one whose outline they lie in."""
    city = answer.city
    return replace(answer, city=replace(city, sites=towns.with_towns(city.sites)))


def _spread(answer: Answer) -> Spread:
    workers = answer.city.sites.workers
    curve = lorenz(answer.half_days, workers)
    if curve is None:
        return Spread()
    kept = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), _CORNERS)).round().astype(int))
    corners = tuple((float(x), float(y)) for x, y in curve[kept])
    return Spread(gini(answer.half_days, workers), corners)
