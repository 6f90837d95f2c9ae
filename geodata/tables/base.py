"""The base of all tables, and the columns of everything that has an address.

Tables are made and changed by migrations only. `create_all()` must not be used: on SQLite it
strips spatial indexes from the metadata of the whole process, and a PostGIS schema made after it
has none.
"""

from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, Index, MetaData, String, event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from geodata.geometry import ShapelyGeometry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
# Execution options of a query that shall see merged-away records too.
WITH_MERGED = {"with_merged": True}


class Base(DeclarativeBase):
    """All tables of one database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy, never changed
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[list[str]]: JSON,
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
    `given` are the form's own coordinates as written, with their datum, so that a mistake in the
    datum can be repaired later.
    A record with `merged_into` stands in another of its table and is hidden from queries.
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
    given: Mapped[dict[str, Any] | None]
    merged_into: Mapped[int | None] = mapped_column(index=True)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return (Index(None, "lon", "lat"), spatial_index(cls.__tablename__))


@event.listens_for(Session, "do_orm_execute")
def _hide_merged(state: ORMExecuteState) -> None:
    """Every query leaves merged-away records out, so that no screen can forget to."""
    if (
        state.is_select
        and not state.is_column_load
        and not state.is_relationship_load
        and not state.execution_options.get("with_merged", False)
    ):
        standing = with_loader_criteria(
            Locatable, lambda cls: cls.merged_into.is_(None), include_aliases=True
        )
        state.statement = state.statement.options(standing)
