"""What consumer maps show of our points."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class MapListing(Base):
    """How one service point stands in one map application, as last looked up."""

    __tablename__ = "map_listing"
    __table_args__ = (UniqueConstraint("service_point_id", "app"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_point_id: Mapped[int] = mapped_column(
        ForeignKey("service_point.id", ondelete="CASCADE"), index=True
    )
    app: Mapped[str]
    state: Mapped[str]
    on: Mapped[date]
    by: Mapped[str]
    note: Mapped[str]
