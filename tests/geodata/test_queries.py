"""The planner's view from stored rows: a small city worked out by hand."""

from dataclasses import replace

import pytest

from geodata.declared import (
    Declared,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.queries import planner_view
from geodata.store import Store

SOURCE = Source("表.xlsx", "表", 3, {}, "stations")
# 600 m east of the origin at this latitude is 0.0062976 degrees; the walk is 1.3 times that.
LON, LAT = 121.4710, 31.2349


def at(east_m: float, *, error_m: float = 90.0) -> Position:
    return Position(LON + east_m / 95_272.0, LAT, Level.NUMBER, error_m, "测试")


def health(name: str, half_days: float | None, status: Status = Status.PLAQUED) -> DeclaredPlace:
    point = DeclaredService(
        Kind.HEALTH_POINT, name, status, Tier.OTHER, half_days_per_week=half_days
    )
    return DeclaredPlace(name, "", "黄浦区", "", (point,), SOURCE)


def site(name: str, workers: int | None, clinic: Clinic, **more: object) -> DeclaredSite:
    made = DeclaredSite(
        name, SiteKind.PARK, "", "黄浦区", "", SOURCE, workers=workers, clinic=clinic
    )
    return replace(made, **more)  # type: ignore[arg-type]


def put(
    store: Store, *records: tuple[Declared, Position | Unlocated], district: str = "黄浦区"
) -> None:
    placed = tuple(Placed(d, parse(""), outcome, district) for d, outcome in records)
    store.publish(ImportedFile("表.xlsx", "1" * 64, placed, len(placed), 0, ("stations",)))


def test_each_state_with_its_reason(store: Store) -> None:
    put(
        store,
        (health("甲点", 2), at(0)),
        (health("黄牌点", 2, Status.RECTIFYING), at(-3000)),
        (site("已覆盖园区", 500, Clinic.NONE), at(600)),
        (site("空白园区", 1500, Clinic.POOR), at(3000)),
        (site("待核楼宇", 900, Clinic.UNKNOWN), at(4000)),
        (site("自有医务", 100, Clinic.ADEQUATE), at(5000)),
        (site("没有人数", None, Clinic.NONE), at(-3100)),
        (site("位置太粗", 700, Clinic.NONE), at(0, error_m=481)),
    )
    view = planner_view(store)
    assert [(s.name, s.state, s.priority, s.reason) for s in view.sites] == [
        ("已覆盖园区", "covered", False, "约 780 米有健康服务点，在 1000 米以内"),
        ("空白园区", "gap", True,
         "内设医务简陋，不算数；1000 米内没有健康服务点，最近的约 3,900 米"),
        ("待核楼宇", "unknown_clinic_uncovered", False,
         "内设医务情况未填，先核实；1000 米内没有健康服务点，最近的约 5,200 米"),
        ("自有医务", "own_clinic", False, "自有医务设施完善"),
        ("没有人数", "gap", False,
         "没有内设医务；1000 米内没有健康服务点，最近的约 4,030 米"),
        ("位置太粗", "not_placed", False, "位置不够准，未参与计算"),
    ]  # fmt: skip
    totals = view.totals
    assert (totals.covered_workers, totals.uncovered_workers, totals.share) == (600, 2400, 0.2)
    assert (totals.sites, totals.gaps, totals.p1, totals.unknown, totals.uncounted) == (
        6,
        2,
        1,
        1,
        2,
    )
    assert (totals.share_800, totals.share_1200) == (0.2, 0.2)


def test_yellow_points_count_when_switched_on(store: Store) -> None:
    put(
        store,
        (health("黄牌点", 2, Status.RECTIFYING), at(0)),
        (site("园区", 200, Clinic.NONE), at(100)),
    )
    assert planner_view(store).totals.share == 0.0
    assert planner_view(store, count_rectifying=True).totals.share == 1.0


def test_a_point_placed_too_loosely_serves_nobody(store: Store) -> None:
    put(
        store,
        (health("点", 2), at(0, error_m=150.0)),
        (site("园区", 200, Clinic.NONE), at(0)),
    )
    assert planner_view(store, radius_m=300).totals.share == 0.0
    assert planner_view(store, radius_m=500).totals.share == 1.0


def test_a_point_in_the_next_district_serves_too(store: Store) -> None:
    put(store, (health("邻区点", 1), at(300)), district="静安区")
    put(store, (site("园区", 200, Clinic.NONE), at(0)))
    by_name = {d.name: d for d in planner_view(store).districts}
    assert (by_name["黄浦区"].share, by_name["静安区"].share) == (1.0, None)
    assert (by_name["黄浦区"].points, by_name["静安区"].points) == (0, 1)


def test_lunch_shares_outlets_and_says_what_is_not_known(store: Store) -> None:
    outlet = DeclaredOutlet(
        "饭店", OutletKind.RESTAURANT, "", "黄浦区", "", SOURCE, seats=100, price_yuan=25.0
    )
    put(
        store,
        (site("缺餐园区", 1000, Clinic.NONE, canteen_seats=100), at(0)),
        (site("没有人数", None, Clinic.NONE, lunch_declared=True), at(5000)),
        (outlet, at(100)),
    )
    hungry, unknown = (s.lunch for s in planner_view(store).sites)
    # 800 meals wanted, 300 from the own canteen, 100 x 2 turns x 0.6 = 120 from the restaurant.
    assert (hungry.demand, hungry.served, hungry.gap) == (800.0, 420.0, 380.0)
    assert (hungry.level, hungry.listed, hungry.box) == ("较难", True, "computed_only")
    assert (unknown.level, unknown.gap, unknown.listed, unknown.box, unknown.doubts) == (
        "",
        None,
        True,
        "no_data",
        ("职工数未知",),
    )


def test_lunch_says_which_figures_it_takes_for_granted(store: Store) -> None:
    unpriced = DeclaredOutlet(
        "没写价格", OutletKind.RESTAURANT, "", "黄浦区", "", SOURCE, seats=100
    )
    put(
        store,
        (site("近处", 1000, Clinic.NONE), at(0)),
        (site("远处", 1000, Clinic.NONE, canteen_seats=0), at(5000)),
        (site("太粗", 1000, Clinic.NONE), at(0, error_m=900.0)),
        (unpriced, at(100)),
    )
    assert [s.lunch.doubts for s in planner_view(store).sites] == [
        ("食堂座位未填，按没有算", "附近有供应点没写价格，按全部可用算"),
        (),
        ("位置不够准",),
    ]


def test_employees_come_from_the_district_or_from_its_towns(store: Store) -> None:
    put(
        store,
        *(
            (
                DeclaredWorkers(district, town, "", workers, 2023, SOURCE),
                Unlocated(Reason.NO_ADDRESS),
            )
            for district, town, workers in [
                ("黄浦区", "外滩街道", 70),
                ("黄浦区", "豫园街道", 30),
                ("徐汇区", "", 500),
                ("徐汇区", "田林街道", 120),
            ]
        ),
    )
    employees = {d.name: d.employees for d in planner_view(store).districts}
    assert (employees["黄浦区"], employees["徐汇区"], employees["金山区"]) == (100, 500, None)


def test_places_in_service_are_set_against_employees(store: Store) -> None:
    whole = DeclaredWorkers("黄浦区", "", "", 50_000, 2023, SOURCE)
    put(
        store,
        (whole, Unlocated(Reason.NO_ADDRESS)),
        (health("开着", 1), at(0)),
        (health("在建", 1, Status.BUILDING), at(0)),
    )
    by_name = {d.name: d for d in planner_view(store).districts}
    huangpu, xuhui = by_name["黄浦区"], by_name["徐汇区"]
    assert (huangpu.points, huangpu.in_service, huangpu.per_100k) == (2, 1, 2.0)
    assert (xuhui.in_service, xuhui.per_100k) == (0, None)


def test_an_empty_city_has_no_share_and_all_its_districts(store: Store) -> None:
    view = planner_view(store)
    assert (view.totals.share, view.sites, view.unplaced) == (None, (), ())
    assert len(view.districts) == 16
    assert {d.training_points for d in view.districts} == {0}


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Unlocated(Reason.NO_ADDRESS), "有名无址：表里没有地址"),
        (Unlocated(Reason.AMBIGUOUS), "同名不止一处，需要人来定"),
        (
            Position(LON, LAT, Level.DISTRICT, 5000.0, "区界"),
            "地名库里没有这个地址，只知道在哪个区",
        ),
    ],
)
def test_what_is_not_on_the_map_is_listed_with_its_reason(
    store: Store, outcome: Position | Unlocated, reason: str
) -> None:
    put(store, (health("某点", 1), outcome))
    assert [(row.name, row.reason) for row in planner_view(store).unplaced] == [("某点", reason)]
