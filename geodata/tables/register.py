"""What must exist by the union's own list, and who applied for training."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class RegisterEntry(Base):
    """One line of the register: a centre, hub, station or other kind that must exist."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("district", "town", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(index=True)
    town: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    official_code: Mapped[str]
    address: Mapped[str]
    notes: Mapped[str]
    extra: Mapped[dict[str, Any]]


class TrainingApplication(Base):
    """A union's application for training at one of the points; heads of NULL are unknown."""

    __tablename__ = "training_application"
    __table_args__ = (UniqueConstraint("union", "point", "dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    union: Mapped[str]
    point: Mapped[str]
    heads: Mapped[int | None]
    dates: Mapped[str]
    district: Mapped[str]
    notes: Mapped[str]
    extra: Mapped[dict[str, Any]]
