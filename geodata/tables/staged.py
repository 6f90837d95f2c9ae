"""Files on their way in: what they hold, before anything of it is published.

No reader of the data looks here. Rows go when their file is published or given up; what a killed
program left behind goes when the next one opens the database.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class StagedFile(Base):
    """One file; `touched` tells a file still being read (UTC) from one left behind.

    An id is never given twice: whoever gives a file up late must not hit another's.
    """

    __tablename__ = "staged_file"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    sha256: Mapped[str]
    touched: Mapped[datetime]
    ready: Mapped[bool]
    rows_refused: Mapped[int]
    forms: Mapped[list[str]]
    findings: Mapped[dict[str, Any]]


class StagedRecord(Base):
    """One record as it will be published, and where the first row of the same identity stands.

    `door` is the `n` of that first row; `payload` holds public values, `persons` the contacts.
    """

    __tablename__ = "staged_record"
    __table_args__ = (
        Index(None, "file_id", "door", "n"),
        Index(None, "file_id", "key", "n"),
        Index(None, "file_id", "code"),
    )

    file_id: Mapped[int] = mapped_column(
        ForeignKey("staged_file.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[int]
    key: Mapped[str]
    code: Mapped[str]
    payload: Mapped[str]
    persons: Mapped[str]


class StagedRefusal(Base):
    """A refused row, or (not `is_row`) a cell at fault."""

    __tablename__ = "staged_refusal"

    file_id: Mapped[int] = mapped_column(
        ForeignKey("staged_file.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(primary_key=True)
    is_row: Mapped[bool]
    payload: Mapped[dict[str, Any]]
