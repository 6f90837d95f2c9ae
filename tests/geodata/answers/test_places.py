"""Places on the map as a date or a scenario finds them, from a real store."""

from dataclasses import replace

import pytest

from geodata.answers.places import redrawn
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.queries import compare_scenario, planner_view
from geodata.scenarios.apply import apply
from geodata.scenarios.kept import keep
from geodata.scenarios.model import Close, MovePoint, NewPoint, Open
from geodata.store import Store

SOURCE = Source("表.xlsx", "表", 3, {}, "stations")
HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "测试")
PUDONG = (121.5970, 31.2050)


@pytest.fixture
def fused(store: Store) -> Store:
    """A health point and a rest room behind one door, and a building site without an address."""
    services = tuple(
        DeclaredService(kind, "", Status.PLAQUED, Tier.OTHER)
        for kind in (Kind.HEALTH_POINT, Kind.REST_ROOM)
    )
    one = DeclaredPlace("融合点", "", "黄浦区", "", services, SOURCE)
    other = replace(
        one, name="无址", services=(replace(services[0], status=Status.BUILDING),), address=""
    )
    records = (
        Placed(one, parse(""), HERE, "黄浦区"),
        Placed(other, parse(""), Unlocated(Reason.NO_ADDRESS), "黄浦区"),
    )
    store.publish(ImportedFile("表.xlsx", "1" * 64, records, 2, 0, ("stations",)))
    return store


def drawn(store: Store, *changes) -> list[tuple[object, ...]]:
    return [
        (p.name, p.district, p.placed, [(s.kind.value, s.status.value) for s in p.services])
        for p in apply(changes, store.city()).places
    ]


def test_without_changes_the_places_are_the_very_same(fused: Store) -> None:
    city = fused.city()
    assert redrawn(city, city.points) == city.places


def test_a_service_that_moves_leaves_the_other_behind(fused: Store) -> None:
    assert drawn(fused, MovePoint(1, *PUDONG)) == [
        ("融合点", "黄浦区", True, [("rest_room", "plaqued")]),
        ("融合点", "浦东新区", True, [("health_point", "plaqued")]),
        ("无址", "黄浦区", False, [("health_point", "building")]),
    ]


def test_a_place_without_address_gets_one_by_moving(fused: Store) -> None:
    assert drawn(fused, MovePoint(3, *PUDONG), Open(3), Close(2)) == [
        ("融合点", "黄浦区", True, [("health_point", "plaqued"), ("rest_room", "closed")]),
        ("无址", "浦东新区", True, [("health_point", "plaqued")]),
    ]


def test_a_kept_scenario_is_seen_in_every_row_and_leaves_the_data_alone(fused: Store) -> None:
    before, version = planner_view(fused), fused.version()
    with fused.writing() as session:
        keep(session, "试", [NewPoint("新点", *PUDONG), Close(1)])
    seen = planner_view(fused, scenario="试")
    by_name = {d.name: (d.points, d.in_service) for d in seen.districts}
    assert (by_name["黄浦区"], by_name["浦东新区"]) == ((2, 1), (1, 1))
    assert [p.name for p in seen.points] == ["融合点", "无址", "新点"]
    assert seen.parameters is not None
    assert seen.parameters.scenario == "试"
    assert compare_scenario(fused, "试", beside="试").city.said.en == "no change"
    assert (planner_view(fused), fused.version()) == (before, version)


def test_the_arrays_are_kept_until_the_data_change(fused: Store) -> None:
    first = fused.city()
    assert fused.city() is first
    more = DeclaredPlace("乙", "", "黄浦区", "", (), SOURCE)
    record = Placed(more, parse(""), HERE, "黄浦区")
    fused.publish(ImportedFile("另.xlsx", "2" * 64, (record,), 1, 0, ("stations",)))
    assert fused.city().version == first.version + 1
