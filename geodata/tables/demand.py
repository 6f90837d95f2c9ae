"""Who is to be served: parks, buildings and malls, where their workers lunch, town totals."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base, Locatable


class DemandSite(Locatable, Base):
    """A park, building or mall; its canteen, meal places and cabinet cells may be unknown."""

    __tablename__ = "demand_site"

    kind: Mapped[str]
    enterprises: Mapped[int | None]
    workers: Mapped[int | None]
    clinic: Mapped[str]
    canteen_seats: Mapped[int | None]
    meal_quota: Mapped[int | None]
    cabinet_cells: Mapped[int | None]
    lunch_declared: Mapped[bool | None]
    extra: Mapped[dict[str, Any]]


class LunchOutlet(Locatable, Base):
    """A place to have lunch."""

    __tablename__ = "lunch_outlet"

    kind: Mapped[str]
    seats: Mapped[int | None]
    turns: Mapped[float | None]
    quota: Mapped[int | None]
    price_yuan: Mapped[float | None]
    hours_text: Mapped[str]
    hours: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    extra: Mapped[dict[str, Any]]


class TownWorkers(Base):
    """Employees of a town (of a whole district where `town` is empty) in a census year."""

    __tablename__ = "town_workers"
    __table_args__ = (UniqueConstraint("district", "town", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district: Mapped[str]
    town: Mapped[str]
    code: Mapped[str]
    workers: Mapped[int]
    year: Mapped[int]
    extra: Mapped[dict[str, Any]]
