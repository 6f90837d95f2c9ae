"""From the ground to a question, how steady its answer is, and the notice's own arithmetic."""

import numpy as np

from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.inputs import Ground, grid_near, question_on
from geodata.coverage.siting.notice import Programme, Target, programme
from geodata.coverage.siting.problem import Question
from geodata.coverage.siting.rules import count
from geodata.coverage.siting.stability import Doubts, stability
from geodata.geodesy import geodesic_m

EAST_M = 95_280.0  # metres of a degree of longitude at 31.2 north, near enough for these examples


def along(*metres: float) -> np.ndarray:
    """Points so many metres east of one another on a parallel."""
    return np.array([[121.4 + m / EAST_M, 31.2] for m in metres]).reshape(-1, 2)


def ground(**changes: object) -> Ground:
    made = {
        "demand": along(0, 300, 5000, 9000),
        "workers": np.array([1000.0, 500.0, 800.0, 700.0]),
        "candidates": along(100, 5100, 9500),
        "existing": along(9100),
        "demand_error_m": np.full(4, 50.0),
        "candidate_error_m": np.full(3, 50.0),
        "existing_error_m": np.full(1, 50.0),
    }
    return Ground(**(made | changes))  # type: ignore[arg-type]


TWO = Question(np.empty(0), question_on(ground()).cover, rules=(count(3, at_most=2),))


def test_workers_an_existing_point_reaches_add_nothing() -> None:
    assert question_on(ground()).workers.tolist() == [1000, 500, 800, 0]


def test_a_pick_far_ahead_stays_in_every_draw() -> None:
    steady = stability(ground(), TWO, doubts=Doubts(), draws=40, seed=1)
    assert steady.kept.tolist() == [1.0, 1.0, 0.0]
    assert (steady.draws, steady.impossible) == (40, 0)


def test_a_close_race_is_shown_as_one_and_the_same_seed_repeats_it() -> None:
    rivals = ground(workers=np.array([500.0, 500.0, 1000.0, 0.0]), existing=along(30_000))
    one = Question(np.empty(0), TWO.cover, rules=(count(3, at_most=1),))
    first = stability(rivals, one, doubts=Doubts(), draws=60, seed=7)
    assert 0.2 < first.kept[0] < 0.8
    assert first.kept.sum() == 1.0
    assert (
        stability(rivals, one, doubts=Doubts(), draws=60, seed=7).kept.tolist()
        == first.kept.tolist()
    )


def test_without_doubts_every_draw_is_the_question_itself() -> None:
    sure = Doubts(radius=0.0, detour=0.0, workers=0.0, positions=False)
    steady = stability(ground(), TWO, doubts=sure, draws=3)
    chosen = greedy(question_on(ground(), TWO))
    assert chosen is not None
    assert np.flatnonzero(steady.kept).tolist() == sorted(chosen)


def test_a_grid_lies_around_the_wanted_demands_only() -> None:
    points = grid_near(along(0, 20_000), [True, False], spacing_m=200, reach_m=600)
    away = geodesic_m(points[:, 0], points[:, 1], *along(0)[0])
    assert len(points) == 29
    assert away.max() < 600 + 200
    assert grid_near(along(0), [False], spacing_m=200, reach_m=600).shape == (0, 2)


def test_the_programme_of_the_notice() -> None:
    new = programme(Target(count=20, minimum=1, city_10k=1.5), districts=16)
    upgrades = programme(Target(count=50, minimum=3, city_10k=1.0), districts=16)
    assert new == Programme(forced=16, free=4, city_10k=30.0, total_min_10k=90.0, each_min_10k=4.5)
    assert upgrades == Programme(
        forced=48, free=2, city_10k=50.0, total_min_10k=150.0, each_min_10k=3.0
    )
    assert new.city_10k + upgrades.city_10k == 80.0
    assert new.total_min_10k + upgrades.total_min_10k == 240.0
