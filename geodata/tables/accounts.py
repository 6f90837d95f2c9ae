"""Who may sign in, and who changed or read what."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class AuditEvent(Base):
    """One change of a record, or one read of a contact; `at` is in UTC, `by` a login."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "record_table", "record_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    record_table: Mapped[str]
    record_id: Mapped[int | None]
    district: Mapped[str]
    detail: Mapped[dict[str, Any]]
