"""Two records made one and parted again, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from geodata.declared import (
    Contact,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.duplicates.fill import Difference
from geodata.duplicates.find import find_duplicates
from geodata.duplicates.merge import Merged, keep_apart, merge, unmerge
from geodata.duplicates.said import Said
from geodata.duplicates.standing import stands_in
from geodata.errors import NotFoundError, ParameterError
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.store import Store
from geodata.storing.records import LocatableTable
from geodata.tables import Base, DemandSite, Duplicate, LunchOutlet, Place
from geodata.tables import Contact as ContactRow

SAID = Said("规划员", datetime(2026, 1, 2, 3, 4), "同一处")  # noqa: DTZ001 - stored without a zone
NOWHERE = Unlocated(Reason.NO_ADDRESS)
HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "地名库")
CANARY = Contact("金丝雀甲", "19900000001", "canary-a@example.invalid", "联系人")
OTHER = Contact("金丝雀乙", "19900000002", "", "联系人")


def service(name: str, kind: Kind = Kind.REST_ROOM, **more: object) -> DeclaredService:
    made = DeclaredService(kind, name, Status.PLAQUED, Tier.OTHER)
    return replace(made, **more)  # type: ignore[arg-type]


def place(
    name: str,
    *services: DeclaredService,
    address: str = "",
    outcome: Position | Unlocated = NOWHERE,
    contacts: tuple[Contact, ...] = (),
    row: int = 3,
) -> Placed:
    source = Source("站点.csv", "站点", row, {"name": ("B", name)}, "stations")
    declared = DeclaredPlace(
        name, address, "黄浦区", "", services or (service(name),), source, contacts=contacts
    )
    return Placed(declared, parse(address), outcome, "黄浦区")


def published(store: Store, *records: Placed) -> None:
    store.publish(ImportedFile("站点.csv", "0" * 64, records, len(records), 0, ("stations",)))


def merged(store: Store, kept: int, gone: int, table: LocatableTable = Place) -> Merged:
    with store.writing() as session:
        return merge(session, table, kept, gone, SAID)


def parted(store: Store, gone: int, table: LocatableTable = Place) -> int:
    with store.writing() as session:
        return unmerge(session, table, gone, SAID)


def exported(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every table as it lies there, but for what is asked, noted and how often data changed."""
    with store.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in {"duplicate", "data_version", "audit_event"}
        }


def services_of(store: Store) -> dict[str, list[str]]:
    return {
        place.name: [service.name for service in place.services]
        for place in store.snapshot().places
    }


def test_what_a_duplicate_holds_goes_to_the_kept_place(any_store: Store) -> None:
    published(
        any_store,
        place("乐湾驿站", contacts=(CANARY,)),
        place("前滩乐湾", service("小屋", Kind.MOTHERS_ROOM), contacts=(CANARY, OTHER), row=4),
    )
    assert merged(any_store, 1, 2) == Merged(("小屋",), (), ())
    assert services_of(any_store) == {"乐湾驿站": ["乐湾驿站", "小屋"]}
    with any_store.reading() as session:
        assert stands_in(session, 2) == 1
        persons = session.scalars(select(ContactRow.name).filter_by(record_id=1))
        assert sorted(persons) == ["金丝雀乙", "金丝雀甲"]


def test_services_of_one_kind_and_name_become_one_and_the_kept_one_stands(
    any_store: Store,
) -> None:
    kept = service("驿站", hours_text="24小时", workers=None, status=Status.DECLARED)
    gone = service("驿站", hours_text="9:00-17:00", workers=80, facilities=("空调",))
    published(any_store, place("甲", kept), place("乙", gone, row=4))
    assert merged(any_store, 1, 2) == Merged(
        (), ("驿站",), (Difference("驿站", "hours_text", "24小时", "9:00-17:00"),)
    )
    (shown,) = any_store.snapshot().places
    (one,) = shown.services
    assert (one.hours_text, one.facilities, one.status) == ("24小时", ("空调",), Status.PLAQUED)


