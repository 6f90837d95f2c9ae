"""What persons and providers said about where an address lies."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Decision(Base):
    """What a person decided about a canonical address; never asked again.

    `action` says how: a position (lon, lat, level, error_m; WGS-84, `source_datum` as given), a
    corrected address, or that it is no place. `geodata.review` reads and writes these rows.
    """

    __tablename__ = "decision"

    canonical: Mapped[str] = mapped_column(primary_key=True)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    level: Mapped[str | None]
    error_m: Mapped[float | None]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]
    action: Mapped[str] = mapped_column(default="move")
    corrected_address: Mapped[str] = mapped_column(default="")
    source_datum: Mapped[str] = mapped_column(default="WGS-84")
