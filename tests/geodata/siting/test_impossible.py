"""Questions without an answer, and the sentence each gets."""

from collections.abc import Callable
from typing import Any

import pytest

from geodata.answers.city import City
from geodata.siting.invented import invented_city
from geodata.siting.read import read
from geodata.siting.run import answered


@pytest.fixture(scope="module")
def city() -> City:
    return invented_city()


def sentences(city: City, **question: Any) -> list[str]:
    answer = answered(city, read({"draws": 0, **question}))
    assert (answer.status, answer.picks) == ("infeasible", ())
    return [said.zh for said in answer.impossible]


HERE = {"name": "示例地块", "lon": 121.60, "lat": 31.20}


def test_a_district_without_a_candidate(city: City) -> None:
    assert sentences(
        city,
        new={"count": 2, "minimum_by_district": {"崇明区": 1}},
        candidates={"from": "places", "places": [HERE]},
    ) == [
        "崇明区没有候选点，“新建至少 1 家”做不到：请在崇明区加候选点，或去掉这一条。",
    ]


def test_a_district_with_too_few_candidates(city: City) -> None:
    assert sentences(
        city,
        new={"count": 5, "minimum_by_district": {"浦东新区": 3}},
        candidates={"from": "places", "places": [HERE]},
    ) == ["浦东新区只有 1 个候选点，“新建至少 3 家”还差 2 个。"]


def test_minima_above_the_count(city: City) -> None:
    assert sentences(city, new={"count": 12, "district_minimum": 1}) == [
        "各区保底加起来要新建 16 家，总数只有 12 家，少 4 家。"
    ]


def test_a_budget_below_the_minima(city: City) -> None:
    works = {"count": 20, "district_minimum": 1, "cost_10k": {"city": 1.5}}
    assert sentences(city, new=works, budget_10k={"city": 20}) == [
        "保底和必选的点最少要花市级预算 24 万元，只有 20 万元，还差 4 万元。"
    ]


def test_a_capacity_short_by_one_worker(row_of_sites: Callable[..., City]) -> None:
    places = [
        {"name": f"示例{n}", "lon": 121.61, "lat": 31.2, "capacity_workers": capacity}
        for n, capacity in enumerate((1000, 499))
    ]
    question = {
        "model": "capacitated_median",
        "new": {"count": 2},
        "walk_m": 2000,
        "candidates": {"from": "places", "places": places},
    }
    assert sentences(row_of_sites(500, 700, 300), **question) == [
        "2 个点最多接 1,499 人，要接 1,500 人，还差 1 人："
        "请加点、加容量，或改用 capacitated（接多少算多少）。"
    ]
    places[1]["capacity_workers"] = 500
    assert answered(row_of_sites(500, 700, 300), read(question)).status == "optimal"


def test_capacities_that_suffice_in_all_but_not_within_reach(
    row_of_sites: Callable[..., City],
) -> None:
    places = [
        {"name": f"示例{n}", "lon": lon, "lat": 31.2, "capacity_workers": 800}
        for n, lon in enumerate((121.600, 121.620))
    ]
    assert sentences(
        row_of_sites(900, 100),
        model="capacitated_median",
        new={"count": 2},
        walk_m=1300,
        candidates={"from": "places", "places": places},
    ) == [
        "2 个点最多接 900 人，要接 1,000 人，还差 100 人："
        "请加点、加容量，或改用 capacitated（接多少算多少）。"
    ]


def test_two_rules_that_contradict_are_named(city: City) -> None:
    names = [city.sites.name[row] for row in range(len(city.sites.id)) if _open(city, row)][:2]
    assert sentences(city, new={"count": 5}, rules={"required": names, "exclusive": [names]}) == [
        f"“必选‘{names[0]}’”、“必选‘{names[1]}’”、“‘{names[0]}’与‘{names[1]}’只能选一”"
        "互相矛盾，不能同时做到：请放宽其中一条。"
    ]


def _open(city: City, row: int) -> bool:
    return city.sites.clinic.at(row) != "adequate"


def test_a_floor_no_choice_reaches(city: City) -> None:
    places = {"from": "places", "places": [HERE]}
    found = sentences(city, new={"count": 1}, candidates=places, rules={"district_floor": 1.0})
    assert len(found) > 1
    assert found[0].endswith(" 人。")
    assert "职工覆盖率至少 100.0%”做不到：候选点全建上也还差 " in found[0]


def test_no_candidate_at_all(row_of_sites: Callable[..., City]) -> None:
    elsewhere = {"districts": ["崇明区"]}
    assert sentences(row_of_sites(500), new={"count": 1}, candidates=elsewhere) == [
        "没有候选点：请看 [candidates] 的条件，或先导入园区、楼宇、商圈。"
    ]
