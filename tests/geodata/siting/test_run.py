"""Questions to the invented city and to a small one that can be checked on paper."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from geodata.answers.city import City
from geodata.answers.coded import Coded
from geodata.answers.words import Said
from geodata.coverage.siting.mip import Progress
from geodata.siting.answer import SitingAnswer
from geodata.siting.invented import invented_city
from geodata.siting.read import read
from geodata.siting.run import answered, finished, opened

NOTICE: dict[str, Any] = {
    "new": {"count": 20, "district_minimum": 1, "cost_10k": {"city": 1.5, "district": 1.5}},
    "upgrade": {"count": 50, "district_minimum": 3, "cost_10k": {"city": 1.0, "district": 1.0}},
    "budget_10k": {"city": 80},
    "draws": 3,
}


Row = Callable[..., City]


@pytest.fixture(scope="module")
def invented() -> City:
    return invented_city()


def asked(city: City, **question: Any) -> SitingAnswer:
    return answered(city, read({"walk_m": 400, "draws": 0, **question}))


def chosen(answer: SitingAnswer) -> list[str]:
    return sorted(pick.name for pick in answer.picks)


def test_the_arithmetic_of_the_notice_on_the_invented_city(invented: City) -> None:
    answer = answered(invented, read(NOTICE))
    assert [(one.works, one.chosen, one.forced, one.free) for one in answer.works] == [
        ("new", 20, 16, 4),
        ("upgrade", 50, 48, 2),
    ]
    assert (answer.status, answer.gap, answer.existing) == ("optimal", 0.0, 132)
    assert answer.money_10k == {"city": 80.0, "district": 80.0}
    assert min(row.new for row in answer.districts) == 1
    assert min(row.upgraded for row in answer.districts) == 3
    assert sum(pick.guaranteed for pick in answer.picks) == 64


def test_the_same_question_has_the_same_answer(invented: City) -> None:
    once, twice = (answered(invented_city(), read(NOTICE)) for _ in range(2))
    assert replace(once, seconds=0.0) == replace(twice, seconds=0.0)


def test_the_first_answer_is_called_greedy_and_keeps_the_rules(invented: City) -> None:
    first = opened(invented, read(NOTICE)).first
    assert (first.status, len(first.picks), min(row.new for row in first.districts)) == (
        "greedy",
        70,
        1,
    )


def test_a_pick_says_whom_it_serves_and_the_district_what_it_gains(row_of_sites: Row) -> None:
    answer = asked(row_of_sites(500, 900, 300), new={"count": 2})
    assert [(pick.name, pick.marginal_workers) for pick in answer.picks] == [
        ("示例2", 900.0),
        ("示例1", 500.0),
    ]
    served = answer.picks[0].serves[0]
    assert (served.name, served.workers, served.walk_m, served.newly) == ("示例2", 900, 0.0, True)
    (pudong,) = [row for row in answer.districts if row.counted_workers]
    assert (pudong.name, pudong.before_workers, pudong.after_workers, pudong.counted_workers) == (
        "浦东新区",
        0,
        1400,
        1700,
    )


def test_a_rule_that_binds_has_its_price(row_of_sites: Row) -> None:
    answer = asked(
        row_of_sites(500, 900, 300),
        new={"count": 2, "minimum_by_town": {"二街": 1}},
    )
    assert chosen(answer) == ["示例2", "示例3"]
    assert [(one.rule.zh, one.workers, one.without) for one in answer.prices] == [
        ("新建至多 2 家", 500.0, False),
        ("街镇新建保底", 200.0, True),
        ("二街新建至少 1 家", 200.0, True),
    ]
    assert answer.second is not None
    assert (answer.second.leaves, answer.second.takes, answer.second.costs_workers) == (
        ("示例2",),
        ("示例1",),
        400.0,
    )


@pytest.mark.parametrize(
    ("rules", "picks"),
    [
        ({}, ["示例1", "示例2"]),
        ({"required": ["示例4"]}, ["示例1", "示例4"]),
        ({"forbidden": ["示例1"]}, ["示例2", "示例3"]),
        ({"exclusive": [["示例1", "示例2"]]}, ["示例1", "示例3"]),
        ({"spacing_m": 1000}, ["示例1", "示例3"]),
    ],
)
def test_rules_by_name_and_by_distance(
    rules: dict[str, Any], picks: list[str], row_of_sites: Row
) -> None:
    answer = asked(row_of_sites(900, 800, 700, 100), new={"count": 2}, rules=rules)
    assert chosen(answer) == picks


def test_a_budget_by_type_and_by_layer_binds(row_of_sites: Row) -> None:
    works = {"count": 3, "cost_10k": {"city": 1.5, "district": 1.0}}
    by_layer = asked(row_of_sites(9, 8, 7), new=works, budget_10k={"city": 3})
    by_type = asked(row_of_sites(9, 8, 7), new=works, budget_10k={"new": 4})
    assert (chosen(by_layer), chosen(by_type)) == (["示例1", "示例2"], ["示例1"])


def test_minima_of_applications_only_count_what_was_applied_for(row_of_sites: Row) -> None:
    bind = {"minima_bind": "applications"}
    answer = asked(
        row_of_sites(9, 8),
        new={"count": 1, "minimum_by_district": {"浦东新区": 3}},
        rules=bind,
    )
    assert (chosen(answer), answer.impossible) == (["示例1"], ())
    assert answer.findings == (
        Said(
            "浦东新区申报新建 2 家，不到 3 家，还要再报 1 家。",
            "Pudong New Area applied for 2 new, 1 short of 3.",
        ),
    )


def test_a_large_site_without_a_clinic_is_eligible_whatever_its_kind(row_of_sites: Row) -> None:
    city = row_of_sites(1500, 900, 800)
    kinds = Coded.of(["mall", "mall", "park"])
    mixed = replace(city, sites=replace(city.sites, kind=kinds))
    narrow = {"kinds": ["park"]}
    assert chosen(asked(mixed, new={"count": 2}, candidates=narrow)) == ["示例3"]
    wider = narrow | {"or_workers_over": 1000}
    assert chosen(asked(mixed, new={"count": 2}, candidates=wider)) == ["示例1", "示例3"]


@pytest.mark.parametrize(
    ("model", "value", "unit", "count"),
    [
        ("mclp", 1200.0, "workers", 2),
        ("lscp", 3.0, "points", 3),
        ("p_center", 1240.0, "metres", 2),
        ("p_median", 372.0, "worker_metres", 2),
        ("capacitated", 1000.0, "workers", 2),
    ],
)
def test_each_model_is_proved(
    model: str, value: float, unit: str, count: int, row_of_sites: Row
) -> None:
    more = {} if model == "lscp" else {"new": {"count": 2}}
    capacity = {"capacity": {"workers": 500}} if model == "capacitated" else {}
    answer = asked(row_of_sites(500, 700, 300), model=model, **more, **capacity)
    # A step is 953.4 m in a straight line, 1,239 m on foot.
    walked = {"p_center": 1239.4, "p_median": 300 * 1239.4}
    expected = pytest.approx(walked.get(model, value), rel=1e-3)
    assert (answer.status, answer.value, answer.unit, len(answer.picks)) == (
        "optimal",
        expected,
        unit,
        count,
    )


def test_a_grid_finds_places_where_none_is_known(row_of_sites: Row) -> None:
    answer = asked(
        row_of_sites(500, 700),
        new={"count": 2},
        candidates={"from": "grid", "grid_spacing_m": 200, "grid_reach_m": 300},
    )
    assert (answer.gained_workers, [pick.key[:5] for pick in answer.picks]) == (
        1200,
        ["grid:", "grid:"],
    )


def test_the_worst_district_comes_first_when_asked(invented: City) -> None:
    plain = answered(invented, read({"new": {"count": 8}, "draws": 0}))
    fair = {"new": {"count": 8}, "draws": 0, "rules": {"worst_district_first": True}}
    fairer = answered(invented, read(fair))

    def worst(answer: SitingAnswer) -> float:
        return min(row.after_share or 0.0 for row in answer.districts)

    assert worst(fairer) > worst(plain)
    assert fairer.gained_workers < plain.gained_workers


def test_a_listener_hears_the_stages_and_can_stop(invented: City) -> None:
    heard: list[str] = []

    def listen(seen: Progress) -> bool:
        heard.append(seen.stage)
        return True

    finished(opened(invented, read(NOTICE)), watch=listen)
    assert heard[0] == "greedy"
    assert {"prices", "second", "steadiness"} <= set(heard)
    stopped = finished(opened(invented, read(NOTICE)), watch=lambda _: False)
    assert (len(stopped.picks), stopped.prices, stopped.second, stopped.draws) == (70, (), None, 0)