def test_a_place_without_a_position_takes_that_of_its_duplicate(any_store: Store) -> None:
    published(any_store, place("甲"), place("乙", address="人民大道200号", outcome=HERE, row=4))
    merged(any_store, 1, 2)
    (shown,) = any_store.snapshot().places
    assert (shown.name, shown.address, shown.lon, shown.error_m) == (
        *("甲", "人民大道200号"),
        *(121.4710, 90.0),
    )
    parted(any_store, 2)
    assert [(p.name, p.address, p.lon) for p in any_store.snapshot().places] == [
        ("甲", "", None),
        ("乙", "人民大道200号", 121.4710),
    ]


def test_importing_the_rows_of_both_again_changes_nothing(any_store: Store) -> None:
    both = (
        place("甲", service("驿站", hours_text="24小时")),
        place(
            "乙",
            service("驿站", hours_text="9:00-17:00", status=Status.BUILDING),
            service("小屋", Kind.MOTHERS_ROOM),
            address="人民大道200号",
            outcome=HERE,
            row=4,
        ),
    )
    published(any_store, *both)
    merged(any_store, 1, 2)
    before = exported(any_store)
    for records in (both, both[::-1], both[:1], both[1:]):
        published(any_store, *records)
        assert exported(any_store) == before


def test_a_row_of_the_gone_place_updates_its_service_where_it_stands_now(any_store: Store) -> None:
    small = service("小屋", Kind.MOTHERS_ROOM)
    published(any_store, place("甲"), place("乙", small, row=4))
    merged(any_store, 1, 2)
    published(any_store, place("乙", replace(small, hours_text="24小时"), row=4))
    assert services_of(any_store) == {"甲": ["甲", "小屋"]}
    parted(any_store, 2)
    assert services_of(any_store) == {"甲": ["甲"], "乙": ["小屋"]}
    assert any_store.snapshot().places[1].services[0].hours_text == "24小时"


def test_a_service_imported_after_the_merge_stays_with_the_kept_place(any_store: Store) -> None:
    published(any_store, place("甲"), place("乙", row=4))
    merged(any_store, 1, 2)
    published(any_store, place("乙", service("新书屋", Kind.READING_ROOM), row=4))
    parted(any_store, 2)
    assert services_of(any_store) == {"甲": ["甲", "新书屋"], "乙": ["乙"]}


def test_what_a_person_changed_after_the_merge_stays_when_it_is_undone(any_store: Store) -> None:
    published(
        any_store, place("甲", service("驿站")), place("乙", service("驿站", workers=80), row=4)
    )
    merged(any_store, 1, 2)
    with any_store.writing() as session:
        kept = session.get(Place, 1)
        assert kept is not None
        kept.services[0].workers = 90
    parted(any_store, 2)
    with any_store.reading() as session:
        assert [p.services[0].workers for p in session.scalars(select(Place))] == [90, 80]


def test_a_chain_of_merges_is_undone_from_its_end(any_store: Store) -> None:
    published(any_store, place("甲"), place("乙", row=4), place("丙", row=5))
    before = exported(any_store)
    merged(any_store, 2, 3)
    merged(any_store, 1, 2)
    assert services_of(any_store) == {"甲": ["甲", "乙", "丙"]}
    with pytest.raises(ParameterError, match="2 后来又并入了 1：请先撤销那一次"):
        parted(any_store, 3)
    assert (parted(any_store, 2), parted(any_store, 3)) == (1, 2)
    assert exported(any_store) == before


def test_parted_and_kept_apart_are_not_asked_again(any_store: Store) -> None:
    published(any_store, place("乐湾驿站"), place("乐湾职工驿站", row=4), place("乐湾站", row=5))
    merged(any_store, 1, 2)
    parted(any_store, 2)
    with any_store.writing() as session:
        keep_apart(session, Place, 3, 1, SAID)
        find_duplicates(session, Place, [1, 2, 3])
    with any_store.reading() as session:
        rows = session.scalars(select(Duplicate).order_by(Duplicate.first_id, Duplicate.second_id))
        assert [(r.first_id, r.second_id, r.state, r.by, r.note) for r in rows] == [
            (1, 2, "apart", "规划员", "同一处"),
            (1, 3, "apart", "规划员", "同一处"),
            (2, 3, "open", "", ""),
        ]


