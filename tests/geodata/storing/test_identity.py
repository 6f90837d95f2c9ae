"""What a file's row is the same record as, and what a person's word keeps from it."""

from dataclasses import replace
from datetime import datetime

import pytest
import shapely
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.declared import (
    Contact,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    Placed,
    Source,
    Stored,
)
from geodata.edits import edit
from geodata.errors import NotFoundError, ParameterError
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.lifecycle.move import move
from geodata.model import Level, Position, Reason, Unlocated
from geodata.moments import today
from geodata.place.address import parse
from geodata.store import Store
from geodata.storing.compare import FieldChange
from geodata.storing.outcome import Outcome, RecordKept
from geodata.tables import Decision, DemandSite, EditedField, Place, ServicePoint, StatusChange

HERE = Position(121.47, 31.23, Level.NUMBER, 90.0, "地名库")
SHA = iter(range(1_000_000))


def service(name: str = "甲站", code: str = "", **more: object) -> DeclaredService:
    plain = DeclaredService(Kind.OUTDOOR_STATION, name, Status.PLAQUED, Tier.OTHER, code)
    return replace(plain, **more)  # type: ignore[arg-type]


def row(
    *services: DeclaredService,
    name: str = "甲站",
    address: str = "甲路1号",
    number: int = 2,
    district: str = "黄浦区",
    outcome: Position | Unlocated = HERE,
) -> Placed:
    source = Source("站点.csv", "", number, {"name": ("1", name)}, "stations")
    declared = DeclaredPlace(name, address, district, "", services or (service(),), source)
    return Placed(declared, parse(address), outcome, district)


def site(**more: object) -> Placed:
    source = Source("园区.csv", "", 2, {}, "demand_sites")
    plain = DeclaredSite("某园", SiteKind.PARK, "乙路2号", "黄浦区", "", source)
    declared = replace(plain, **more)  # type: ignore[arg-type]
    return Placed(declared, parse("乙路2号"), HERE, "黄浦区")


def bring(store: Store, *rows: Placed) -> Outcome:
    staging = store.staging
    staged = staging.begin("站点.csv", f"{next(SHA):064}")
    staging.add(staged, 0, rows, [])
    staging.finish(staged, forms=["stations"], rows_refused=0, findings={})
    return staging.commit(staged)


def places(store: Store) -> list[tuple[int, str, str, list[str]]]:
    with store.reading() as session:
        found = session.scalars(select(Place).order_by(Place.id)).all()
        return [(p.id, p.name, p.address, [s.name for s in p.services]) for p in found]


def test_a_code_keeps_a_corrected_address_one_place(any_store: Store) -> None:
    bring(any_store, row(service(code="沪-01")))
    moved = bring(any_store, row(service(code="沪-01"), address="甲路10号"))
    assert moved.stored == Stored(changed=1)
    assert places(any_store) == [(1, "甲站", "甲路10号", ["甲站"])]
    assert bring(any_store, row(service(code="沪-01"), address="甲路10号")).stored == Stored(same=1)


def test_a_code_keeps_a_corrected_name_one_service(any_store: Store) -> None:
    bring(any_store, row(service(code="沪-01")))
    renamed = row(service("甲新站", "沪-01"), name="甲新站")
    assert bring(any_store, renamed).stored == Stored(changed=1)
    assert places(any_store) == [(1, "甲新站", "甲路1号", ["甲新站"])]


def test_a_service_leaves_a_door_it_shares_and_the_others_stay(any_store: Store) -> None:
    bring(any_store, row(service(code="沪-01"), service("小屋", kind=Kind.MOTHERS_ROOM)))
    bring(any_store, row(service(code="沪-01"), address="甲路10号"))
    assert places(any_store) == [
        (1, "甲站", "甲路1号", ["小屋"]),
        (2, "甲站", "甲路10号", ["甲站"]),
    ]


def test_a_door_that_another_row_of_the_file_takes_over_does_not_move(any_store: Store) -> None:
    bring(any_store, row(service(code="沪-01")))
    swapped = (
        row(service(code="沪-01"), address="甲路10号"),
        row(service("乙站"), name="乙站", number=3),
    )
    bring(any_store, *swapped)
    assert places(any_store) == [
        (1, "乙站", "甲路1号", ["乙站"]),
        (2, "甲站", "甲路10号", ["甲站"]),
    ]
    assert bring(any_store, *swapped).stored == Stored(same=2)


def test_two_services_of_one_name_trade_their_codes_where_they_stand(any_store: Store) -> None:
    def rows(first: str, second: str) -> tuple[Placed, Placed]:
        one, other = service(code=first), service(code=second)
        return row(one), row(other, address="乙路2号", number=3)

    bring(any_store, *rows("沪-01", "沪-02"))
    assert bring(any_store, *rows("沪-02", "沪-01")).stored == Stored(changed=2)
    with any_store.reading() as session:
        kept = session.execute(
            select(Place.address, ServicePoint.official_code).join(Place).order_by(Place.id)
        )
        assert [tuple(one) for one in kept] == [("甲路1号", "沪-02"), ("乙路2号", "沪-01")]


