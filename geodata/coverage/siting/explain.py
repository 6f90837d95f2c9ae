"""Why an answer is as it is: what binds and what it costs, what contradicts, what comes second."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.coverage.siting.covering import Answer, covering_programme, maximal_covering
from geodata.coverage.siting.mip import Status, solved
from geodata.coverage.siting.problem import Floats, Ints, Question, Rule, Share

_ENOUGH_S = 10.0


@dataclass(frozen=True)
class Price:
    """A rule that binds: without it (a minimum), or with one more (a maximum), so many more."""

    rule: str
    workers: float
    without: bool
    proved: bool


@dataclass(frozen=True)
class Pick:
    """One chosen candidate: the workers only it serves, all it serves, and the demands."""

    candidate: int
    marginal: float
    serves: float
    demands: Ints


@dataclass(frozen=True)
class RunnerUp:
    """The best choice that is not the answer, and the workers it gives up."""

    answer: Answer
    costs: float


def picks(question: Question, chosen: tuple[int, ...]) -> tuple[Pick, ...]:
    """Each pick, the largest marginal first."""
    times = question.cover.times_covered(chosen)
    found = []
    for candidate in chosen:
        served = question.cover.served_by(candidate)
        alone = served[times[served] == 1]
        own = float(question.worth[candidate])
        marginal = float(question.workers[alone].sum()) + own
        found.append(Pick(candidate, marginal, float(question.workers[served].sum()) + own, served))
    return tuple(sorted(found, key=lambda pick: (-pick.marginal, pick.candidate)))


def prices(
    question: Question, answer: Answer, *, time_limit_s: float = _ENOUGH_S
) -> tuple[Price, ...]:
    """What each rule that binds costs in workers, the dearest first."""
    found = []
    for number, rule in enumerate(question.rules):
        used = rule.used(answer.chosen)
        for easier, without in eased(rule, used):
            others = (*question.rules[:number], easier, *question.rules[number + 1 :])
            asked = replace(question, rules=others)
            free = maximal_covering(asked, time_limit_s=time_limit_s)
            proved = free.status is Status.OPTIMAL
            found.append(Price(rule.name, free.value - answer.value, without, proved))
    for number, share in enumerate(question.shares):
        rest = (*question.shares[:number], *question.shares[number + 1 :])
        free = maximal_covering(replace(question, shares=rest), time_limit_s=time_limit_s)
        more = free.value - answer.value
        if more > 0:
            found.append(Price(share.name, more, True, free.status is Status.OPTIMAL))
    return tuple(sorted(found, key=lambda price: -price.workers))


def eased(rule: Rule, used: float) -> list[tuple[Rule, bool]]:
    """The rule without its minimum (True), or with one more unit, where an answer touches it."""
    found: list[tuple[Rule, bool]] = []
    if np.isfinite(rule.low) and rule.low > 0 and used <= rule.low + 1e-6:
        found.append((replace(rule, low=-np.inf), True))
    tightest = float(rule.weights.min()) if len(rule.weights) else np.inf
    # A rule that weighs nothing, such as a budget where nothing costs, is no nearer to its end.
    if len(rule.weights) and np.isfinite(rule.high) and used > rule.high - max(tightest, 1e-6):
        found.append((replace(rule, high=rule.high + float(rule.weights.max())), False))
    return found


def runner_up(question: Question, answer: Answer, *, time_limit_s: float = _ENOUGH_S) -> RunnerUp:
    """The best other choice of as many candidates, or fewer."""
    chosen = np.array(answer.chosen, dtype=np.int64)
    others = np.setdiff1d(np.arange(question.cover.candidates), chosen)
    size = float(len(chosen))
    another = Rule("另选一组", chosen, np.ones(len(chosen)), -np.inf, size - 1.0)
    rules = (*question.rules, another)
    if not len(others):
        return RunnerUp(Answer(Status.INFEASIBLE, (), -np.inf, -np.inf), np.inf)
    found = maximal_covering(replace(question, rules=rules), time_limit_s=time_limit_s)
    return RunnerUp(found, answer.value - found.value)


@dataclass(frozen=True)
class Impossible:
    """Why no choice keeps all rules.

    `empty` are minima that even all open candidates together do not reach, with what they reach;
    `clash` are rules none of which can be left out of the contradiction.
    """

    empty: tuple[tuple[str, float, float], ...]
    clash: tuple[str, ...]


def why_impossible(question: Question, *, time_limit_s: float = _ENOUGH_S) -> Impossible:
    """The rules that contradict, named; call it when the solver found no choice."""
    open_to = np.ones(question.cover.candidates, dtype=np.bool_)
    open_to[list(question.forbidden)] = False
    empty = []
    for rule in question.rules:
        most = float(np.maximum(rule.weights[open_to[rule.candidates]], 0.0).sum())
        if most < rule.low - 1e-6:
            empty.append((rule.name, rule.low, most))
    everything = question.cover.times_covered(tuple(np.flatnonzero(open_to).tolist())) > 0
    for share in question.shares:
        reached = float(question.workers[share.demands[everything[share.demands]]].sum())
        if reached < share.least - 1e-6:
            empty.append((share.name, share.least, reached))
    return Impossible(tuple(empty), () if empty else _clash(question, time_limit_s))


def _clash(question: Question, time_limit_s: float) -> tuple[str, ...]:
    """Leave out one rule after another; those that cannot be left out are the contradiction."""
    rules: list[Rule | Share] = [*question.rules, *question.shares]
    for rule in tuple(rules):
        rest = [one for one in rules if one is not rule]
        if not possible(_with(question, rest), time_limit_s=time_limit_s):
            rules = rest
    return tuple(rule.name for rule in rules)


def _with(question: Question, rules: list[Rule | Share]) -> Question:
    return replace(
        question,
        rules=tuple(rule for rule in rules if isinstance(rule, Rule)),
        shares=tuple(rule for rule in rules if isinstance(rule, Share)),
    )


def possible(question: Question, *, time_limit_s: float = _ENOUGH_S) -> bool:
    """Whether any choice keeps the rules; True where time ran out before that was known."""
    programme = covering_programme(question)
    nothing: Floats = np.zeros(len(programme.cost))
    found = solved(replace(programme, cost=nothing), time_limit_s=time_limit_s)
    return found.status is not Status.INFEASIBLE