@pytest.mark.parametrize(
    ("kept", "gone", "error", "sentence"),
    [
        (1, 1, ParameterError, "两个编号都是 1"),
        (1, 99, NotFoundError, "没有编号为 99 的记录"),
        (2, 1, NotFoundError, "编号 2 已并入 1：请改用那个编号"),
    ],
)
def test_what_cannot_be_merged_is_said(
    store: Store, kept: int, gone: int, error: type[Exception], sentence: str
) -> None:
    published(store, place("甲"), place("乙", row=4))
    merged(store, 1, 2)
    with pytest.raises(error, match=sentence):
        merged(store, kept, gone)


def test_only_a_merged_record_can_be_parted(store: Store) -> None:
    published(store, place("甲"))
    with pytest.raises(NotFoundError, match="编号 1 没有并入别的记录"):
        parted(store, 1)


TEXTS = st.sampled_from(["", "24小时", "周一至周五 9:00-17:00"])
COUNTS = st.none() | st.integers(0, 3)
OUTCOMES = st.sampled_from(
    [NOWHERE, HERE, replace(HERE, lon=121.48), replace(HERE, level=Level.DISTRICT, error_m=6000.0)]
)
PERSONS = st.lists(st.sampled_from([CANARY, OTHER]), max_size=2, unique=True).map(tuple)
SERVICES = st.lists(
    st.builds(
        DeclaredService,
        kind=st.sampled_from([Kind.REST_ROOM, Kind.OUTDOOR_STATION]),
        name=st.sampled_from(["驿站", "小站"]),
        status=st.sampled_from([Status.SURVEYED, Status.DECLARED, Status.PLAQUED, Status.CLOSED]),
        tier=st.just(Tier.OTHER),
        hours_text=TEXTS,
        workers=COUNTS,
        facilities=st.sampled_from([(), ("空调",), ("冰箱", "空调")]),
        model_room=st.booleans(),
        notes=TEXTS,
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: (one.kind, one.name),
)


@st.composite
def places(draw: st.DrawFn, name: str) -> Placed:
    made = place(name, *draw(SERVICES), outcome=draw(OUTCOMES), contacts=draw(PERSONS))
    return replace(made, declared=replace(made.declared, town=draw(TEXTS)))


@st.composite
def sites(draw: st.DrawFn, name: str) -> Placed:
    source = Source("园区.csv", "园区", draw(st.integers(3, 4)), {}, "demand_sites")
    declared = DeclaredSite(
        *(name, SiteKind.PARK, "", "黄浦区", "", source),
        workers=draw(COUNTS),
        clinic=draw(st.sampled_from(Clinic)),
        canteen_seats=draw(COUNTS),
        lunch_declared=draw(st.none() | st.booleans()),
        contacts=draw(PERSONS),
    )
    return Placed(declared, parse(""), draw(OUTCOMES), "黄浦区")


@st.composite
def outlets(draw: st.DrawFn, name: str) -> Placed:
    source = Source("午餐.csv", "午餐", draw(st.integers(3, 4)), {}, "lunch_outlets")
    declared = DeclaredOutlet(
        *(name, OutletKind.RESTAURANT, "", "黄浦区", "", source),
        seats=draw(COUNTS),
        hours_text=draw(TEXTS),
        contacts=draw(PERSONS),
    )
    return Placed(declared, parse(""), draw(OUTCOMES), "黄浦区")


@pytest.mark.parametrize(
    ("table", "records"), [(Place, places), (DemandSite, sites), (LunchOutlet, outlets)]
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_merge_undone_leaves_every_table_as_it_was(
    store: Store,
    table: LocatableTable,
    records: Callable[[str], st.SearchStrategy[Placed]],
    data: st.DataObject,
) -> None:
    with store.reading() as session:
        count = len(session.scalars(select(table.id)).all())
    published(store, data.draw(records(f"甲{count}")), data.draw(records(f"乙{count}")))
    before = exported(store)
    merged(store, count + 1, count + 2, table)
    assert exported(store) != before
    assert parted(store, count + 2, table) == count + 1
    assert exported(store) == before
