"""What an office keeps of a service point: inspections, cards, plaque, subsidies, its new door."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from geodata.tables.base import Base


class OfServicePoint:
    """A row of one service point, gone with it."""

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    @classmethod
    def service_point_id(cls) -> Mapped[int]:
        """The service point."""
        return mapped_column(ForeignKey("service_point.id", ondelete="CASCADE"), index=True)


class Inspection(OfServicePoint, Base):
    """One look at a service point by an office, never by a named person.

    `scheme` is the checklist it followed, "" for none; `items` hold of each looked at or not what
    was found and a note. `passed` of NULL: nothing was decided.
    """

    __tablename__ = "inspection"

    kind: Mapped[str]
    on: Mapped[date]
    office: Mapped[str]
    scheme: Mapped[str]
    items: Mapped[dict[str, Any]]
    passed: Mapped[bool | None]
    note: Mapped[str]
    by: Mapped[str]


class Card(OfServicePoint, Base):
    """A yellow card with the day its rectification is due, or a red one.

    A yellow card is open until `closed_on`; `closed_by_inspection` is the one that it passed.
    """

    __tablename__ = "card"

    colour: Mapped[str]
    on: Mapped[date]
    due_on: Mapped[date | None]
    reason: Mapped[str]
    by: Mapped[str]
    closed_on: Mapped[date | None]
    closed_by_inspection: Mapped[int | None] = mapped_column(
        ForeignKey("inspection.id", ondelete="SET NULL")
    )


class Plaque(OfServicePoint, Base):
    """The day a plaque was put up; its number is the service point's official code."""

    __tablename__ = "plaque"

    on: Mapped[date]
    by: Mapped[str]


class Subsidy(OfServicePoint, Base):
    """Money of one layer in one year; an amount of NULL is unknown, not zero."""

    __tablename__ = "subsidy"

    layer: Mapped[str]
    year: Mapped[int]
    amount_yuan: Mapped[float | None]
    purpose: Mapped[str]
    by: Mapped[str]


class Relocation(OfServicePoint, Base):
    """Where a service point that moved can be found now."""

    __tablename__ = "relocation"

    change_id: Mapped[int] = mapped_column(
        ForeignKey("status_change.id", ondelete="CASCADE"), unique=True
    )
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
