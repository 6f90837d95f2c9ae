"""Changes as JSON, there and back, and what is refused with its reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.answers.words import Said
from geodata.errors import ParameterError
from geodata.hours import EVERY_DAY, Hours, Span, as_json
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind
from geodata.scenarios.model import (
    CHANGES,
    Close,
    MovePoint,
    NewOutlet,
    NewPoint,
    NewSite,
    Open,
    OwnSeats,
    Seats,
    SetHours,
    Upgrade,
    read_changes,
    to_json,
)
from geodata.scenarios.words import said

DAYS = Hours(week=tuple((Span(540, 1020),) if day < 5 else () for day in EVERY_DAY))
WRITTEN = as_json(DAYS) or {}
EACH = (
    (Open(1), Said("开放“第1”（1）", "Open “第1”（1）")),
    (Close(9), Said("关闭编号 9（现在没有）", "Close 编号 9（现在没有）")),
    (
        MovePoint(1, 121.5, 31.2),
        Said("“第1”（1）搬到 121.50000, 31.20000", "Move “第1”（1） to 121.50000, 31.20000"),
    ),
    (
        Upgrade(-1, 2.5),
        Said("本方案第 1 个新站点改为每周 2.5 个半天", "本方案第 1 个新站点: 2.5 half-days a week"),
    ),
    (
        SetHours(1, DAYS),
        Said("“第1”（1）改为 周一至周五 9:00–17:00 开放", "“第1”（1）: open Mon–Fri 9:00–17:00"),
    ),
    (SetHours(1, None), Said("“第1”（1）的开放时间改为不明", "“第1”（1）: hours unknown")),
    (Seats(1, 80), Said("“第1”（1）改为 80 座", "“第1”（1）: 80 seats")),
    (
        OwnSeats(1, 80),
        Said("“第1”（1）自有食堂改为 80 座", "“第1”（1）: own canteen of 80 seats"),
    ),
    (
        NewPoint("新点", 121.5, 31.2, Kind.HEALTH_POINT, 2.0, "甲"),
        Said(
            "新设健康服务点“新点”（121.50000, 31.20000，每周 2 个半天）",
            "New health point 新点 (121.50000, 31.20000, 2 half-days a week)",
        ),
    ),
    (
        NewSite("新楼", 121.5, 31.2, 1200, SiteKind.BUILDING, Clinic.POOR),
        Said(
            "新增楼宇“新楼”（121.50000, 31.20000，职工 1,200 人）",
            "New building 新楼 (121.50000, 31.20000, 1,200 workers)",
        ),
    ),
    (
        NewOutlet("食堂", 121.5, 31.2, OutletKind.STAFF_CANTEEN, 80, None, 18.5),
        Said(
            "新增职工食堂“食堂”（121.50000, 31.20000，80 座）",
            "New staff canteen 食堂 (121.50000, 31.20000, 80 seats)",
        ),
    ),
)


def test_every_change_survives_json_and_has_a_sentence(make_city) -> None:
    changes = tuple(change for change, _ in EACH)
    stored = json.loads(json.dumps([to_json(change) for change in changes]))
    assert read_changes(stored) == changes
    assert {type(change) for change in changes} == set(CHANGES.values())
    city = make_city(sites=[{}], points=[{}], outlets=[{}])
    assert [said(change, city) for change in changes] == [sentence for _, sentence in EACH]


@pytest.mark.parametrize(
    ("given_changes", "told"),
    [
        ({"do": "open"}, "方案要是一个列表"),
        (["open"], "第 1 处变更：do 要是 open"),
        ([{"do": "open", "point": 1}, {"do": "blow_up"}], "第 2 处变更：do 要是 open"),
        ([{"do": "open"}], "第 1 处变更（open）还缺 point"),
        ([{"do": "open", "point": "1"}], "编号要是整数，收到 '1'"),
        ([{"do": "open", "point": True}], "编号要是整数，收到 True"),
        ([{"do": "open", "point": 1, "when": 2}], "不认识 when，可写 point"),
        ([{"do": "move", "point": 1, "lon": 200, "lat": 31}], "-180 到 180"),
        ([{"do": "move", "point": 1, "lon": float("nan"), "lat": 31}], "-180 到 180"),
        ([{"do": "upgrade", "point": 1, "half_days": -1}], "不小于 0"),
        ([{"do": "seats", "outlet": 1, "seats": -1}], "个数不能是负的"),
        ([{"do": "new_point", "name": 3, "lon": 121, "lat": 31}], "要一段文字"),
        ([{"do": "new_point", "name": "x", "lon": 121, "lat": 31, "kind": "spa"}], "'spa'"),
        ([{"do": "hours", "point": 1, "hours": "9-17"}], "写得不对"),
        ([{"do": "hours", "point": 1, "hours": {"week": []}}], "写得不对"),
        ([{"do": "hours", "point": 1, "hours": {**WRITTEN, "week": [[]] * 6}}], "开放时间 JSON"),
        (
            [{"do": "hours", "point": 1, "hours": {**WRITTEN, "week": [[["9", 17]]] * 7}}],
            "写得不对",
        ),
        ([{"do": "hours", "point": 1, "hours": {**WRITTEN, "week": [[["9", 17, 1]]] * 7}}], "JSON"),
    ],
)
def test_what_is_wrong_is_said_with_its_change(given_changes: object, told: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read_changes(given_changes)
    assert told in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["do", "point", "lon", "hours", "week", "x"]), inner)
    ),
    max_leaves=8,
)


def read(document: list[object]) -> tuple[object, ...] | str:
    try:
        return read_changes(document)
    except ParameterError as error:
        return str(error)


@given(st.lists(JSON, max_size=3))
def test_any_json_is_changes_or_one_sentence(document: list[object]) -> None:
    found = read(document)
    if isinstance(found, str):
        assert found.startswith("第 ")
    else:
        assert read_changes([to_json(change) for change in found]) == found
