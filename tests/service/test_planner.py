"""The planner's pages and data as they come without any script."""

import re

import pytest
import shapely
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.answers.as_of import records_from
from geodata.boundaries.match import match
from geodata.boundaries.shape import Shape
from geodata.boundaries.store import keep as keep_boundaries
from geodata.hours import Hours, Span, as_json
from geodata.scenarios.kept import keep as keep_scenario
from geodata.scenarios.model import NewPoint
from geodata.store import Store
from geodata.tables import ServicePoint
from geodata.version import grow_version

ZHANGJIANG = shapely.box(121.58, 31.19, 121.61, 31.22)
FAR_SITE = 2


def numbers(page: str) -> list[str]:
    return re.findall(r'number-value">([^<]+)<', page)


@pytest.fixture
def towns(city: Store) -> Store:
    with city.writing() as session:
        found = match([Shape(ZHANGJIANG, {"name": "张江镇"})])
        keep_boundaries(session, found, source="测试", approximate=True)
    return city


def test_any_radius_can_be_asked_and_a_silly_one_is_refused(planner: FlaskClient) -> None:
    page = planner.get("/planner?radius=650").text
    assert "参数：步行 650 米（直线 × 1.3 估算）" in page
    assert planner.get("/planner?radius=20").status_code == 400


def test_links_and_forms_keep_what_else_is_asked(planner: FlaskClient) -> None:
    page = planner.get("/planner?theme=lunch&radius=650&day=3&time=12:30").text
    assert 'href="/planner?theme=lunch&amp;radius=300&amp;day=3&amp;time=12%3A30"' in page
    assert page.count('<input type="hidden" name="theme" value="lunch">') == 3
    assert '<option value="3" selected>周三</option>' in page
    assert "时刻 周三12:30" in page


def test_this_moment_is_an_hour_of_the_week(planner: FlaskClient) -> None:
    page = planner.get("/planner?hour=now").text
    assert re.search(r"时刻 周[一二三四五六日]\d{1,2}:\d\d；", page)
    assert 'id="hour-now" data-ask href="/planner?hour=now" class="is-on"' in page


def test_towns_are_listed_and_drawn_once_outlines_are_loaded(
    planner: FlaskClient, towns: Store
) -> None:
    page = planner.get("/planner?by=town&area=town").text
    assert re.findall(r'<tr data-town="([^"]*)"', page) == ["金山区/", "浦东新区/张江镇"]
    assert "街镇未填" in page
    assert "街镇界为近似" in page
    (feature,) = planner.get("/planner/towns.json").get_json()["features"]
    assert feature["properties"]["key"] == "浦东新区/张江镇"
    areas = planner.get("/planner/coverage.json").get_json()["towns"]
    assert [(area["key"], area["class"]) for area in areas] == [("浦东新区/张江镇", "s4")]


def test_without_outlines_the_page_says_how_to_load_them(planner: FlaskClient) -> None:
    page = planner.get("/planner?area=town").text
    assert "街镇界还没有载入：zhitu boundaries load 文件" in page
    assert planner.get("/planner/towns.json").get_json()["features"] == []


def test_gap_hexes_come_in_three_sizes(planner: FlaskClient) -> None:
    hexes = planner.get("/planner/coverage.json").get_json()["hexes"]
    assert {size: [(each["workers"], each["class"]) for each in hexes[size]] for size in hexes} == {
        "city": [(1500, "h2")],
        "district": [(1500, "h2")],
        "town": [(1500, "h2")],
    }


def test_a_scenario_is_shown_beside_today(planner: FlaskClient, city: Store) -> None:
    assert '<select name="scenario">' not in planner.get("/planner").text
    with city.writing() as session:
        keep_scenario(session, "枫泾一点", (NewPoint("新点", 121.0110, 30.8900),))
    page = planner.get("/planner?scenario=枫泾一点").text
    assert numbers(page)[:4] == ["100.0%", "0", "0", "0"]
    assert "方案“枫泾一点”：+1,500 名职工；1 处园区楼宇的状态变了" in page
    data = planner.get("/planner/coverage.json?scenario=枫泾一点").get_json()
    marks = {site["name"]: site["mark"] for site in data["sites"]}
    before = {site["name"]: site["mark"] for site in data["before"]["sites"]}
    assert (marks["枫泾产业园"], before["枫泾产业园"]) == ("covered", "p1")
    assert planner.get("/planner?scenario=月球").status_code == 404