def test_a_code_brings_no_second_of_a_name_that_the_file_makes_new(any_store: Store) -> None:
    bring(
        any_store,
        row(service("乙站"), name="乙站"),
        row(service(code="沪-03"), address="乙路2号", number=3),
    )
    rows = row(service("乙站", "沪-03"), name="乙站"), row(service(), number=3)
    assert bring(any_store, *rows).stored == Stored(new=1, changed=1)
    assert places(any_store) == [
        (1, "乙站", "甲路1号", ["乙站", "甲站"]),
        (2, "甲站", "乙路2号", ["甲站"]),
    ]
    assert bring(any_store, *rows).stored == Stored(same=2)


def test_two_codes_bring_no_two_of_one_name_to_a_door(any_store: Store) -> None:
    bring(
        any_store,
        row(service("乙站"), name="乙站"),
        row(service("丙站"), name="丙站", number=3),
        row(service(code="沪-03"), address="乙路2号", number=4),
        row(service(code="沪-04"), address="丙路3号", number=5),
    )
    rows = (
        row(service("乙站", "沪-03"), name="乙站"),
        row(service("丙站", "沪-04"), name="丙站", number=3),
    )
    assert bring(any_store, *rows).stored == Stored(changed=2)
    assert bring(any_store, *rows).stored == Stored(same=2)


def test_a_name_written_by_hand_moves_to_no_door_that_has_it(any_store: Store) -> None:
    bring(any_store, row(), row(service("乙站", "沪-03"), name="乙站", address="乙路2号", number=3))
    with any_store.writing() as session:
        edit(session, ServicePoint, 2, "name", "甲站", by="张三")
    moved = row(service("丙站", "沪-03"), name="丙站")
    assert bring(any_store, moved).stored == Stored(new=1)
    assert [names for *_, names in places(any_store)] == [["甲站", "丙站"], ["甲站"]]


def test_a_name_written_by_hand_moves_along_to_a_door_of_its_own(any_store: Store) -> None:
    bring(any_store, row(service("乙站", "沪-03"), name="乙站"))
    with any_store.writing() as session:
        edit(session, ServicePoint, 1, "name", "甲站", by="张三")
    assert bring(any_store, row(service(code="沪-03"), address="丙路3号")).stored == Stored(
        changed=1
    )
    assert [(address, names) for _, _, address, names in places(any_store)] == [
        ("丙路3号", ["甲站"])
    ]


@pytest.mark.parametrize(
    "others",
    [
        (row(service(code="1"), address="丙路9号", district="静安区"),),
        (row(service(code="1"), address="丙路9号"), row(service(code="1"), address="丁路8号")),
    ],
    ids=["of another district", "at two doors"],
)
def test_a_code_that_numbers_two_lists_moves_nothing(
    any_store: Store, others: tuple[Placed, ...]
) -> None:
    bring(any_store, row(service(code="1")))
    assert bring(any_store, *others).stored == Stored(new=len(others))
    assert bring(any_store, *others).stored == Stored(same=len(others))
    assert places(any_store)[0] == (1, "甲站", "甲路1号", ["甲站"])


def test_a_row_that_repeats_another_fills_its_blanks_and_is_counted(any_store: Store) -> None:
    rows = (row(service(operator="某公司")), row(service(operator="别家", hours_text="24小时")))
    assert bring(any_store, *rows).stored == Stored(new=1, repeated=1)
    assert bring(any_store, *rows).stored == Stored(same=1, repeated=1)
    with any_store.reading() as session:
        kept = session.scalars(select(ServicePoint)).one()
    assert (kept.operator, kept.hours_text) == ("某公司", "24小时")


def test_workers_of_a_town_said_twice_are_the_first(any_store: Store) -> None:
    def said(workers: int) -> Placed:
        source = Source("人数.csv", "", 2, {}, "town_workers")
        declared = DeclaredWorkers("黄浦区", "外滩街道", "310101013", workers, 2023, source)
        return Placed(declared, None, Unlocated(Reason.NOT_FOUND), "黄浦区")

    assert bring(any_store, said(9), said(8)).stored == Stored(new=1, repeated=1)
    assert bring(any_store, said(9), said(8)).stored == Stored(same=1, repeated=1)
    assert bring(any_store, said(7)).changes[0].fields == (FieldChange("workers", 9, 7),)


def test_a_form_without_a_column_takes_nothing_away(any_store: Store) -> None:
    bring(any_store, row(service(hours_text="24小时", model_room=True)), site(workers=300))
    assert bring(any_store, row(service()), site(clinic=Clinic.UNKNOWN)).stored == Stored(same=2)


def test_none_at_all_is_a_value(any_store: Store) -> None:
    bring(any_store, site(canteen_seats=80, lunch_declared=True))
    changed = bring(any_store, site(canteen_seats=0, lunch_declared=False))
    assert changed.changes[0].fields == (
        FieldChange("canteen_seats", 80, 0),
        FieldChange("lunch_declared", True, False),
    )


