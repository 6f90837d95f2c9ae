"""What a year's programmes are to reach."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class ProgrammeTarget(Base):
    """The aim of one measure in one year; `per_district` is the least each district brings."""

    __tablename__ = "programme_target"
    __table_args__ = (UniqueConstraint("year", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    measure: Mapped[str]
    target: Mapped[int]
    per_district: Mapped[int]
    source: Mapped[str]
    by: Mapped[str]
