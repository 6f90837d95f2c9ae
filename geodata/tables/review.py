"""What was found for an address that a person should look at, and links that ask him on the spot.

All are keyed by the canonical address, like the decision that settles it: records come and go with
the files, the question stays the same.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class GeocodeCandidate(Base):
    """One position a source offered; `n` counts from 1 in the order of trust. WGS-84."""

    __tablename__ = "geocode_candidate"
    __table_args__ = (UniqueConstraint("canonical", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    canonical: Mapped[str]
    n: Mapped[int]
    provider: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    level: Mapped[str]
    error_m: Mapped[float]
    source: Mapped[str]
    source_datum: Mapped[str]
    road: Mapped[str]
    district: Mapped[str]
    town: Mapped[str]
    matched: Mapped[str]
    at: Mapped[datetime]


class ReviewItem(Base):
    """An address whose verdict is not a plain accept, with the doubts; since when."""

    __tablename__ = "review_item"

    canonical: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    doubts: Mapped[list[str]]
    at: Mapped[datetime]


class DatumAnswer(Base):
    """The datum a person said a file's coordinates are in, by the file's hash."""

    __tablename__ = "datum_answer"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    datum: Mapped[str]
    at: Mapped[datetime]


class PinLink(Base):
    """A link that lets one person pin one address once; only the hash of its token is kept."""

    __tablename__ = "pin_link"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    canonical: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
