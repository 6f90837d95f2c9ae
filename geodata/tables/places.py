"""Places, the service points behind their doors, and how these changed status."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geodata.tables.base import Base, Locatable


class Place(Locatable, Base):
    """One door, with one or more service points behind it."""

    __tablename__ = "place"

    services: Mapped[list["ServicePoint"]] = relationship(
        back_populates="place", order_by="ServicePoint.id", lazy="selectin"
    )


class ServicePoint(Base):
    """One service of one kind; hours, workers, half-days of NULL are unknown, not zero."""

    __tablename__ = "service_point"
    __table_args__ = (UniqueConstraint("place_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    tier: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    official_code: Mapped[str]
    operator: Mapped[str]
    works: Mapped[str | None]
    year: Mapped[int | None]
    hours_text: Mapped[str]
    hours: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    area_m2: Mapped[float | None]
    facilities: Mapped[list[str]]
    services: Mapped[list[str]]
    public_phone: Mapped[str]
    serves: Mapped[str]
    enterprises: Mapped[int | None]
    workers: Mapped[int | None]
    funds_yuan: Mapped[float | None]
    due: Mapped[str]
    due_on: Mapped[date | None]
    half_days_per_week: Mapped[float | None]
    partner_clinic: Mapped[str]
    model_room: Mapped[bool]
    complex_site: Mapped[bool]
    grade: Mapped[str]
    union: Mapped[str]
    notes: Mapped[str]
    extra: Mapped[dict[str, Any]]

    place: Mapped[Place] = relationship(back_populates="services")


class StatusChange(Base):
    """One move of a service point from one status to the next."""

    __tablename__ = "status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_point_id: Mapped[int] = mapped_column(
        ForeignKey("service_point.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[str]
    after: Mapped[str]
    on: Mapped[date]
    reason: Mapped[str]
    by: Mapped[str]
