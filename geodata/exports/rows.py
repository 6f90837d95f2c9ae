"""The rows of an export: public ones from the snapshot, an office's own from the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.exports.fields import DESK_FIELDS, PUBLIC_FIELDS, Field, Value
from geodata.kinds import Status
from geodata.snapshot import PublicPlace
from geodata.snapshot_load import public_place
from geodata.tables import Place

Row = tuple[Value, ...]
_PLACES_A_READ = 500


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
        for service in place.services:
            yield tuple(field.of(place, service) for field in PUBLIC_FIELDS)


def _desk(session: Session, who: Person) -> Iterator[Row]:
    every = frozenset(Status)
    query = select(Place).order_by(Place.id).execution_options(yield_per=_PLACES_A_READ)
    for rows in session.scalars(query).partitions():
        for row in rows:
            place = public_place(row, every)
            for service, stored in zip(place.services, row.services, strict=True):
                if who.sees(row.district, service.status, stored.union):
                    public = (field.of(place, service) for field in PUBLIC_FIELDS)
                    yield (*public, *(field.of(stored) for field in DESK_FIELDS))
        # What was read is written by now; the session need not remember it.
        session.expunge_all()
