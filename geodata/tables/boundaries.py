"""Outlines of towns, from files their users load: no complete free set exists."""

from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class TownBoundary(Base):
    """The outline of one town in WGS-84; `approximate` where it is a guess and says so."""

    __tablename__ = "town_boundary"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    district: Mapped[str]
    geom: Mapped[BaseGeometry]
    source: Mapped[str]
    approximate: Mapped[bool]
