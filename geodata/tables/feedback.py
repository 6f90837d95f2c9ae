"""What the public reports, and photos of places."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class MistakeReport(Base):
    """A visitor's word that something on a place's page is wrong; `at` is in UTC.

    `sender` is a keyed hash of the day and the address it came from, only good for counting.
    """

    __tablename__ = "mistake_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    sender: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(index=True)
    note: Mapped[str]
    by: Mapped[str]
    settled_at: Mapped[datetime | None]


class Photo(Base):
    """A picture of a place, without what a camera writes into its file; `added_at` is in UTC."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    taken_on: Mapped[date | None]
    added_at: Mapped[datetime]
    by: Mapped[str]
