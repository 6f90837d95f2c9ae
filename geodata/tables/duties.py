"""What health points held or plan to hold: half-days, visits, lectures."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class DutyEvent(Base):
    """One half-day, visit or lecture; several may fall on a day.

    `announced_on` of NULL: not announced, or nobody wrote down when.
    """

    __tablename__ = "duty_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_point_id: Mapped[int] = mapped_column(
        ForeignKey("service_point.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    on: Mapped[date]
    announced_on: Mapped[date | None]
    note: Mapped[str]
    by: Mapped[str]
