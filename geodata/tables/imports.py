"""Which files were taken in, which row each record came from, and what was refused of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class ImportRun(Base):
    """One file that was published; a run taken back says when (UTC) and by whom."""

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
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class ImportMade(Base):
    """Rows of a table that a run made, by id, the last one inside.

    One writes at a time, so that all rows of a run stand together.
    """

    __tablename__ = "import_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    record_table: Mapped[str]
    first_id: Mapped[int]
    last_id: Mapped[int]


class ImportBefore(Base):
    """What a run overwrote of one row: the columns it wrote, before and after.

    `record_key` stands for the id where a table has none. Persons are not here: an import adds
    contacts and never overwrites one.
    """

    __tablename__ = "import_before"
    __table_args__ = (Index(None, "record_table", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    record_table: Mapped[str]
    record_id: Mapped[int]
    record_key: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


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


class RefusedRow(Base):
    """A row that became no record: why, and its public cells as header and text."""

    __tablename__ = "refused_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    sheet: Mapped[str]
    row: Mapped[int]
    reason: Mapped[str]
    cells: Mapped[list[list[str]]]


class RefusedCell(Base):
    """A cell that did not hold what its column asks for; `found` is blank if it is private."""

    __tablename__ = "refused_cell"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    sheet: Mapped[str]
    row: Mapped[int]
    column: Mapped[str]
    header: Mapped[str]
    found: Mapped[str]
    expected: Mapped[str]


class EditedField(Base):
    """A field a person wrote: no import writes it again."""

    __tablename__ = "edited_field"
    __table_args__ = (UniqueConstraint("record_table", "record_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_table: Mapped[str]
    record_id: Mapped[int]
    field: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class DataVersion(Base):
    """One row, whose number grows with every published change: readers reload on it."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
