"""Records that may be the same thing, and those a person has made one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Duplicate(Base):
    """Two records of one table that may be the same, and what a person said of them.

    `first_id` is the smaller one. `state` is open, merged or apart; `at` is NULL while it is open.
    """

    __tablename__ = "duplicate"
    __table_args__ = (
        UniqueConstraint("record_table", "first_id", "second_id"),
        Index(None, "record_table", "second_id"),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_table: Mapped[str]
    first_id: Mapped[int]
    second_id: Mapped[int]
    evidence: Mapped[dict[str, Any]]
    state: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime | None]
    note: Mapped[str]


class Merge(Base):
    """A record that stands in another: `undo` holds what it takes to part them again."""

    __tablename__ = "merge"
    __table_args__ = (
        UniqueConstraint("record_table", "gone_id"),
        Index(None, "record_table", "kept_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_table: Mapped[str]
    kept_id: Mapped[int]
    gone_id: Mapped[int]
    undo: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]
