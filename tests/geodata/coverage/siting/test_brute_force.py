"""The solvers against counting every choice, on small questions with every rule mixed."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.coverage.siting.capacity import Capacitated, capacitated_covering
from geodata.coverage.siting.center import p_center
from geodata.coverage.siting.covering import maximal_covering, set_covering
from geodata.coverage.siting.explain import picks, why_impossible
from geodata.coverage.siting.fairness import fairest
from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.median import p_median
from geodata.coverage.siting.mip import Status
from geodata.coverage.siting.problem import Cover, Question, Rule, Share
from geodata.coverage.siting.rules import budget, by_group, count, only_one
from geodata.coverage.walk import Pairs

CANDIDATES = st.integers(1, 7)
DEMANDS = st.integers(1, 9)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Up to nine demands and seven candidates, under counts, minima, budgets, pairs and floors."""
    m, n = draw(CANDIDATES), draw(DEMANDS)
    table = np.array(
        draw(st.lists(st.lists(st.booleans(), min_size=m, max_size=m), min_size=n, max_size=n))
    ).reshape(n, m)
    workers = np.array(draw(st.lists(st.integers(0, 50), min_size=n, max_size=n)), dtype=float)
    groups = draw(st.lists(st.sampled_from("甲乙丙"), min_size=m, max_size=m))
    rules: list[Rule] = [count(m, at_most=draw(st.integers(0, m)))]
    if draw(st.booleans()):
        rules += by_group(
            groups,
            at_least=draw(
                st.dictionaries(st.sampled_from("甲乙丙"), st.integers(0, 2), max_size=2)
            ),
            at_most=draw(st.dictionaries(st.sampled_from("甲乙丙"), st.integers(0, 3), max_size=2)),
        )
    if draw(st.booleans()):
        costs = np.array(draw(st.lists(st.integers(0, 9), min_size=m, max_size=m)), dtype=float)
        rules.append(budget(costs, at_most=draw(st.integers(0, 30)), name="市级资金"))
    if m > 1 and draw(st.booleans()):
        pair = draw(st.lists(st.integers(0, m - 1), min_size=2, max_size=2, unique=True))
        rules += only_one(np.array([pair]))
    shares = ()
    if draw(st.booleans()):
        demands = np.array(sorted(draw(st.sets(st.integers(0, n - 1), min_size=1))))
        shares = (Share("下限", demands, float(draw(st.integers(0, 60)))),)
    marked = draw(st.lists(st.integers(0, m - 1), max_size=2, unique=True))
    return Question(
        workers,
        Cover.of(*np.nonzero(table), (n, m)),
        rules=tuple(rules),
        shares=shares,
        required=tuple(marked[:1]),
        forbidden=tuple(marked[1:]),
        value=np.array(draw(st.lists(st.integers(0, 5), min_size=m, max_size=m)), dtype=float),
    )


def every_choice(question: Question) -> list[tuple[int, ...]]:
    """All choices that keep the rules."""
    numbers = range(question.cover.candidates)
    sizes = range(question.cover.candidates + 1)
    every = [chosen for size in sizes for chosen in combinations(numbers, size)]
    return [chosen for chosen in every if not question.broken(chosen)]


@settings(max_examples=500, deadline=None)
@given(questions())
def test_the_proved_answer_is_the_best_of_all_choices(question: Question) -> None:
    answer = maximal_covering(question)
    possible = every_choice(question)
    if not possible:
        assert answer.status is Status.INFEASIBLE
        return
    assert answer.status is Status.OPTIMAL
    assert question.broken(answer.chosen) == ()
    assert answer.value == max(question.total(chosen) for chosen in possible)


@settings(max_examples=200, deadline=None)
@given(questions())
def test_the_answer_at_once_keeps_every_rule(question: Question) -> None:
    chosen = greedy(question)
    possible = every_choice(question)
    if chosen is not None:
        assert question.broken(chosen) == ()
        assert question.total(chosen) <= max(question.total(one) for one in possible)
        marginals = sum(pick.marginal for pick in picks(question, chosen))
        assert marginals <= question.total(chosen) + 1e-9


@settings(max_examples=150, deadline=None)
@given(questions())
def test_an_impossible_question_names_rules_that_truly_contradict(question: Question) -> None:
    if every_choice(question):
        return
    why = why_impossible(question)
    named = {name for name, _, _ in why.empty} | set(why.clash)
    rules = tuple(rule for rule in question.rules if rule.name in named)
    shares = tuple(share for share in question.shares if share.name in named)
    alone = Question(
        question.workers,
        question.cover,
        rules=rules,
        shares=shares,
        required=question.required,
        forbidden=question.forbidden,
    )
    assert named
    assert every_choice(alone) == []


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, int]:
    m, n = draw(CANDIDATES), draw(DEMANDS)
    rows = st.lists(st.integers(0, 30), min_size=m, max_size=m)
    cost = np.array(draw(st.lists(rows, min_size=n, max_size=n)), dtype=float)
    return cost, draw(st.integers(1, m))


