"""Why the answer is this one: prices of its rules, the runner-up, how steady its picks are."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from geodata.arrays import Floats
from geodata.coverage.siting.covering import Answer, maximal_covering
from geodata.coverage.siting.explain import eased, runner_up
from geodata.coverage.siting.inputs import Ground, served_already
from geodata.coverage.siting.mip import Status
from geodata.coverage.siting.problem import Question, Rule
from geodata.coverage.siting.stability import Doubts, stability
from geodata.coverage.walk import DETOUR, pairs_within
from geodata.siting import sentences as say
from geodata.siting.answer import RulePrice, Second
from geodata.siting.asked import Model
from geodata.siting.pose import Posed, covered, weights
from geodata.siting.solve import Choice

# What is asked of the answer to these is a covering, which is cheap to ask again.
EXPLAINED = frozenset({Model.MCLP, Model.UPGRADE})
_EACH_S = 5.0
Go = Callable[[], bool]


def explained(posed: Posed) -> bool:
    """Whether prices, the runner-up and steadiness are worked out for this question."""
    asked = posed.scene.asked
    return asked.model in EXPLAINED and not asked.rules.worst_district_first


def prices(posed: Posed, choice: Choice, go: Go) -> tuple[RulePrice, ...]:
    """What each binding rule costs in workers: a family as a whole, then its members."""
    found: list[RulePrice] = []
    free: set[str] = set()
    for family in dict.fromkeys(one.family for one in posed.bound):
        if family in say.FAMILIES and go():
            price = _without(posed, choice, family)
            found += [price] if price.workers > 0.5 else []
            free |= set() if price.workers > 0.5 else {family}
    for number, one in enumerate(posed.bound):
        if one.family in free or one.family == "spacing":
            continue
        for rule, without in eased(one.rule, one.rule.used(choice.chosen)):
            if go():
                more, proved = _more(posed, choice, number, rule)
                if more > 0.5:
                    found.append(RulePrice(one.said, more, without, proved))
    return tuple(sorted(found, key=lambda price: -price.workers))


def _without(posed: Posed, choice: Choice, family: str) -> RulePrice:
    rules = tuple(one.rule for one in posed.bound if one.family != family)
    more, proved = _asked_again(choice, replace(posed.question, rules=rules))
    return RulePrice(say.FAMILIES[family], more, True, proved)


def _more(posed: Posed, choice: Choice, number: int, rule: Rule) -> tuple[float, bool]:
    rules = posed.question.rules
    others = (*rules[:number], rule, *rules[number + 1 :])
    return _asked_again(choice, replace(posed.question, rules=others))


def _asked_again(choice: Choice, question: Question) -> tuple[float, bool]:
    found = maximal_covering(question, time_limit_s=_EACH_S)
    return found.value - choice.value, found.status is Status.OPTIMAL


def second(posed: Posed, choice: Choice) -> Second | None:
    """The best other choice; None where there is no other."""
    answer = Answer(Status.OPTIMAL, choice.chosen, choice.value, choice.bound)
    found = runner_up(posed.question, answer, time_limit_s=_EACH_S)
    if not np.isfinite(found.answer.value):
        return None
    names = [one.name for one in posed.scene.candidates]
    taken, left = set(found.answer.chosen), set(choice.chosen)
    return Second(
        leaves=tuple(names[one] for one in sorted(left - taken)),
        takes=tuple(names[one] for one in sorted(taken - left)),
        costs_workers=found.costs,
        proved=found.answer.status is Status.OPTIMAL,
    )


def steadiness(posed: Posed, go: Go) -> Floats | None:
    """For each candidate the share of draws that choose it; None when stopped on the way."""
    scene, asked = posed.scene, posed.scene.asked
    existing = scene.existing
    ground = Ground(
        demand=scene.lonlat,
        workers=scene.workers,
        candidates=scene.spots,
        existing=scene.city.points.lonlat[existing],
        demand_error_m=scene.error_m,
        candidate_error_m=np.array([one.error_m for one in scene.candidates]),
        existing_error_m=scene.city.points.error_m[existing],
        radius_m=asked.walk_m,
        detour=DETOUR,
    )

    def pose(drawn: Ground, rules: Question) -> Question:
        pairs = pairs_within(drawn.demand, drawn.candidates, drawn.radius_m, detour=drawn.detour)
        workers = weights(scene, drawn.workers, served_already(drawn))
        return replace(rules, workers=workers, cover=covered(scene, pairs))

    found = stability(
        ground,
        posed.question,
        doubts=Doubts(),
        draws=asked.draws,
        seed=asked.seed,
        pose=pose,
        go=go,
    )
    return found.kept if found.draws == asked.draws else None
