"""What is stored, as tables; made and changed by migrations only.

`create_all()` must not be used: on SQLite it strips spatial indexes from the metadata of the whole
process, and a PostGIS schema made after it has none.
"""

from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from geodata.geometry import ShapelyGeometry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of one database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy, never changed
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, str]]: JSON,
        str: String,
        BaseGeometry: ShapelyGeometry,
    }


def spatial_index(table: str) -> Index:
    """A GiST index that exists on PostgreSQL only; `postgis` marks it for the schema comparison."""
    index = Index(f"ix_{table}_geom", "geom", postgresql_using="gist", info={"postgis": True})
    return index.ddl_if(dialect="postgresql")


class Locatable:
    """An address with the position found for it: who found it, how fine, and how sure.

    `lon` and `lat` repeat the geometry's point (WGS-84 degrees) for databases without a spatial
    index. `reason` says why there is none; a record has a position or a reason, never neither.
    """

    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    address: Mapped[str]
    parsed: Mapped[dict[str, Any]]
    canonical: Mapped[str] = mapped_column(index=True)
    district: Mapped[str] = mapped_column(index=True)
    district_declared: Mapped[str]
    town: Mapped[str]
    geom: Mapped[BaseGeometry | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    level: Mapped[str | None]
    error_m: Mapped[float | None]
    position_source: Mapped[str]
    source_datum: Mapped[str]
    reason: Mapped[str]
    reason_detail: Mapped[str]
    flags: Mapped[list[dict[str, str]]]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return (Index(None, "lon", "lat"), spatial_index(cls.__tablename__))


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
    area_m2: Mapped[float | None]
    facilities: Mapped[list[str]]
    services: Mapped[list[str]]
    public_phone: Mapped[str]
    serves: Mapped[str]
    enterprises: Mapped[int | None]
    workers: Mapped[int | None]
    funds_yuan: Mapped[float | None]
    due: Mapped[str]
    half_days_per_week: Mapped[float | None]
    partner_clinic: Mapped[str]
    model_room: Mapped[bool]
    complex_site: Mapped[bool]
    notes: Mapped[str]

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


class LunchOutlet(Locatable, Base):
    """A place to have lunch."""

    __tablename__ = "lunch_outlet"

    kind: Mapped[str]
    seats: Mapped[int | None]
    turns: Mapped[float | None]
    quota: Mapped[int | None]
    price_yuan: Mapped[float | None]
    hours_text: Mapped[str]


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


class Contact(Base):
    """A person behind a record. The only table that holds names, mobiles and e-mails."""

    __tablename__ = "contact"
    __table_args__ = (Index(None, "record_table", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_table: Mapped[str]
    record_id: Mapped[int]
    name: Mapped[str]
    mobile: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]


class ImportRun(Base):
    """One file that was published."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    rows_read: Mapped[int]
    rows_refused: Mapped[int]
    forms: Mapped[list[str]]
    new: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]


class SourceRow(Base):
    """The row a record was last read from: field → column and text, persons left out."""

    __tablename__ = "source_row"
    __table_args__ = (UniqueConstraint("record_table", "record_id", "file", "sheet", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    record_table: Mapped[str]
    record_id: Mapped[int]
    file: Mapped[str]
    sheet: Mapped[str]
    row: Mapped[int]
    form: Mapped[str]
    columns: Mapped[dict[str, Any]]


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


class DataVersion(Base):
    """One row, whose number grows with every published change: readers reload on it."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
