"""Long work that waits, runs and has ended, and the files that were sent in for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from geodata.tables.base import Base


class Job(Base):
    """One piece of work; all times are in UTC.

    `holder` is the worker that has it, `heartbeat` when that was last heard of, `tries` how often
    it was begun. `districts` and `unions` are the reach of who asked for it.
    """

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    by: Mapped[str]
    districts: Mapped[list[str]]
    unions: Mapped[list[str]]
    params: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    done: Mapped[int]
    total: Mapped[int]
    sentence: Mapped[str]
    cancel_asked: Mapped[bool]
    holder: Mapped[str]
    tries: Mapped[int]
    heartbeat: Mapped[datetime | None]
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]


class Upload(Base):
    """A file sent in by a page: its bytes, what was corrected of it, and what became of it.

    `name` is for reading only and holds no person. `corrections` are cells a person wrote anew,
    as sheet, row, column, text; private, for a cell may hold a person. `content` goes when it
    is no longer needed, `run_id` says which import the file became.
    """

    __tablename__ = "upload"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    by: Mapped[str]
    districts: Mapped[list[str]]
    unions: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(index=True)
    corrections: Mapped[list[list[str]]]
    job_id: Mapped[int | None]
    run_id: Mapped[int | None] = mapped_column(index=True)
    committed: Mapped[datetime | None]


class UploadRow(Base):
    """A row of an uploaded table as a person sees it, persons left out.

    `near` rows are at fault or beside one. `cells` and `faults` go by column, counted from 0.
    """

    __tablename__ = "upload_row"

    upload_id: Mapped[int] = mapped_column(
        ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[int]
    row: Mapped[int]
    near: Mapped[bool]
    shown: Mapped[dict[str, Any]]
