"""The rows of an export: public ones from the snapshot, an office's own from the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.exports.fields import DESK_FIELDS, PUBLIC_FIELDS, Field, Value
from geodata.kinds import Status
from geodata.public_places import PublicPlace
from geodata.snapshot_load import public_place
from geodata.tables import Place

Row = tuple[Value, ...]
_PLACES_A_READ = 500
_EVERY = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Export:
    """Columns and the rows still to be read; `rows` can be gone through once."""

    title: str
    fields: tuple[Field, ...]
    rows: Iterator[Row]

    def column(self, key: str) -> int:
        """Where a field stands in a row."""
        return [field.key for field in self.fields].index(key)


def public_export(places: Iterable[PublicPlace], *, title: str = "职工服务站点") -> Export:
    """One row a service that is public."""
    return Export(title, PUBLIC_FIELDS, _public(places))


def desk_export(session: Session, who: Person, *, title: str = "职工服务点位") -> Export:
    """One row a service the person may see; the session must live as long as the rows are read."""
    return Export(title, (*PUBLIC_FIELDS, *DESK_FIELDS), _desk(session, who))


def _public(places: Iterable[PublicPlace]) -> Iterator[Row]:
    for place in places:
        yield from public_rows(place)


def every_place(session: Session) -> Iterator[Place]:
    """All places by their ids; the session remembers no more of them than it must."""
    pages, last = select(Place).order_by(Place.id).limit(_PLACES_A_READ), 0
    while rows := session.scalars(pages.where(Place.id > last)).all():
        last = rows[-1].id
        yield from rows
        # Between two queries: one that is still being read would lose its session.
        session.expunge_all()


def desk_rows(row: Place, who: Person) -> Iterator[Row]:
    """The rows of one place's services that the person may see."""
    place = public_place(row, _EVERY)
    for service, stored in zip(place.services, row.services, strict=True):
        if who.sees(row.district, service.status, stored.union):
            public = (field.of(place, service) for field in PUBLIC_FIELDS)
            yield (*public, *(field.of(stored) for field in DESK_FIELDS))


def public_rows(place: PublicPlace) -> Iterator[Row]:
    """The rows of one place's services."""
    for service in place.services:
        yield tuple(field.of(place, service) for field in PUBLIC_FIELDS)


def _desk(session: Session, who: Person) -> Iterator[Row]:
    for row in every_place(session):
        yield from desk_rows(row, who)
