"""A posed question solved: an answer at once, then its proof."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.arrays import Floats
from geodata.coverage.siting.capacity import Capacitated, capacitated_covering, capacitated_median
from geodata.coverage.siting.center import p_center, spread
from geodata.coverage.siting.covering import Answer, maximal_covering, set_covering
from geodata.coverage.siting.fairness import fairest
from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.median import added, exchanged, p_median, total
from geodata.coverage.siting.mip import Status, Watch
from geodata.coverage.siting.problem import Cover, Question
from geodata.coverage.walk import Pairs
from geodata.siting.asked import Model
from geodata.siting.pose import Posed, held_by_district, walks

UNITS: dict[Model, str] = {
    Model.MCLP: "workers",
    Model.UPGRADE: "workers",
    Model.CAPACITATED: "workers",
    Model.LSCP: "points",
    Model.P_MEDIAN: "worker_metres",
    Model.CAPACITATED_MEDIAN: "worker_metres",
    Model.P_CENTER: "metres",
}
_AT_ONCE_S = 2.0


@dataclass(frozen=True)
class Choice:
    """A choice and what is known of it. `value` and `bound` are as a planner counts: metres and
    points are positive, and then less is better.
    """

    status: str
    chosen: tuple[int, ...]
    value: float
    bound: float
    gap: float | None

    @property
    def found(self) -> bool:
        return bool(np.isfinite(self.value))


GREEDY = "greedy"


def at_once(posed: Posed) -> Choice:
    """A choice without a proof; `found` is False where this way finds none."""
    asked, question = posed.scene.asked, posed.question
    match asked.model:
        case Model.P_MEDIAN:
            cost = _median_cost(posed)
            picks = exchanged(cost, added(cost, _sites(posed)))
            return _greedy(tuple(picks.tolist()), total(cost, picks))
        case Model.P_CENTER:
            cost = walks(posed.scene)
            picks = spread(cost, _sites(posed))
            return _greedy(tuple(picks.tolist()), float(cost[:, picks].min(axis=1).max()))
        case Model.LSCP:
            reached = _to_cover(posed)
            every = Question(np.ones(reached.demands), reached)
            covering = greedy(every, exchange=False) or ()
            return _greedy(covering, float(len(covering)))
    first = greedy(replace(question, shares=()))
    if first is None or question.broken(first):
        return _greedy((), -np.inf)
    if asked.model in {Model.CAPACITATED, Model.CAPACITATED_MEDIAN}:
        return _within_capacity(posed, first)
    return _greedy(first, question.total(first))


def proved(posed: Posed, *, watch: Watch | None = None) -> Choice:
    """The best choice with its proof, or with its gap when time runs out."""
    asked, limit_s = posed.scene.asked, posed.scene.asked.time_limit_s
    match asked.model:
        case Model.P_MEDIAN:
            cost = _median_cost(posed)
            found = p_median(cost, _sites(posed), time_limit_s=limit_s, watch=watch)
        case Model.P_CENTER:
            cost = walks(posed.scene)
            found = p_center(cost, _sites(posed), time_limit_s=limit_s, watch=watch)
        case Model.LSCP:
            found = set_covering(_to_cover(posed), time_limit_s=limit_s, watch=watch)
        case Model.CAPACITATED:
            question = _capacitated(posed)
            found = capacitated_covering(question, time_limit_s=limit_s, watch=watch).answer
        case Model.CAPACITATED_MEDIAN:
            question = _capacitated(posed)
            found = capacitated_median(question, time_limit_s=limit_s, watch=watch).answer
        case _:
            found = _covering(posed, limit_s, watch)
    return _choice(found, less=UNITS[asked.model] != "workers")


def _covering(posed: Posed, limit_s: float, watch: Watch | None) -> Answer:
    if not posed.scene.asked.rules.worst_district_first:
        return maximal_covering(posed.question, time_limit_s=limit_s, watch=watch)
    groups, held = posed.scene.districts, held_by_district(posed.scene)
    return fairest(posed.question, groups, held, time_limit_s=limit_s, watch=watch)[1]


def _choice(found: Answer, *, less: bool) -> Choice:
    gap = found.gap if np.isfinite(found.gap) else None
    if not np.isfinite(found.value):
        return Choice(found.status.value, (), -np.inf, -np.inf, None)
    sign = -1.0 if less else 1.0
    value, bound = sign * found.value, sign * found.bound
    return Choice(found.status.value, found.chosen, value, bound, gap)


def _greedy(chosen: tuple[int, ...], value: float) -> Choice:
    return Choice(GREEDY, chosen, value, np.inf, None)


def _sites(posed: Posed) -> int:
    """How many to choose: never more than there are candidates."""
    works = posed.scene.asked.new
    return min(works.count if works else 0, len(posed.scene.candidates))


def _median_cost(posed: Posed) -> Floats:
    cost: Floats = posed.scene.workers[:, None] * walks(posed.scene)
    return cost


def _to_cover(posed: Posed) -> Cover:
    """Only the demands nothing serves yet."""
    cover, scene = posed.question.cover, posed.scene
    keep = ~scene.served[posed.pairs.demand]
    shape = (len(scene.rows), cover.candidates)
    return Cover.of(posed.pairs.demand[keep], posed.pairs.supply[keep], shape)


def _capacitated(posed: Posed) -> Capacitated:
    """Only whom nothing serves is given to a point."""
    scene, pairs = posed.scene, posed.pairs
    keep = np.flatnonzero(~scene.served[pairs.demand])
    place = np.cumsum(~scene.served) - 1
    return Capacitated(
        workers=scene.workers[~scene.served],
        capacity=np.array([one.capacity_workers for one in scene.candidates]),
        pairs=Pairs(place[pairs.demand[keep]], pairs.supply[keep], pairs.walk_m[keep]),
        rules=posed.question.rules,
        whole=scene.asked.capacity.whole,
    )


def most_taken(posed: Posed) -> float | None:
    """The workers the points can take at best under the rules; None where the rules clash."""
    found = capacitated_covering(
        _capacitated(posed), time_limit_s=posed.scene.asked.time_limit_s
    ).answer
    return None if found.status is Status.INFEASIBLE else found.value


def _within_capacity(posed: Posed, first: tuple[int, ...]) -> Choice:
    """What a choice made without regard to capacities can take."""
    question = _capacitated(posed)
    others = tuple(one for one in range(len(question.capacity)) if one not in first)
    fixed = replace(question, required=first, forbidden=others, rules=())
    if posed.scene.asked.model is Model.CAPACITATED:
        return _greedy(first, capacitated_covering(fixed, time_limit_s=_AT_ONCE_S).answer.value)
    return _greedy(first, -capacitated_median(fixed, time_limit_s=_AT_ONCE_S).answer.value)
