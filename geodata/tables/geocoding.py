"""What persons and providers said about where an address lies."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Decision(Base):
    """A position a person decided, keyed by the canonical address; never asked again."""

    __tablename__ = "decision"

    canonical: Mapped[str] = mapped_column(primary_key=True)
    lon: Mapped[float]
    lat: Mapped[float]
    level: Mapped[str]
    error_m: Mapped[float]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]
