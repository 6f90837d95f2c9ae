"""Ways to lunch: which are paid for, where, and the meals they bring."""

from collections.abc import Callable
from typing import Any

from geodata.answers.city import City
from geodata.siting.answer import SitingAnswer
from geodata.siting.read import read
from geodata.siting.run import answered, opened

CANTEEN = {"cost_10k": 60, "meals": 700}
CABINET = {"cost_10k": 8, "meals": 100}


def asked(city: City, total: float, **options: Any) -> SitingAnswer:
    lunch = {"walk_m": 1300, **options}
    return answered(city, read({"model": "lunch", "budget_10k": {"total": total}, "lunch": lunch}))


def test_a_budget_buys_the_ways_that_feed_most(row_of_sites: Callable[..., City]) -> None:
    # 0.8 of the workers lunch there: 800 and 80 meals are lacking.
    city = row_of_sites(1000, 100)
    answer = asked(city, 70, canteen=CANTEEN, cabinet=CABINET)
    assert [(pick.works, pick.name, round(pick.marginal_workers)) for pick in answer.picks] == [
        ("canteen", "示例1", 700),
        ("cabinet", "示例1", 100),
    ]
    assert (answer.status, answer.value, answer.unit) == ("optimal", 800.0, "meals")
    assert answer.money_10k == {"total": 68.0}


def test_a_shared_canteen_feeds_its_neighbours_within_their_walk(
    row_of_sites: Callable[..., City],
) -> None:
    city = row_of_sites(500, 500, 500)
    answer = asked(city, 90, shared_canteen={"cost_10k": 90, "meals": 1500})
    (pick,) = answer.picks
    assert (pick.name, [one.name for one in pick.serves], pick.marginal_workers) == (
        "示例2",
        ["示例1", "示例2", "示例3"],
        1200.0,
    )


def test_a_site_takes_an_own_or_a_shared_canteen_not_both(
    row_of_sites: Callable[..., City],
) -> None:
    shared = {"cost_10k": 10, "meals": 300}
    answer = asked(row_of_sites(1000), 1000, canteen=CANTEEN, shared_canteen=shared)
    assert [(pick.works, pick.marginal_workers) for pick in answer.picks] == [("canteen", 700.0)]


def test_places_in_anothers_canteen_need_one(row_of_sites: Callable[..., City]) -> None:
    table = {"cost_10k": 1, "meals": 50}
    answer = asked(row_of_sites(1000), 100, shared_table=table)
    assert (answer.picks, answer.candidates, answer.value) == ((), 0, 0.0)


def test_the_districts_count_meals(row_of_sites: Callable[..., City]) -> None:
    answer = asked(row_of_sites(1000, 100), 8, cabinet=CABINET)
    (pudong,) = [row for row in answer.districts if row.counted_workers]
    assert (pudong.counted_workers, pudong.before_workers, pudong.after_workers, pudong.new) == (
        880,
        0,
        100,
        1,
    )


def test_the_first_answer_is_there_at_once(row_of_sites: Callable[..., City]) -> None:
    lunch = {"cabinet": CABINET}
    question = {"model": "lunch", "budget_10k": {"total": 8}, "lunch": lunch}
    first = opened(row_of_sites(1000), read(question)).first
    assert (first.status, first.value, first.gap) == ("greedy", 100.0, None)
