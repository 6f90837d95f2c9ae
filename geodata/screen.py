"""Everything the planner's coverage screen shows for one question."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.as_of import records_from
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
    """The view and, where it is compared, what stands beside it (`before`) and what changes.

    A scenario is compared with the data as they are, the data with an earlier day. Statuses are
    on record from `records_from` (ISO 8601, "" for never): before it nothing can be compared.
    """

    view: PlannerView
    spread: Spread | None
    before: PlannerView | None = None
    change: Comparison | None = None
    records_from: str = ""


def screen(
    store: Store,
    asked: Question,
    *,
    scenario: str = "",
    since: date | None = None,
    towns: Boundaries | None = None,
) -> Screen:
    """One question to the newest data, or to what a kept scenario makes of it.

    `since` compares the data with the end of an earlier day; a scenario is compared with today.

    Raises:
        NotFoundError: no scenario has this name.
    """
    towns = towns or Boundaries()
    found = _in_towns(ask(store, asked, scenario=scenario), towns)
    known = records_from(store.city())
    then = replace(asked, as_of=since) if since and since.isoformat() >= (known or "9") else None
    beside = asked if scenario else then
    if beside is None:
        return Screen(view_of(found), _spread(found), records_from=known)
    before = _in_towns(ask(store, beside), towns)
    return Screen(view_of(found), _spread(found), view_of(before), compare(before, found), known)


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
