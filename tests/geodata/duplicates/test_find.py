"""Duplicate candidates after a file was published, on both databases."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from geodata.declared import (
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.duplicates.find import find_duplicates
from geodata.kinds import Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.store import Store
from geodata.storing.records import LocatableTable
from geodata.tables import DemandSite, Duplicate, LunchOutlet, Place

NOWHERE = Unlocated(Reason.NO_ADDRESS)
SOURCE = Source("站点.csv", "站点", 3, {}, "stations")


def at(lon: float, lat: float = 31.2349, level: Level = Level.NUMBER) -> Position:
    return Position(lon, lat, level, 90.0, "地名库")


def station(
    name: str,
    address: str = "",
    outcome: Position | Unlocated = NOWHERE,
    *,
    kind: Kind = Kind.REST_ROOM,
    district: str = "黄浦区",
    phone: str = "",
    code: str = "",
) -> Placed:
    service = DeclaredService(
        kind, name, Status.PLAQUED, Tier.OTHER, public_phone=phone, official_code=code
    )
    declared = DeclaredPlace(name, address, district, "", (service,), SOURCE)
    return Placed(declared, parse(address), outcome, district)


def site(name: str, address: str, outcome: Position | Unlocated = NOWHERE) -> Placed:
    declared = DeclaredSite(name, SiteKind.BUILDING, address, "黄浦区", "", SOURCE)
    return Placed(declared, parse(address), outcome, "黄浦区")


def outlet(name: str, address: str, kind: OutletKind) -> Placed:
    declared = DeclaredOutlet(name, kind, address, "黄浦区", "", SOURCE)
    return Placed(declared, parse(address), NOWHERE, "黄浦区")


def published(store: Store, *records: Placed) -> None:
    store.publish(ImportedFile("站点.csv", "0" * 64, records, len(records), 0, ("stations",)))


def found(store: Store, *ids: int, table: LocatableTable = Place) -> int:
    with store.writing() as session:
        return find_duplicates(session, table, ids or range(1, 100))


def pairs(store: Store) -> list[tuple[int, int, str]]:
    asked = select(Duplicate.first_id, Duplicate.second_id, Duplicate.state)
    with store.reading() as session:
        rows = session.execute(asked.order_by(Duplicate.first_id, Duplicate.second_id))
        return [(row[0], row[1], row[2]) for row in rows]


def evidence(store: Store) -> dict[str, Any]:
    with store.reading() as session:
        return session.scalars(select(Duplicate)).one().evidence


def forgotten(store: Store) -> None:
    """Publishing looks for duplicates by itself; a test of the search begins without."""
    with store.writing() as session:
        for row in session.scalars(select(Duplicate)):
            session.delete(row)


def said(store: Store, state: str) -> None:
    with store.writing() as session:
        row = session.scalars(select(Duplicate)).one()
        row.state, row.by, row.at = state, "规划员", datetime(2026, 1, 1)  # noqa: DTZ001


def test_near_equal_names_across_the_street_are_asked_with_the_evidence(any_store: Store) -> None:
    published(
        any_store,
        station("前滩“乐湾”驿站", "甲路1号", at(121.4710), phone="021-50000001", code="A1"),
        station("前滩乐湾职工驿站", "甲路2号", at(121.4720), phone="021-50000001", code="A2"),
        station("前滩乐湾驿站", "乙路9号", at(121.4800)),
    )
    forgotten(any_store)
    assert found(any_store, 1) == 2
    assert pairs(any_store) == [(1, 2, "open"), (1, 3, "open")]
    with any_store.writing() as session:
        far = session.scalars(select(Duplicate).where(Duplicate.second_id == 3)).one()
        assert (far.evidence["metres"], far.evidence["name_similarity"]) == (857.4, 100)
        session.delete(far)
    assert evidence(any_store) == {
        "same_door": False,
        "name_similarity": 100,
        "metres": 95.3,
        "error_m": [90.0, 90.0],
        "same_code": False,
        "same_phone": True,
        "kinds": ["rest_room"],
        "basis": [
            ["前滩“乐湾”驿站", "黄浦区|road=甲路|number=1", 121.471, 31.2349],
            ["前滩乐湾职工驿站", "黄浦区|road=甲路|number=2", 121.472, 31.2349],
        ],
    }


def test_another_kind_or_another_number_is_another_place(any_store: Store) -> None:
    published(
        any_store,
        station("乐湾驿站", "甲路1号", at(121.4710)),
        station("乐湾驿站", "甲路2号", at(121.4711), kind=Kind.MOTHERS_ROOM),
        station("天安1号楼休息室", "丙路1号", at(121.5)),
        station("天安2号楼休息室", "丙路3号", at(121.5)),
    )
    assert pairs(any_store) == []
    assert found(any_store) == 0


def test_one_kind_at_one_door_is_asked_whatever_it_is_called(any_store: Store) -> None:
    published(any_store, site("某大厦", "丁路8号"), site("金丝雀中心", "丁路8号3楼"))
    forgotten(any_store)
    assert found(any_store, 2, table=DemandSite) == 1
    assert evidence(any_store)["same_door"] is True
    assert evidence(any_store)["name_similarity"] == 0


def test_the_restaurants_of_a_mall_are_not_asked_and_its_canteens_are(any_store: Store) -> None:
    names = ("甲饭店", "乙面馆", "丙小吃")
    published(any_store, *(outlet(name, "戊路5号", OutletKind.RESTAURANT) for name in names))
    assert found(any_store, table=LunchOutlet) == 0
    canteens = (outlet(name, "己路6号", OutletKind.STAFF_CANTEEN) for name in ("一食堂", "新食堂"))
    published(any_store, *canteens)
    forgotten(any_store)
    assert found(any_store, table=LunchOutlet) == 1


def test_a_corrected_address_is_asked_as_the_same_place(any_store: Store) -> None:
    published(any_store, station("东昌驿站", "浦城路1号", at(121.5)))
    published(any_store, station("东昌驿站", "浦城路100号", at(121.52)))
    forgotten(any_store)
    assert found(any_store, 2) == 1
    assert (evidence(any_store)["same_door"], evidence(any_store)["metres"]) == (False, 1905.4)


def test_a_near_equal_name_without_a_position_is_asked_within_its_district(
    any_store: Store,
) -> None:
    published(
        any_store,
        station("金桥国际广场驿站", "庚路1号", at(121.6)),
        station("金桥国际广场站驿站"),
        station("金桥国际广场驿站", district="浦东新区"),
        # The middle of a road is no position of a place.
        station("临港广场驿站", "辛路", at(121.9, level=Level.ROAD)),
        station("临港的广场驿站", "壬路", at(121.9, level=Level.ROAD)),
    )
    forgotten(any_store)
    assert found(any_store) == 2
    assert pairs(any_store) == [(1, 2, "open"), (4, 5, "open")]


def test_a_pair_kept_apart_is_asked_again_only_when_something_changed(any_store: Store) -> None:
    first = station("乐湾驿站", "甲路1号", at(121.4710))
    published(any_store, first, station("乐湾职工驿站", "甲路2号", at(121.4712)))
    forgotten(any_store)
    assert found(any_store) == 1
    said(any_store, "apart")
    assert found(any_store) == 0
    assert pairs(any_store) == [(1, 2, "apart")]
    published(any_store, replace(first, outcome=at(121.4711)))
    found(any_store)
    assert pairs(any_store) == [(1, 2, "open")]


def test_a_candidate_that_a_correction_settled_is_forgotten(any_store: Store) -> None:
    first = station("金桥国际广场驿站", "甲路1号", at(121.4710))
    published(any_store, first, station("金桥国际广场内驿站", "甲路2号", at(121.4712)))
    forgotten(any_store)
    assert found(any_store) == 1
    published(any_store, replace(first, outcome=at(121.6, 31.3)))
    assert found(any_store) == 0
    assert pairs(any_store) == []


def test_a_table_searched_in_parts_gives_the_same_pairs(any_store: Store) -> None:
    published(
        any_store,
        station("前滩乐湾驿站", "甲路1号", at(121.4710)),
        station("前滩“乐湾”驿站", "甲路2号", at(121.4711), district="浦东新区"),
        station("前滩乐湾职工驿站", district="浦东新区"),
        station("高行驿站", "乙路9号", at(121.6)),
        station("高行驿站", "丙路9号", at(121.7)),
    )
    whole = pairs(any_store)
    forgotten(any_store)
    with any_store.writing() as session:
        assert find_duplicates(session, Place, range(1, 1000), at_once=0) == 3
    assert pairs(any_store) == whole == [(1, 2, "open"), (2, 3, "open"), (4, 5, "open")]
    forgotten(any_store)
    with any_store.writing() as session:
        assert find_duplicates(session, Place, [3], at_once=0) == 1
    assert pairs(any_store) == [(2, 3, "open")]