def test_a_point_is_not_lost_because_no_source_knows_it_this_time(any_store: Store) -> None:
    bring(any_store, row())
    assert bring(any_store, row(outcome=Unlocated(Reason.NOT_FOUND))).stored == Stored(same=1)
    elsewhere = row(outcome=Unlocated(Reason.AMBIGUOUS))
    assert bring(any_store, elsewhere).stored == Stored(changed=1)


def test_a_field_a_person_wrote_is_kept_and_said(any_store: Store) -> None:
    bring(any_store, row(service(hours_text="9:00-17:00")))
    with any_store.writing() as session:
        edit(session, ServicePoint, 1, "hours_text", "8:00-20:00", by="规划员")
        edit(session, Place, 1, "name", "甲站（南门）", by="规划员")
    again = bring(any_store, row(service(hours_text="24小时", operator="某公司")))
    assert again.kept == (RecordKept("", 2, "甲站", ("name", "hours_text")),)
    assert (again.stored, again.kept_count) == (Stored(changed=1), 1)
    with any_store.reading() as session:
        kept = session.scalars(select(ServicePoint)).one()
        assert (kept.hours_text, kept.operator, kept.place.name) == (
            "8:00-20:00",
            "某公司",
            "甲站（南门）",
        )


def test_a_position_a_person_moved_stays_with_its_shape(any_store: Store) -> None:
    bring(any_store, row())
    with any_store.writing() as session:
        edit(session, Place, 1, "lon", 121.48, by="规划员")
    elsewhere = row(outcome=replace(HERE, lon=121.40, lat=31.10))
    assert bring(any_store, elsewhere).stored == Stored(same=1)
    with any_store.reading() as session:
        assert session.scalars(select(Place.geom)).one() == shapely.Point(121.48, 31.23)


def test_a_status_a_person_set_is_not_taken_back(any_store: Store) -> None:
    bring(any_store, row())
    with any_store.writing() as session:
        with pytest.raises(ParameterError, match="状态不能直接改写"):
            edit(session, ServicePoint, 1, "status", Status.DELISTED.value, by="规划员")
        city = Person("规划员", Role.REVIEWER)
        move(session, 1, Status.DELISTED, on=today(), reason="撤了", by=city)
    again = bring(any_store, row())
    assert (again.stored, again.kept) == (Stored(same=1), (RecordKept("", 2, "甲站", ("status",)),))
    with any_store.reading() as session:
        moves = session.execute(select(StatusChange.after, StatusChange.by)).all()
        marks = session.scalars(select(EditedField)).all()
    assert ([tuple(move) for move in moves], marks) == (
        [("plaqued", ""), ("delisted", "规划员")],
        [],
    )


def test_an_edit_is_seen_at_once(any_store: Store) -> None:
    bring(any_store, row())
    before = any_store.version()
    with any_store.writing() as session:
        edit(session, Place, 1, "name", "甲站（南门）", by="规划员")
    assert any_store.version() == before + 1
    assert any_store.snapshot().places[0].name == "甲站（南门）"


def test_an_edit_of_nothing_is_refused(any_store: Store) -> None:
    with any_store.writing() as session, pytest.raises(NotFoundError, match="没有编号为 7 的记录"):
        edit(session, DemandSite, 7, "workers", 5, by="规划员")


def test_a_position_decided_while_a_file_waits_is_taken(any_store: Store) -> None:
    staging = any_store.staging
    staged = staging.begin("站点.csv", "0" * 64)
    staging.add(staged, 0, [row()], [])
    staging.finish(staged, forms=["stations"], rows_refused=0, findings={})
    with any_store.writing() as session:
        session.add(
            Decision(
                canonical="黄浦区|road=甲路|number=1",
                lon=121.5,
                lat=31.2,
                level="manual",
                error_m=15.0,
                by="规划员",
                at=datetime(2026, 1, 1),  # noqa: DTZ001 - stored without a zone
                note="",
            )
        )
    staging.commit(staged)
    with any_store.reading() as session:
        kept = session.scalars(select(Place)).one()
    assert (kept.lon, kept.lat, kept.level, kept.geom) == (
        121.5,
        31.2,
        "manual",
        shapely.Point(121.5, 31.2),
    )


def test_another_file_does_not_rename_a_door(any_store: Store) -> None:
    bring(any_store, row())
    other = row(service("乙屋", kind=Kind.READING_ROOM), name="乙屋")
    bring(any_store, other)
    assert places(any_store) == [(1, "甲站", "甲路1号", ["甲站", "乙屋"])]
    assert bring(any_store, row()).stored == Stored(same=1)


def test_a_new_person_behind_a_record_is_a_change(any_store: Store) -> None:
    def named(who: str) -> Placed:
        one = row()
        contact = Contact(who, "19900000001")
        return replace(one, declared=replace(one.declared, contacts=(contact,)))

    bring(any_store, named("金丝雀甲"))
    assert bring(any_store, named("金丝雀甲")).stored == Stored(same=1)
    assert bring(any_store, named("金丝雀乙")).stored == Stored(changed=1)