@settings(max_examples=200, deadline=None)
@given(tables())
def test_median_and_center_are_the_best_of_all_choices(given: tuple[np.ndarray, int]) -> None:
    cost, sites = given
    nearest = [cost[:, chosen].min(axis=1) for chosen in combinations(range(cost.shape[1]), sites)]
    median, center = p_median(cost, sites), p_center(cost, sites)
    assert (median.status, center.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert -median.value == min(walk.sum() for walk in nearest)
    assert -center.value == min(walk.max() for walk in nearest)
    assert len(median.chosen) == len(center.chosen) == sites


@settings(max_examples=100, deadline=None)
@given(questions())
def test_the_fewest_that_cover_everything_are_the_fewest(question: Question) -> None:
    coverable = question.cover.times_covered(tuple(range(question.cover.candidates))) > 0
    numbers = range(question.cover.candidates)
    enough = [
        len(chosen)
        for size in range(question.cover.candidates + 1)
        for chosen in combinations(numbers, size)
        if (question.cover.times_covered(chosen) > 0)[coverable].all()
    ]
    assert len(set_covering(question.cover).chosen) == min(enough)


@settings(max_examples=100, deadline=None)
@given(questions(), st.data())
def test_capacities_are_kept_and_filled_as_well_as_can_be(
    question: Question, data: st.DataObject
) -> None:
    m = question.cover.candidates
    capacity = np.array(
        data.draw(st.lists(st.integers(0, 60), min_size=m, max_size=m)), dtype=float
    )
    demand, site = question.cover.by_demand.nonzero()
    pairs = Pairs(demand.astype(np.int64), site.astype(np.int64), np.ones(len(demand)))
    most = data.draw(st.integers(0, 2))
    asked = Capacitated(
        question.workers, capacity, pairs, rules=(count(m, at_most=most),), whole=True
    )
    shared = capacitated_covering(asked)
    taken = np.bincount(site, question.workers[demand] * shared.given, minlength=m)
    assert (taken <= capacity + 1e-6).all()
    assert shared.answer.value == best_whole(question, capacity, most)


def best_whole(question: Question, capacity: np.ndarray, most: int) -> float:
    """The most workers that go whole to sites with room, tried one demand after another."""
    table = question.cover.by_demand.toarray() > 0

    def rest(demand: int, room: tuple[float, ...], opened: tuple[int, ...]) -> float:
        if demand == len(question.workers):
            return 0.0
        workers = float(question.workers[demand])
        best = rest(demand + 1, room, opened)
        for place, site in enumerate(opened):
            if table[demand, site] and room[place] >= workers:
                left = (*room[:place], room[place] - workers, *room[place + 1 :])
                best = max(best, workers + rest(demand + 1, left, opened))
        return best

    numbers = range(question.cover.candidates)
    choices = [c for size in range(most + 1) for c in combinations(numbers, size)]
    return max(rest(0, tuple(float(capacity[s]) for s in c), c) for c in choices)


@settings(max_examples=100, deadline=None)
@given(questions(), st.data())
def test_the_worst_district_is_lifted_as_far_as_it_goes(
    question: Question, data: st.DataObject
) -> None:
    size = len(question.workers)
    groups = data.draw(st.lists(st.sampled_from("东西"), min_size=size, max_size=size))
    possible = every_choice(question)
    worst, answer = fairest(question, groups, {})
    if not possible:
        assert answer.status is Status.INFEASIBLE
        return
    labels = np.array(groups)

    def lowest(chosen: tuple[int, ...]) -> float:
        covered = question.cover.times_covered(chosen) > 0
        totals = {g: question.workers[labels == g].sum() for g in dict.fromkeys(groups)}
        shares = [
            question.workers[(labels == g) & covered].sum() / total
            for g, total in totals.items()
            if total
        ]
        return float(min(shares, default=1.0))

    best = max(lowest(chosen) for chosen in possible)
    equal = [question.total(chosen) for chosen in possible if lowest(chosen) >= best - 1e-9]
    assert abs(worst - (best if question.workers.any() else 0.0)) < 1e-6
    assert answer.value == max(equal)
