"""What is stored already of the records of a batch, read in a few queries whatever their number."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from sqlalchemy import Column, Select, Table, select, tuple_
from sqlalchemy.orm import Session

from geodata.declared import Contact
from geodata.erasure.proof import NOBODY, Erased, erased
from geodata.storing.doors import Door
from geodata.storing.keyed import identity_columns
from geodata.storing.ready import LOCATED, TABLES, Values
from geodata.tables import Contact as ContactRow
from geodata.tables import Decision, EditedField, Place, ServicePoint, StatusChange

# SQLite takes 32,766 bound values a statement; PostgreSQL more.
_VALUES_A_QUERY = 10_000

Record = tuple[str, int]


@dataclass(slots=True)
class Held:
    """The stored side of a batch.

    `records` by table and key, `services` by place, `coded` the services with an official code
    of the batch by kind and code; `edited` are fields persons wrote, `settled` the services
    whose status a person set, `decided` the positions persons decided by canonical address,
    `erased` who asked to be forgotten.
    """

    records: dict[tuple[str, str], Values] = field(default_factory=dict)
    services: dict[int, list[Values]] = field(default_factory=dict)
    coded: dict[tuple[str, str], list[Values]] = field(default_factory=dict)
    persons: dict[Record, set[Contact]] = field(default_factory=dict)
    edited: dict[Record, set[str]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    decided: dict[str, Values] = field(default_factory=dict)
    erased: Erased = NOBODY

    @property
    def by_id(self) -> dict[int, Values]:
        """The places by id."""
        return {row["id"]: row for (table, _), row in self.records.items() if table == "place"}


def table(name: str) -> Table:
    """A table by name, below the mapped class."""
    return cast("Table", TABLES[name].__table__)


def load_held(session: Session, batch: Sequence[Door]) -> Held:
    """Read all that is stored of a batch."""
    held = Held(erased=erased(session))
    _load_records(session, held, batch)
    _load_coded(session, held, batch)
    _load_decided(session, held, batch)
    if held.records:
        _load_services(session, held)
        _load_beside(session, held)
    return held


def _load_records(session: Session, held: Held, batch: Sequence[Door]) -> None:
    located = {one.__tablename__ for one in LOCATED}
    for name in dict.fromkeys(door.table for door in batch):
        of, mine = table(name), [door for door in batch if door.table == name]
        if name in located:
            for row in rows_with(
                session, _all_but_shape(of), of.c.key, [door.key for door in mine]
            ):
                held.records[name, row["key"]] = row
            _load_moved(session, held, mine)
        else:
            columns = [of.c[one] for one in identity_columns(name)]
            keys = [tuple(door.values[column.name] for column in columns) for door in mine]
            for row in rows_with(session, select(of), tuple_(*columns), keys):
                key = "|".join(str(row[column.name]) for column in columns)
                held.records[name, key] = row


def _load_moved(session: Session, held: Held, doors: Sequence[Door]) -> None:
    """Records of no declared district that lay in another when they were stored.

    Their key holds the district they were found in: a corrected datum or gazetteer changes it.
    """
    unknown = {
        (door.values["canonical"], door.values["name"]): door
        for door in doors
        if door.values["canonical"].startswith("|") and (door.table, door.key) not in held.records
    }
    if not unknown:
        return
    name, taken = doors[0].table, {door.key for door in doors}
    of = table(name)
    keys = {canonical for canonical, _ in unknown}
    found: dict[tuple[str, str], list[Values]] = {}
    for row in rows_with(session, _all_but_shape(of), of.c.canonical, keys):
        if row["key"] not in taken:
            found.setdefault((row["canonical"], row["name"]), []).append(row)
    for identity, rows in found.items():
        if identity in unknown and len(rows) == 1:
            held.records[name, unknown[identity].key] = rows[0]


def _load_coded(session: Session, held: Held, batch: Sequence[Door]) -> None:
    """Services whose official code the batch names, and the places they stand in."""
    codes = {one["official_code"] for door in batch for _, one in door.services} - {""}
    if not codes:
        return
    point, place = table_of_class(ServicePoint), table_of_class(Place)
    query = select(point).join(place, point.c.place_id == place.c.id)
    query = query.where(place.c.merged_into.is_(None))
    for row in rows_with(session, query, point.c.official_code, codes):
        held.coded.setdefault((row["kind"], row["official_code"]), []).append(row)
    ids = {row["place_id"] for rows in held.coded.values() for row in rows} - held.by_id.keys()
    for row in rows_with(session, _all_but_shape(place), place.c.id, ids):
        held.records[place.name, row["key"]] = row


def _load_services(session: Session, held: Held) -> None:
    point, change = table_of_class(ServicePoint), table_of_class(StatusChange)
    query = select(point).order_by(point.c.id)
    for row in rows_with(session, query, point.c.place_id, held.by_id):
        held.services.setdefault(row["place_id"], []).append(row)
    ids = [row["id"] for rows in held.services.values() for row in rows]
    by_person = select(change.c.service_point_id).where(change.c.by != "")
    for row in rows_with(session, by_person, change.c.service_point_id, ids):
        held.settled.add(row["service_point_id"])


def _load_beside(session: Session, held: Held) -> None:
    """Persons and edited fields of the stored records and their services."""
    ids: dict[str, list[int]] = {}
    for (name, _key), row in held.records.items():
        ids.setdefault(name, []).append(row["id"])
    ids["service_point"] = [row["id"] for rows in held.services.values() for row in rows]
    person, edited = table_of_class(ContactRow), table_of_class(EditedField)
    for name, mine in ids.items():
        query = select(person).where(person.c.record_table == name)
        for row in rows_with(session, query, person.c.record_id, mine):
            contact = Contact(row["name"], row["mobile"], row["email"], row["role"])
            held.persons.setdefault((name, row["record_id"]), set()).add(contact)
        query = select(edited).where(edited.c.record_table == name)
        for row in rows_with(session, query, edited.c.record_id, mine):
            held.edited.setdefault((name, row["record_id"]), set()).add(row["field"])


def _load_decided(session: Session, held: Held, batch: Sequence[Door]) -> None:
    decision = table_of_class(Decision)
    keys = {door.values["canonical"] for door in batch if "canonical" in door.values} - {""}
    for row in rows_with(session, select(decision), decision.c.canonical, keys):
        held.decided[row["canonical"]] = row


def _all_but_shape(of: Table) -> Select[Any]:
    """Shapes are not compared: lon and lat are."""
    return select(*(column for column in of.c if column.name != "geom"))


def table_of_class(mapped: type[Any]) -> Table:
    """The table of a mapped class."""
    return cast("Table", mapped.__table__)


def rows_with(
    session: Session, query: Select[Any], column: Column[Any] | Any, values: Collection[Any]
) -> Iterator[Values]:
    """The rows of a query in which a column has one of the values, some values at a time."""
    for some in _pieces(values):
        for row in session.execute(query.where(column.in_(some))).mappings():
            yield dict(row)


def _pieces(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, _VALUES_A_QUERY // 4)):
        yield some
