"""Applications sent to training points, from the database."""

import pytest

from geodata.coverage.siting.mip import Status as Proof
from geodata.declared import (
    Declared,
    DeclaredApplication,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.geodesy import geodesic_m
from geodata.kinds import Kind, SiteKind, Status, Tier
from geodata.measures.training import From, training_view
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.district import load_districts
from geodata.store import Store

WEST, EAST = (121.44, 31.20), (121.50, 31.23)


def source(row: int) -> Source:
    return Source("培训.csv", "表1", row, {}, "training")


def at(spot: tuple[float, float], level: Level = Level.POI) -> Position:
    return Position(*spot, level, level.prior_error_m, "测试")


def point(row: int, name: str, outcome: Position | Unlocated, district: str) -> Placed:
    service = DeclaredService(
        kind=Kind.TRAINING_POINT, name=name, status=Status.PLAQUED, tier=Tier.NONE
    )
    declared = DeclaredPlace(name, f"某路{row}号", district, "", (service,), source(row))
    return Placed(declared, None, outcome, district)


def application(row: int, union: str, heads: int | None, district: str = "") -> Placed:
    declared: Declared = DeclaredApplication(union, "东站", heads, "三月", district, source(row))
    return Placed(declared, None, at(WEST), "")


def site(row: int, name: str, spot: tuple[float, float]) -> Placed:
    declared = DeclaredSite(name, SiteKind.PARK, f"园路{row}号", "徐汇区", "", source(row))
    return Placed(declared, None, at(spot), "徐汇区")


@pytest.fixture
def kept(store: Store) -> Store:
    records = (
        point(1, "西站", at(WEST), "徐汇区"),
        point(2, "东站", at(EAST), "黄浦区"),
        point(3, "不知何处", Unlocated(Reason.NOT_FOUND), "嘉定区"),
        point(4, "只知在区里", at((121.30, 31.38), Level.DISTRICT), "嘉定区"),
        site(5, "西园", WEST),
        application(11, "西园", 100, "徐汇区"),
        application(12, "无名厂", 20, "徐汇区"),
        application(13, "无名社", 25, "徐汇区"),
        application(14, "无人厂", None, "徐汇区"),
        application(15, "无处厂", 40),
    )
    store.publish(ImportedFile("培训.csv", "0" * 64, records, 10, 0, ("training",)))
    return store


def test_each_group_goes_to_its_nearest_point(kept: Store) -> None:
    with kept.reading() as session:
        view = training_view(session)
    rows = {one.union: (one.point, one.sessions, one.merge, one.set_out) for one in view.groups}
    assert rows == {
        "西园": ("西站", 2, False, From.SITE),
        "无名厂": ("西站", 1, True, From.DISTRICT),
        "无名社": ("西站", 1, True, From.DISTRICT),
        "无人厂": ("", 0, False, From.DISTRICT),
        "无处厂": ("", 1, False, From.UNKNOWN),
    }
    assert view.groups[0].walk_m == 0.0
    assert view.cost == view.nearest_cost


def test_small_groups_at_one_point_are_proposed_to_join(kept: Store) -> None:
    with kept.reading() as session:
        west, east, *nowhere = training_view(session).points
    assert (west.groups, west.sessions) == (3, 4)
    assert (west.joined, west.joined_sessions, west.fits) == (45, 1, True)
    assert (east.groups, east.joined, east.fits) == (0, 0, False)
    assert [(one.placed, one.groups) for one in (west, east, *nowhere)] == [
        (True, 3),
        (True, 0),
        (False, 0),
        (False, 0),
    ]


def test_within_limits_the_walk_is_the_least_and_a_large_group_stays_whole(kept: Store) -> None:
    with kept.reading() as session:
        view = training_view(session, most_sessions=2)
    sent = {one.union: one.point for one in view.groups if one.point}
    assert sent == {"西园": "西站", "无名厂": "东站", "无名社": "东站"}
    assert (view.proof, view.most_sessions) == (Proof.OPTIMAL, 2)
    assert view.cost > view.nearest_cost


def test_too_few_sessions_say_so(kept: Store) -> None:
    with kept.reading() as session:
        view = training_view(session, most_sessions=1)
    assert view.proof is Proof.INFEASIBLE
    assert {one.point for one in view.groups} == {""}


def test_districts_without_a_point_are_named_once_there_are_points(
    store: Store, kept: Store
) -> None:
    with kept.reading() as session:
        view = training_view(session)
    assert "金山区" in view.without_point
    assert "徐汇区" not in view.without_point
    assert len(view.without_point) == 13


def test_nothing_applied_for_is_nothing_to_assign(store: Store) -> None:
    with store.reading() as session:
        view = training_view(session, most_sessions=3)
    assert (view.groups, view.points, view.without_point, view.cost) == ((), (), (), 0.0)


def test_the_walk_is_estimated_from_where_the_group_is_taken_to_set_out(kept: Store) -> None:
    with kept.reading() as session:
        works = training_view(session).groups[1]
    middle = load_districts().area_position("徐汇区")
    straight_m = float(geodesic_m(middle.lon, middle.lat, *WEST))
    assert works.walk_m == pytest.approx(1.3 * straight_m)