def test_before_statuses_were_on_record_nothing_can_be_compared(
    planner: FlaskClient, city: Store
) -> None:
    page = planner.get("/planner?since=month").text
    assert f"状态从 {records_from(city.city())} 起才有记录，更早的日子没法比。" in page
    assert '<option value="month" selected>' in page


def test_a_position_too_uncertain_to_count_is_listed(planner: FlaskClient) -> None:
    page = planner.get("/planner?radius=500").text
    assert "位置不够准的站点 1 处" in page
    assert "位置不够准的站点" not in planner.get("/planner?radius=1000").text


def test_a_changed_scenario_is_not_shown_as_it_was(planner: FlaskClient, city: Store) -> None:
    for lon, covered in ((121.0110, "100.0%"), (122.0, "66.7%")):
        with city.writing() as session:
            keep_scenario(session, "一", (NewPoint("新点", lon, 30.89),), overwrite=True)
        assert numbers(planner.get("/planner?scenario=一").text)[0] == covered


def test_the_why_sheet_is_a_page_of_its_own(planner: FlaskClient) -> None:
    page = planner.get(f"/planner/why/{FAR_SITE}?radius=800&by=site").text
    assert "枫泾产业园" in page
    assert "没有内设医务；800 米内没有健康服务点" in page
    assert 'href="/planner?radius=800&amp;by=site"' in page
    english = planner.get(f"/planner/why/{FAR_SITE}?lang=en").text
    assert "What would change it" in english
    assert planner.get("/planner/why/99").status_code == 404
    assert planner.get(f"/planner/why/{FAR_SITE}.json").get_json()["state"] == "gap"


def test_the_lorenz_curve_is_drawn_on_the_server(planner: FlaskClient) -> None:
    page = planner.get("/planner").text
    (curve,) = re.findall(r'class="lorenz-curve" d="([^"]+)"', page)
    assert curve.startswith("M0.0 220.0L")
    assert curve.endswith("L220.0 0.0")
    assert "<script>" not in page
    assert " style=" not in page


def test_columns_can_be_sorted_by_what_they_hold(planner: FlaskClient) -> None:
    page = planner.get("/planner").text
    (row,) = re.findall(r'<tr data-district="310116">.*?</tr>', page, flags=re.DOTALL)
    assert re.findall(r'data-value="([^"]*)"', row) == ["金山区", "1500", "0.0", "1", "0"]
    (unknown,) = re.findall(r'<tr data-district="310101">.*?</tr>', page, flags=re.DOTALL)
    assert re.findall(r'data-value="([^"]*)"', unknown) == ["黄浦区", "", "", "0", "0"]


def test_at_an_hour_closed_points_look_closed_and_unknown_ones_unsure(
    planner: FlaskClient, city: Store
) -> None:
    office = Hours(((Span(540, 1020),),) * 5 + ((),) * 2)
    with city.writing() as session:
        room = session.scalars(select(ServicePoint).filter_by(kind="rest_room")).one()
        room.hours = as_json(office)
        grow_version(session)

    def states(query: str) -> dict[str, str]:
        points = planner.get(f"/planner/coverage.json{query}").get_json()["points"]
        return {point["name"]: point["state"] for point in points}

    assert states("")["福州路休息室"] == ""
    assert states("?hour=周三12:00")["福州路休息室"] == ""
    closed = states("?hour=周日12:00")
    assert (closed["福州路休息室"], closed["张江健康服务点"]) == ("is-closed", "is-unsure")
    assert "周日12:00：灰色的站点不开" in planner.get("/planner?hour=周日12:00").text
