"""A pick put elsewhere by hand, and an answer kept as a scenario."""

from collections.abc import Callable

import pytest

from geodata.answers.city import City
from geodata.errors import NotFoundError, ParameterError
from geodata.scenarios.model import NewPoint, Upgrade
from geodata.siting.answer import SitingAnswer
from geodata.siting.as_scenario import as_changes
from geodata.siting.invented import invented_city
from geodata.siting.pose import Posed
from geodata.siting.read import read
from geodata.siting.run import finished, opened
from geodata.siting.what_if import moved, swapped

Row = Callable[..., City]


def solved(city: City, **rules: object) -> tuple[Posed, SitingAnswer]:
    asked = read({"walk_m": 400, "draws": 0, "new": {"count": 2, **rules}})
    started = opened(city, asked)
    assert isinstance(started.posed, Posed)
    return started.posed, finished(started)


def test_another_candidate_costs_what_it_serves_less(row_of_sites: Row) -> None:
    question, answer = solved(row_of_sites(500, 900, 300))
    tried = swapped(question, answer, "site:1", "site:3")
    assert (tried.moved, tried.to, tried.change_workers, tried.broken) == (
        "示例1",
        "示例3",
        -200,
        (),
    )
    assert [pick.name for pick in tried.answer.picks] == ["示例2", "示例3"]
    assert (tried.answer.status, answer.gained_workers) == ("by_hand", 1400)


def test_a_broken_rule_is_named(row_of_sites: Row) -> None:
    question, answer = solved(row_of_sites(500, 900, 300), minimum_by_town={"二街": 1})
    tried = swapped(question, answer, "site:3", "site:1")
    assert (tried.change_workers, [said.zh for said in tried.broken]) == (
        200,
        ["二街新建至少 1 家"],
    )


def test_a_pick_dragged_to_where_nobody_works_serves_nobody(row_of_sites: Row) -> None:
    question, answer = solved(row_of_sites(500, 900, 300))
    tried = moved(question, answer, "site:2", lon=121.70, lat=31.15)
    assert (tried.to, tried.change_workers) == ("示例2（挪动）", -900)
    onto = moved(question, answer, "site:1", lon=121.62, lat=31.20)
    assert onto.change_workers == -200


def test_what_cannot_be_tried_is_said(row_of_sites: Row) -> None:
    question, answer = solved(row_of_sites(500, 900, 300))
    with pytest.raises(NotFoundError, match="没有编号为 site:9 的候选点"):
        swapped(question, answer, "site:1", "site:9")
    with pytest.raises(NotFoundError, match="选中的点里没有 site:3"):
        swapped(question, answer, "site:3", "site:1")
    with pytest.raises(ParameterError, match="这一处已经选上了"):
        swapped(question, answer, "site:1", "site:2")
    with pytest.raises(ParameterError, match="这里在本市范围以外"):
        moved(question, answer, "site:1", lon=100.0, lat=31.0)


def test_an_upgrade_stays_where_it_is() -> None:
    asked = read({"model": "upgrade", "upgrade": {"count": 2}, "draws": 0})
    started = opened(invented_city(), asked)
    assert isinstance(started.posed, Posed)
    answer = finished(started)
    with pytest.raises(ParameterError, match="升级的是已有的点，不能挪动"):
        moved(started.posed, answer, answer.picks[0].key, lon=121.5, lat=31.2)


def test_new_points_open_in_a_scenario_and_upgraded_ones_hold_more(row_of_sites: Row) -> None:
    city = row_of_sites(500, 900)
    _, answer = solved(city)
    assert as_changes(answer, city) == (
        NewPoint("示例2", 121.61, 31.2, half_days=1.0),
        NewPoint("示例1", 121.60, 31.2, half_days=1.0),
    )
    whole = invented_city()
    upgrade = read({"model": "upgrade", "upgrade": {"count": 1}, "draws": 0})
    best = finished(opened(whole, upgrade))
    point = int(best.picks[0].key.partition(":")[2])
    assert as_changes(best, whole) == (Upgrade(point, 2.0),)


def test_an_answer_without_picks_is_no_scenario(row_of_sites: Row) -> None:
    city = row_of_sites(500)
    asked = read({"new": {"count": 1}, "candidates": {"districts": ["崇明"]}})
    with pytest.raises(ParameterError, match="存不成方案"):
        as_changes(finished(opened(city, asked)), city)
