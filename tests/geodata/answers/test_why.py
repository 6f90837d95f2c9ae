"""The why sheet: what is near, what of it counts, and what would change it."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from geodata.answers.answer import answer
from geodata.answers.question import Hour, Question
from geodata.answers.standing import WhyNot
from geodata.answers.why import WhySheet, find_site, why
from geodata.answers.words import Said
from geodata.coverage.gaps import GapState
from geodata.coverage.walking import Estimate
from geodata.errors import NotFoundError
from geodata.hours import CLOSED_DAY, Hours, Span
from geodata.kinds import Clinic, Status
from geodata.scenarios.apply import apply
from geodata.scenarios.model import NewPoint, Open, SetHours, Upgrade

NOON = Hour(2, 720)
THURSDAY = Hours(week=tuple((Span(540, 1020),) if d == 3 else CLOSED_DAY for d in range(7)))
ALWAYS = Hours(week=tuple((Span(0, 1440),) for _ in range(7)), on_holidays=True)


def sheet(city, asked: Question | None = None, site: int = 1) -> WhySheet:
    return why(answer(city, asked or Question()), site)


def changes(found: WhySheet) -> list[str]:
    return [said.zh for said in found.changes]


def test_points_are_listed_nearest_first_with_every_reason(make_city) -> None:
    city = make_city(
        sites=[{"workers": 1500.0, "name": "园区"}],
        points=[
            {"name": "远", "east_m": 1000.0},
            {"name": "黄", "east_m": 500.0, "status": Status.RECTIFYING},
            {"name": "红", "east_m": 100.0, "status": Status.DELISTED, "half_days": 0.0},
        ],
    )
    found = sheet(city)
    assert [
        (p.name, round(p.walk_m), p.minutes, p.in_reach, p.counted, p.why_not) for p in found.points
    ] == [
        ("红", 130, 2, True, False, (WhyNot.GONE, WhyNot.NO_SESSIONS)),
        ("黄", 650, 10, True, False, (WhyNot.RECTIFYING,)),
        ("远", 1300, 20, False, False, ()),
    ]
    assert found.points[2].why == (Said("在 1000 米以外", "beyond 1000 m"),)
    assert (found.state, found.priority, found.workers) == (GapState.GAP, True, 1500)
    assert found.rule == Said(
        "没有内设医务；1000 米内没有健康服务点，最近的约 1,300 米",
        "It has no clinic of its own; no health point within 1000 m, the nearest is 1,300 m away",
    )
    assert changes(found) == [
        "“黄”（650 米）整改完毕恢复挂牌，或把黄牌也算上",
        "在步行 1000 米以内新设一个健康服务点（最近可计入的还远 300 米）",
    ]


def test_the_easiest_change_comes_first(make_city) -> None:
    city = make_city(
        sites=[{"workers": 10.0, "clinic": Clinic.UNKNOWN}],
        points=[
            {"name": "建", "status": Status.BUILDING, "hours": ALWAYS},
            {"name": "零", "half_days": 0.0, "hours": ALWAYS},
            {"name": "关", "hours": THURSDAY},
            {"name": "粗", "error_m": 500.0, "hours": ALWAYS},
        ],
    )
    assert changes(sheet(city, Question(hour=NOON))) == [
        "核实内设医务：完善就算自有，简陋或没有就是空白",
        "把“粗”的位置核到 400 米以内（现在误差 500 米）",
        "“关”（0 米）周三12:00也开门",
        "“零”（0 米）每周至少开 1 个半天",
        "“建”（0 米）建成挂牌",
        "在步行 1000 米以内新设一个健康服务点",
    ]


@pytest.mark.parametrize(
    ("row", "asked", "change"),
    [
        ({"status": Status.BUILDING}, Question(), Open(1)),
        ({"status": Status.RECTIFYING}, Question(), Open(1)),
        ({"half_days": 0.0}, Question(), Upgrade(1, 1.0)),
        ({"hours": THURSDAY}, Question(hour=NOON), SetHours(1, ALWAYS)),
        ({}, Question(hour=NOON), SetHours(1, ALWAYS)),
        ({"status": Status.DELISTED}, Question(), NewPoint("新", 121.4710, 31.2349)),
    ],
)
def test_what_the_sheet_proposes_does_change_the_state(make_city, row, asked, change) -> None:
    city = make_city(sites=[{"workers": 10.0}], points=[row])
    before, after = sheet(city, asked), sheet(apply([change], city), asked)
    assert len(before.changes) == (1 if isinstance(change, NewPoint) else 2)
    assert before.state in {GapState.GAP, GapState.HOURS_UNKNOWN}
    assert after.state is GapState.COVERED


def test_a_site_that_hangs_on_one_point_is_told_so(make_city) -> None:
    city = make_city(sites=[{"workers": 1500.0}], points=[{"name": "甲"}])
    found = sheet(city)
    assert changes(found) == ["只靠“甲”一个点：它一停，这里就成了空白，而且是优先 P1"]
    assert found.changes[0].en == ("It hangs on 甲 alone: without it this is a gap of priority P1")
    two = make_city(sites=[{"workers": 1500.0}], points=[{"name": "甲"}, {"name": "乙"}])
    assert changes(sheet(two)) == []


def test_a_site_without_position_or_workers_is_told_what_is_missing(make_city) -> None:
    city = make_city(sites=[{"error_m": 700.0}, {"error_m": np.nan, "lonlat": (np.nan, np.nan)}])
    assert changes(sheet(city)) == [
        "把这里的位置核到 400 米以内（现在误差 700 米）",
        "补上职工数，才能计入覆盖率",
    ]
    nowhere = sheet(city, site=2)
    assert changes(nowhere)[0] == "把这里的位置核到 400 米以内（现在没有位置）"
    assert (nowhere.state, nowhere.points) == (GapState.NOT_PLACED, ())


def test_only_five_points_are_listed_and_the_nearest_counted_always(make_city) -> None:
    red = {"status": Status.DELISTED, "east_m": 50.0}
    city = make_city(sites=[{"workers": 1.0}], points=[red] * 7 + [{"east_m": 30_000.0}])
    assert [p.id for p in sheet(city).points] == [1, 2, 3, 4, 5, 6, 7, 8]
    far = [{**red, "east_m": 900.0}] * 7 + [{"east_m": 30_000.0}]
    assert [p.id for p in sheet(make_city(sites=[{}], points=far)).points] == [1, 2, 3, 4, 5, 8]


def test_points_that_came_later_are_not_listed(make_city) -> None:
    from datetime import date  # noqa: PLC0415

    city = make_city(sites=[{}], points=[{}], moves=[(1, date(2026, 3, 1), "plaqued")])
    assert sheet(city, Question(as_of=date(2026, 2, 1))).points == ()


@dataclass(frozen=True)
class Paved(Estimate):
    """An estimate that knows how far every point is from its street."""

    @property
    def is_estimate(self) -> bool:
        return False

    def off_road_m(self, points):
        return np.arange(len(points)) + 12.5


def test_on_a_network_the_way_to_the_street_is_told(make_city) -> None:
    city = replace(make_city(sites=[{"workers": 10.0}], points=[{}]), walking=Paved())
    found = sheet(city)
    assert (found.off_road_m, found.points[0].off_road_m) == (12.5, 12.5)
    assert found.parameters.estimated is False


def test_a_site_is_found_by_id_name_or_part_of_one(make_city) -> None:
    names = ["张江科技园", "张江", "漕河泾"]
    found = answer(make_city(sites=[{"name": name} for name in names]), Question())
    assert [find_site(found, text) for text in ("3", "张江", "科技", "漕河")] == [3, 2, 1, 3]
    for text in ("临港", "9" * 5000):
        with pytest.raises(NotFoundError, match=f"没有叫“{text}”的"):
            find_site(found, text)
    with pytest.raises(
        NotFoundError, match="“江”有 2 处，请用编号：1 张江科技园（黄浦区）；2 张江"
    ):
        find_site(found, "江")
    with pytest.raises(NotFoundError, match="没有编号为 9 的"):
        why(found, 9)


def test_the_sheet_and_the_tables_show_the_same_numbers(make_city) -> None:
    city = replace(make_city(sites=[{"workers": 10.0}], points=[{"half_days": 3.0}]), version=12)
    found = sheet(city)
    assert found.half_days_per_1000 == pytest.approx(300.0, rel=1e-12)
    assert found.parameters == answer(city, Question()).parameters
    assert found.parameters.data_version == 12
