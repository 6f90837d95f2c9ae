"""Photos of places: added and taken away by those who look after them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.errors import ConflictError, NoSuchRecordError, NotFoundError
from geodata.feedback.pictures import Cleaned
from geodata.moments import utc_now
from geodata.tables import Photo, Place
from geodata.tables.base import WITH_MERGED

A_PLACE = 6


def photo(session: Session, photo_id: int) -> Photo:
    """A photo with its bytes.

    Raises:
        NotFoundError: there is none of that id.
    """
    query = select(Photo).where(Photo.id == photo_id).options(undefer(Photo.content))
    found = session.scalars(query).first()
    if found is None:
        raise NotFoundError(f"没有编号为 {photo_id} 的照片。")
    return found


def add(
    session: Session, place_id: int, picture: Cleaned, *, taken_on: date | None, person: Person
) -> int:
    """Keep a photo of a place in a person's reach; the id of the photo.

    Raises:
        NoSuchRecordError: no such place, or another district's.
        ConflictError: the place has enough of them.
    """
    district = _reached(session, place_id, person)
    held = session.scalars(select(Photo.id).where(Photo.place_id == place_id)).all()
    if len(held) >= A_PLACE:
        raise ConflictError(f"每处最多 {A_PLACE} 张照片，请先删一张。")
    row = Photo(
        place_id=place_id,
        media_type=picture.media_type,
        content=picture.content,
        taken_on=taken_on,
        added_at=utc_now(),
        by=person.login,
    )
    session.add(row)
    session.flush()
    _note(session, "photo.add", row, district, person)
    return row.id


def of_reach(session: Session, photo_id: int, *, person: Person) -> Photo:
    """A photo in a person's reach, whether or not the public sees its place.

    Raises:
        NoSuchRecordError: no such photo, or another district's.
    """
    row = session.get(Photo, photo_id)
    if row is None:
        raise NoSuchRecordError
    _reached(session, row.place_id, person)
    return row


def remove(session: Session, photo_id: int, *, person: Person) -> int:
    """Delete a photo in a person's reach; the id of its place."""
    row = of_reach(session, photo_id, person=person)
    district = _reached(session, row.place_id, person)
    _note(session, "photo.remove", row, district, person)
    session.delete(row)
    return row.place_id


def _reached(session: Session, place_id: int, person: Person) -> str:
    place = session.get(Place, place_id, execution_options=WITH_MERGED)
    if place is None:
        raise NoSuchRecordError
    person.must_reach(place.district)
    return place.district


def _note(session: Session, action: str, row: Photo, district: str, person: Person) -> None:
    record(
        session, by=person.login, action=action, table="photo", record_id=row.id,
        district=district, detail={"place": row.place_id},
    )  # fmt: skip
