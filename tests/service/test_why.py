"""The why sheet as JSON, behind the sign-in."""

import pytest
from flask.testing import FlaskClient


def test_a_sheet_needs_the_sign_in(client: FlaskClient) -> None:
    assert client.get("/planner/why/1.json").status_code == 401


def test_a_covered_site_says_what_it_hangs_on(planner: FlaskClient) -> None:
    answer = planner.get("/planner/why/1.json")
    sheet = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert (sheet["name"], sheet["state"], sheet["workers"]) == ("张江科技园", "covered", 3000)
    (point,) = sheet["points"]
    walk_m = point.pop("walk_m")
    assert 123 < walk_m < 125
    assert point == {
        "id": 3,
        "place_id": 2,
        "name": "张江健康服务点",
        "district": "浦东新区",
        "status": {"zh": "已挂牌", "en": "In service"},
        "minutes": 2,
        "in_reach": True,
        "counted": True,
        "why_not": [],
        "why": [],
        "half_days": None,
        "off_road_m": None,
    }
    parameters = sheet["parameters"]
    assert (parameters["walking"], parameters["estimated"]) == ("直线 × 1.3 估算", True)
    assert (parameters["radius_m"], parameters["data_version"]) == (1000.0, 1)


def test_a_sheet_can_be_asked_for_an_hour(planner: FlaskClient) -> None:
    sheet = planner.get("/planner/why/1.json?hour=周三12:00").get_json()
    assert (sheet["state"], sheet["rule"]["zh"]) == (
        "hours_unknown",
        "1000 米内的健康服务点不知道周三12:00开不开",
    )
    assert sheet["points"][0]["why"] == [{"zh": "开放时间不明", "en": "hours unknown"}]
    assert sheet["changes"][0]["zh"] == "问清“张江健康服务点”（124 米）周三12:00开不开"


def test_a_site_far_from_all_says_how_far(planner: FlaskClient) -> None:
    sheet = planner.get("/planner/why/2.json").get_json()
    assert (sheet["state"], sheet["priority"], len(sheet["points"])) == ("gap", True, 1)
    assert sheet["points"][0]["why"] == [{"zh": "在 1000 米以外", "en": "beyond 1000 m"}]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/planner/why/99.json", 404, "没有编号为 99 的园区、楼宇或商圈。"),
        ("/planner/why/1.json?hour=noon", 400, "时刻要写成“周三12:00”，收到：noon"),
        ("/planner/why/1.json?as_of=昨天", 400, "as_of 要写成 2026-03-31"),
        ("/planner/why/1.json?radius=0", 400, "radius 要 50 到 5000 之间的数"),
        (
            "/planner/why/1.json?scenario=没有",
            404,
            "没有叫“没有”的方案；zhitu scenario list 列出全部。",
        ),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    planner: FlaskClient, path: str, status: int, sentence: str
) -> None:
    answer = planner.get(path)
    assert (answer.status_code, answer.get_json()["detail"]) == (status, sentence)
