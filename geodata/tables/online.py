"""What online geocoders were asked, and what is remembered of their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class GeocodeAnswer(Base):
    """What a provider answered for a canonical address; no candidates means it knows no such place.

    `grammar` is the version of the grammar that made the key, `at` is in UTC.
    """

    __tablename__ = "geocode_answer"

    provider: Mapped[str] = mapped_column(primary_key=True)
    canonical: Mapped[str] = mapped_column(primary_key=True)
    grammar: Mapped[int]
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime]


class GeocodeSend(Base):
    """One address sent to a provider, counted before it goes; `day` is the day in Shanghai.

    `outcome` stays "sent" when the program ended before an answer came.
    """

    __tablename__ = "geocode_send"
    __table_args__ = (Index(None, "provider", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str]
    day: Mapped[str]
    at: Mapped[datetime]
    key_hash: Mapped[str]
    outcome: Mapped[str]
