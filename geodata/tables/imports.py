"""Which files were taken in, and which row each record came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


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


class DataVersion(Base):
    """One row, whose number grows with every published change: readers reload on it."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
