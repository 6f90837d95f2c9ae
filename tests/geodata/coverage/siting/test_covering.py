"""Covering by hand-made examples small enough to check on paper."""

import numpy as np

from geodata.coverage.siting.covering import Answer, maximal_covering, set_covering
from geodata.coverage.siting.explain import Impossible, picks, prices, runner_up, why_impossible
from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.mip import Progress, Status
from geodata.coverage.siting.problem import Cover, Question
from geodata.coverage.siting.rules import budget, by_group, count, only_one, spaced


def cover(*lists: tuple[int, ...], demands: int) -> Cover:
    """From the demands each candidate covers."""
    demand = np.array([d for served in lists for d in served], dtype=np.int64)
    candidate = np.repeat(np.arange(len(lists)), [len(served) for served in lists])
    return Cover.of(demand, candidate, (demands, len(lists)))


TRAP = Question(
    workers=np.array([10, 10, 10, 9, 9, 9, 9], dtype=float),
    cover=cover((0, 1, 2, 3), (0, 1, 4, 5), (2, 3, 6), demands=7),
    rules=(count(3, at_most=2),),
)


def test_the_plain_greedy_choice_is_beaten_by_the_proof() -> None:
    assert greedy(TRAP, exchange=False) == (0, 1)
    assert TRAP.total((0, 1)) == 57
    answer = maximal_covering(TRAP)
    assert (answer.status, answer.chosen, answer.value, answer.bound, answer.gap) == (
        Status.OPTIMAL,
        (1, 2),
        66,
        66,
        0,
    )


def test_an_exchange_already_finds_it() -> None:
    chosen = greedy(TRAP)
    assert chosen is not None
    assert sorted(chosen) == [1, 2]


DISTRICTS = Question(
    workers=np.array([100, 90, 5, 4], dtype=float),
    cover=cover((0,), (1,), (2,), (3,), demands=4),
    rules=(
        count(4, at_most=2),
        *by_group(
            ["浦东新区", "浦东新区", "崇明区", "崇明区"], at_least={"浦东新区": 1, "崇明区": 1}
        ),
    ),
)


def test_a_minimum_for_each_district_has_its_price() -> None:
    answer = maximal_covering(DISTRICTS)
    assert (answer.chosen, answer.value) == ((0, 2), 105)
    assert [(p.rule, p.workers, p.without) for p in prices(DISTRICTS, answer)] == [
        ("新建总数", 90, False),
        ("崇明区至少 1 家", 85, True),
        ("浦东新区至少 1 家", 0, True),
    ]


def test_the_runner_up_says_what_it_gives_up() -> None:
    answer = maximal_covering(DISTRICTS)
    second = runner_up(DISTRICTS, answer)
    assert (second.answer.chosen, second.costs) == ((0, 3), 1)


def test_each_pick_counts_only_whom_it_alone_serves() -> None:
    found = picks(TRAP, (0, 1))
    assert [(p.candidate, p.marginal, p.serves, p.demands.tolist()) for p in found] == [
        (0, 19, 39, [0, 1, 2, 3]),
        (1, 18, 38, [0, 1, 4, 5]),
    ]


def test_a_district_without_a_candidate_is_named() -> None:
    asked = Question(
        DISTRICTS.workers,
        DISTRICTS.cover,
        rules=by_group(["浦东新区"] * 4, at_least={"崇明区": 1}),
    )
    assert maximal_covering(asked) == Answer(Status.INFEASIBLE, (), -np.inf, -np.inf, None)
    assert why_impossible(asked) == Impossible((("崇明区至少 1 家", 1, 0.0),), ())


def test_two_rules_that_contradict_are_named_and_no_third() -> None:
    costs = np.array([10.0, 10.0, 10.0, 10.0])
    asked = Question(
        DISTRICTS.workers,
        DISTRICTS.cover,
        rules=(
            *DISTRICTS.rules,
            budget(costs, at_most=15, name="市级资金"),
            only_one(np.array([[0, 1]]))[0],
        ),
    )
    assert maximal_covering(asked).status is Status.INFEASIBLE
    assert why_impossible(asked) == Impossible(
        (), ("浦东新区至少 1 家", "崇明区至少 1 家", "市级资金")
    )


def test_points_too_near_each_other_exclude_one_another() -> None:
    points = np.array([[121.47, 31.23], [121.471, 31.23], [121.49, 31.23]])
    (rule,) = spaced(points, metres=500, names=("甲", "乙", "丙"))
    assert (rule.name, rule.candidates.tolist(), rule.high) == ("甲与乙相距不到 500 米", [0, 1], 1)


def test_an_upgrade_is_worth_what_it_is_worth_by_itself() -> None:
    asked = Question(
        workers=np.array([30.0]),
        cover=cover((0,), (), (), demands=1),
        rules=(count(3, at_most=2),),
        value=np.array([0.0, 20.0, 25.0]),
    )
    answer = maximal_covering(asked)
    assert (answer.chosen, answer.value) == ((0, 2), 55)


def test_the_fewest_points_on_a_line() -> None:
    at = np.arange(7)
    near = np.nonzero(abs(at[:, None] - at[None, :]) <= 1)
    answer = set_covering(Cover.of(near[0], near[1], (7, 7)))
    assert (answer.status, answer.value) == (Status.OPTIMAL, -3)


def random_question(size: int, candidates: int, *, seed: int = 3) -> Question:
    """A city of scattered demands that takes the solver some rounds."""
    draw = np.random.default_rng(seed)
    demand, site = draw.uniform(0, 10_000, (size, 2)), draw.uniform(0, 10_000, (candidates, 2))
    near = np.hypot(*(demand[:, None] - site[None]).transpose(2, 0, 1)) <= 1200
    workers = np.round(draw.lognormal(5, 1, size))
    at = np.nonzero(near)
    return Question(
        workers, Cover.of(at[0], at[1], near.shape), rules=(count(candidates, at_most=25),)
    )


def test_progress_goes_from_greedy_to_the_proof_and_never_apart() -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return True

    answer = maximal_covering(random_question(600, 150), watch=watch)
    assert answer.status is Status.OPTIMAL
    assert [progress.stage for progress in seen][:2] == ["greedy", "bound"]
    assert all(progress.incumbent <= answer.value + 1e-6 for progress in seen)
    assert all(progress.bound >= answer.value - 1e-6 for progress in seen)


def test_a_search_can_be_stopped_and_keeps_what_it_has() -> None:
    question = random_question(600, 150)
    answer = maximal_covering(question, watch=lambda progress: progress.stage == "greedy")
    assert answer.status in {Status.CANCELLED, Status.OPTIMAL}
    assert question.broken(answer.chosen) == ()
    assert answer.value <= answer.bound
    assert answer.first is not None
    assert answer.value >= question.total(answer.first)


def test_no_candidate_at_all_is_an_answer_of_nothing() -> None:
    nothing = Question(np.array([5.0]), Cover.of(np.array([0])[:0], np.array([0])[:0], (1, 0)))
    answer = maximal_covering(nothing)
    assert (answer.chosen, answer.value) == ((), 0)
