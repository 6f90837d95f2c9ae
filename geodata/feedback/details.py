"""What one place's page shows beyond what the lists know, read by its id."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from geodata.feedback.way_in import WayIn
from geodata.inspections.checked import checked_on
from geodata.tables import Photo, Place
from geodata.tables.base import WITH_MERGED


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo by its id; `taken_on` is None where nobody wrote the day down."""

    id: int
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class Details:
    """`checked_on`: when somebody last looked; None when nobody did."""

    way_in: WayIn
    checked_on: date | None
    photos: tuple[Picture, ...]


def details(session: Session, place_id: int) -> Details:
    """The way in, the last check and the photos of a place that stands."""
    parsed = session.scalar(select(Place.parsed).where(Place.id == place_id)) or {}
    return Details(
        WayIn.of(parsed),
        checked_on(session, place_id=place_id).get(place_id),
        tuple(photos_of(session, place_id)),
    )


def photos_of(session: Session, place_id: int) -> list[Picture]:
    """Photos of a place and of those that were merged into it, newest first."""
    rows = session.execute(
        select(Photo.id, Photo.taken_on)
        .join(Place, Place.id == Photo.place_id)
        .where(or_(Place.id == place_id, Place.merged_into == place_id))
        .order_by(Photo.id.desc()),
        execution_options=WITH_MERGED,
    )
    return [Picture(row.id, row.taken_on) for row in rows]
