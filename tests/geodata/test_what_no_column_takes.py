"""Grades, declaring unions and columns no field takes, from the record to the table."""

from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import inspect, select, text

from geodata import schema
from geodata.database import writing
from geodata.declared import (
    Contact,
    Declared,
    DeclaredApplication,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredRequirement,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    ImportedFile,
    Placed,
    Source,
    Stored,
)
from geodata.kinds import Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.store import Store
from geodata.tables import (
    Base,
    DemandSite,
    LunchOutlet,
    RegisterEntry,
    ServicePoint,
    TownWorkers,
    TrainingApplication,
)
from geodata.tables import Contact as ContactRow

HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "手工核对")
SOURCE = Source("表.csv", "", 2, {}, "stations")
EXTRA = {"藏书量": "3000"}
SERVICE = DeclaredService(
    kind=Kind.READING_ROOM,
    name="甲",
    status=Status.PLAQUED,
    tier=Tier.OTHER,
    grade="市级示范点",
    union="黄浦区总工会",
    extra=EXTRA,
)
RECORDS: dict[type[Base], Declared] = {
    ServicePoint: DeclaredPlace("甲", "人民大道200号", "黄浦区", "", (SERVICE,), SOURCE),
    DemandSite: DeclaredSite("甲", SiteKind.PARK, "某路1号", "黄浦区", "", SOURCE, extra=EXTRA),
    LunchOutlet: DeclaredOutlet(
        "甲", OutletKind.CABINET, "某路1号", "黄浦区", "", SOURCE, extra=EXTRA
    ),
    TownWorkers: DeclaredWorkers("黄浦区", "", "310101", 9, 2023, SOURCE, extra=EXTRA),
    RegisterEntry: DeclaredRequirement(
        "甲", Kind.SERVICE_HUB, "黄浦区", "", SOURCE, extra=EXTRA, contacts=(Contact("金丝雀甲"),)
    ),
    TrainingApplication: DeclaredApplication(
        "甲工会", "12", 40, "5月", "黄浦区", SOURCE, extra=EXTRA
    ),
}


def file(*records: Declared) -> ImportedFile:
    placed = tuple(
        Placed(one, parse(getattr(one, "address", "")), HERE, "黄浦区") for one in records
    )
    return ImportedFile("表.csv", "0" * 64, placed, len(placed), 0, ("stations",))


@pytest.mark.parametrize("table", RECORDS, ids=lambda table: table.__tablename__)
def test_what_no_column_takes_is_stored_and_followed(any_store: Store, table: type[Base]) -> None:
    record = RECORDS[table]
    assert any_store.publish(file(record)) == Stored(new=1)
    assert any_store.publish(file(record)) == Stored(same=1)
    more = {**EXTRA, "座位": "12"}
    if isinstance(record, DeclaredPlace):
        changed: Declared = replace(record, services=(replace(SERVICE, extra=more),))
    else:
        changed = replace(record, extra=more)
    assert any_store.publish(file(changed)) == Stored(changed=1)
    with any_store.reading() as session:
        assert [row.extra for row in session.scalars(select(table))] == [more]


def test_a_grade_and_the_declaring_union_are_stored(any_store: Store) -> None:
    any_store.publish(file(RECORDS[ServicePoint]))
    with any_store.reading() as session:
        (row,) = session.scalars(select(ServicePoint))
        assert (row.grade, row.union) == ("市级示范点", "黄浦区总工会")


def test_the_person_behind_a_line_of_the_register_is_a_contact(any_store: Store) -> None:
    any_store.publish(file(RECORDS[RegisterEntry]))
    with any_store.reading() as session:
        rows = session.scalars(select(ContactRow)).all()
        assert [(row.record_table, row.name) for row in rows] == [("register_entry", "金丝雀甲")]


def test_rows_of_the_first_schema_have_nothing_in_the_new_columns(any_store: Store) -> None:
    any_store.publish(file(RECORDS[ServicePoint], RECORDS[DemandSite]))
    with writing(any_store.engine) as session:
        connection = session.connection()
        command.downgrade(schema.config(connection), "0001")
        columns = {column["name"] for column in inspect(connection).get_columns("service_point")}
        assert columns & {"grade", "union", "extra", "hours"} == set()
        command.upgrade(schema.config(connection), "head")
        kept = connection.execute(text("SELECT name FROM demand_site")).scalars().all()
        assert kept == ["甲"]
    with any_store.reading() as session:
        (row,) = session.scalars(select(ServicePoint))
        assert (row.grade, row.union, row.extra) == ("", "", {})
