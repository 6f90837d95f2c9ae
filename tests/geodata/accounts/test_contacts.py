"""Contacts: read and written by those a record belongs to, and every time written down."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts import contacts
from geodata.accounts.contacts import Owner, Written
from geodata.accounts.roles import Person, Role
from geodata.declared import ImportedFile, Placed
from geodata.errors import NoSuchRecordError, NotFoundError, ParameterError
from geodata.store import Store
from geodata.tables import AuditEvent, Contact, EditedField, Place, ServicePoint

HUANGPU = Person("huangpu", Role.EDITOR, ("黄浦区",))
PUDONG = Person("pudong", Role.EDITOR, ("浦东新区",))
METRO = Person("metro", Role.EDITOR, unions=("申通地铁集团工会",))


def place_id(session: Session, name: str) -> int:
    return session.scalars(select(Place.id).where(Place.name == name)).one()


def trail(session: Session) -> list[tuple[str, str, str, int | None, str, object]]:
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(r.by, r.action, r.record_table, r.record_id, r.district, r.detail) for r in rows]


def test_a_read_shows_the_persons_and_leaves_one_row(filled: Store) -> None:
    with filled.writing() as session:
        number = place_id(session, "黄浦甲")
        of = contacts.owner(session, "place", number)
        (found,) = contacts.read(session, of, by=HUANGPU)
        assert (found.name, found.mobile) == ("示例联系人", "19900000000")
        session.flush()
        assert trail(session) == [
            ("huangpu", "contact.read", "place", number, "黄浦区", {"count": 1})
        ]


def test_a_service_points_persons_stand_with_its_place(filled: Store) -> None:
    with filled.writing() as session:
        point = session.scalars(select(ServicePoint).where(ServicePoint.name == "黄浦乙0")).one()
        of = contacts.owner(session, "service_point", point.id)
        assert of == Owner("place", point.place_id, "黄浦乙0", "黄浦区", ("",), point.id)
        assert len(contacts.read(session, of, by=HUANGPU)) == 1


@pytest.mark.parametrize("by", [PUDONG, METRO])
def test_who_does_not_reach_a_record_reads_nothing_and_leaves_no_row(
    filled: Store, by: Person
) -> None:
    with filled.writing() as session:
        of = contacts.owner(session, "place", place_id(session, "黄浦甲"))
        for act in (
            lambda: contacts.read(session, of, by=by),
            lambda: contacts.add(session, of, Written("示例"), by=by),
            lambda: contacts.change(session, of, 1, Written("示例"), by=by),
            lambda: contacts.remove(session, of, 1, by=by),
        ):
            with pytest.raises(NoSuchRecordError):
                act()
        session.flush()
        assert trail(session) == []


def test_a_union_reaches_its_own_in_any_district(filled: Store) -> None:
    with filled.writing() as session:
        of = contacts.owner(session, "place", place_id(session, "浦东甲"))
        assert [len(contacts.read(session, of, by=by)) for by in (METRO, PUDONG)] == [1, 1]


def test_what_is_written_is_kept_and_the_trail_holds_no_person(filled: Store) -> None:
    with filled.writing() as session:
        number = place_id(session, "黄浦甲")
        of = contacts.owner(session, "place", number)
        contacts.add(session, of, Written("金丝雀", mobile="19900001111"), by=HUANGPU)
        session.flush()
        new = session.scalars(select(Contact).where(Contact.name == "金丝雀")).one()
        contacts.change(session, of, new.id, Written("金丝雀", mobile="19900002222"), by=HUANGPU)
        contacts.change(session, of, new.id, Written("金丝雀", mobile="19900002222"), by=HUANGPU)
        assert new.mobile == "19900002222"
        contacts.remove(session, of, new.id, by=HUANGPU)
        session.flush()
        noted = trail(session)
        assert [(action, detail) for _, action, _, _, _, detail in noted] == [
            ("contact.add", {}),
            ("contact.change", {"fields": ["mobile"]}),
            ("contact.remove", {}),
        ]
        assert "金丝雀" not in repr(noted)
        marks = session.execute(
            select(EditedField.record_table, EditedField.record_id, EditedField.field)
        ).all()
        assert [tuple(mark) for mark in marks] == [("place", number, "contacts")]


def test_nobody_changes_the_person_of_another_record(filled: Store) -> None:
    with filled.writing() as session:
        of = contacts.owner(session, "place", place_id(session, "黄浦甲"))
        other = place_id(session, "黄浦乙")
        theirs = session.scalars(select(Contact.id).where(Contact.record_id == other)).one()
        with pytest.raises(NotFoundError):
            contacts.change(session, of, theirs, Written("示例"), by=HUANGPU)


@pytest.mark.parametrize(("table", "number"), [("place", 99), ("contact", 1), ("account", 1)])
def test_only_records_with_persons_have_an_owner(filled: Store, table: str, number: int) -> None:
    with filled.writing() as session, pytest.raises(NotFoundError):
        contacts.owner(session, table, number)


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "示例", "mobile": "打电话"},
        {"name": "示例", "email": "a b@example.invalid"},
    ],
)
def test_a_contact_is_someone_who_can_be_reached(given: dict[str, str]) -> None:
    with pytest.raises(ParameterError):
        Written(**given)


def test_an_import_brings_no_deleted_contact_back(
    filled: Store, records: tuple[Placed, ...]
) -> None:
    with filled.writing() as session:
        of = contacts.owner(session, "place", place_id(session, "黄浦甲"))
        (person,) = contacts.read(session, of, by=HUANGPU)
        contacts.remove(session, of, person.id, by=HUANGPU)
    file = ImportedFile("示例二.xlsx", "1" * 64, records, 4, 0, ("stations",))
    assert filled.publish(file).changed == 0
    with filled.reading() as session:
        left = select(Place.name).join(Contact, Contact.record_id == Place.id).order_by(Place.id)
        assert session.scalars(left).all() == ["黄浦乙", "浦东甲"]
