"""The persons behind a record: the one way to read or write them, each read and change audited."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.errors import NoSuchRecordError, NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.tables import (
    Base,
    Contact,
    DemandSite,
    EditedField,
    LunchOutlet,
    Place,
    RegisterEntry,
    ServicePoint,
    TrainingApplication,
)

# The field a record is marked with: imports add no persons to one whose contacts were written here.
FIELD = "contacts"
_OWNERS: dict[str, type[Base]] = {
    one.__tablename__: one
    for one in (Place, DemandSite, LunchOutlet, RegisterEntry, TrainingApplication)
}
_LONGEST = 80
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,80}")
_MOBILE = re.compile(r"[0-9+() -]{5,24}")


@dataclass(frozen=True, slots=True)
class Owner:
    """The record persons belong to: a service point's stand with its place."""

    table: str
    id: int
    name: str
    district: str
    unions: tuple[str, ...]
    service_id: int | None = None

    def must_be_reached(self, person: Person) -> None:
        """Refuse what is another's.

        Raises:
            NoSuchRecordError: neither its district nor one of its unions is the person's.
        """
        mine = [union for union in self.unions if person.reaches(self.district, union)]
        person.must_reach(self.district, mine[0] if mine else "")


@dataclass(frozen=True, slots=True)
class Written:
    """A contact as somebody typed it."""

    name: str
    mobile: str = ""
    email: str = ""
    role: str = ""

    def __post_init__(self) -> None:
        if not any(asdict(self).values()):
            raise ParameterError("姓名、手机、邮箱至少填一项。")
        if any(len(text) > _LONGEST for text in asdict(self).values()):
            raise ParameterError(f"每一项最多 {_LONGEST} 个字。")
        if self.mobile and not _MOBILE.fullmatch(self.mobile):
            raise ParameterError("电话只能是数字和 + ( ) -，5 到 24 个字符。")
        if self.email and not _EMAIL.fullmatch(self.email):
            raise ParameterError("邮箱要写成 name@example.org 这样。")


def owner(session: Session, table: str, record_id: int) -> Owner:
    """Whose persons a record's are.

    Raises:
        NoSuchRecordError: no such record, or its kind has no contacts.
    """
    if table == ServicePoint.__tablename__:
        point = session.get(ServicePoint, record_id)
        if point is None or session.get(Place, point.place_id) is None:
            raise NoSuchRecordError
        at = point.place
        name = point.name or at.name
        return Owner(Place.__tablename__, at.id, name, at.district, (point.union,), point.id)
    row: Any = session.get(_OWNERS[table], record_id) if table in _OWNERS else None
    if row is None:
        raise NoSuchRecordError
    if isinstance(row, Place):
        unions = tuple(dict.fromkeys(service.union for service in row.services))
        return Owner(table, row.id, row.name, row.district, unions)
    if isinstance(row, TrainingApplication):
        return Owner(table, row.id, row.union, row.district, (row.union,))
    return Owner(table, row.id, row.name, row.district, ())


def read(session: Session, of: Owner, *, by: Person) -> Sequence[Contact]:
    """The contacts of one record; the read is in the audit trail.

    Raises:
        NoSuchRecordError: the record is out of his reach.
    """
    of.must_be_reached(by)
    found = session.scalars(select(Contact).where(_belongs(of)).order_by(Contact.id)).all()
    _note(session, of, "contact.read", by, count=len(found))
    return found


def add(session: Session, of: Owner, written: Written, *, by: Person) -> None:
    """Write down one more contact."""
    of.must_be_reached(by)
    session.add(Contact(record_table=of.table, record_id=of.id, **asdict(written)))
    _changed(session, of, "contact.add", by)


def change(session: Session, of: Owner, contact_id: int, written: Written, *, by: Person) -> None:
    """Write a contact anew; the trail names the fields that changed, never what they held."""
    row = _own(session, of, contact_id, by)
    before = [field.name for field in fields(written)]
    changed = [name for name in before if getattr(row, name) != getattr(written, name)]
    for name in changed:
        setattr(row, name, getattr(written, name))
    if changed:
        _changed(session, of, "contact.change", by, fields=changed)


def remove(session: Session, of: Owner, contact_id: int, *, by: Person) -> None:
    """Delete a contact for good."""
    session.delete(_own(session, of, contact_id, by))
    _changed(session, of, "contact.remove", by)


def _own(session: Session, of: Owner, contact_id: int, by: Person) -> Contact:
    of.must_be_reached(by)
    mine = select(Contact).where(_belongs(of), Contact.id == contact_id)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFoundError("没有这位联系人，可能已经删除。")
    return row


def _belongs(of: Owner) -> ColumnElement[bool]:
    own = and_(Contact.record_table == of.table, Contact.record_id == of.id)
    if of.service_id is None:
        return own
    point = ServicePoint.__tablename__
    return or_(own, and_(Contact.record_table == point, Contact.record_id == of.service_id))


def _changed(session: Session, of: Owner, action: str, by: Person, **detail: object) -> None:
    key = {"record_table": of.table, "record_id": of.id, "field": FIELD}
    mark = session.scalars(select(EditedField).filter_by(**key)).one_or_none()
    if mark is None:
        mark = EditedField(**key)
        session.add(mark)
    mark.by, mark.at = by.login, utc_now()
    _note(session, of, action, by, **detail)


def _note(session: Session, of: Owner, action: str, by: Person, **detail: object) -> None:
    record(
        session,
        by=by.login,
        action=action,
        table=of.table,
        record_id=of.id,
        district=of.district,
        detail=detail,
    )
