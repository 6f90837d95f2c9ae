"""Where a service point's values came from: rows of files, and what a person wrote over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.tables import EditedField, ImportRun, ServicePoint, SourceRow

# A column that has the value of an edited field under another name.
_WRITTEN_AS = {
    "hours_text": ("hours", "services_hours"),
    "funds_yuan": ("funds",),
    "area_m2": ("area",),
    "public_phone": ("phone",),
    "half_days_per_week": ("half_days",),
}


@dataclass(frozen=True, slots=True)
class Differs:
    """A field that a person keeps from what the file has: another import would have written it."""

    field: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One row of a file; `at` is in UTC. Persons are in no column."""

    file: str
    sheet: str
    row: int
    form: str
    at: datetime
    differs: tuple[Differs, ...]


def origins(
    session: Session, point: ServicePoint
) -> tuple[tuple[Origin, ...], Mapping[str, tuple[str, datetime]]]:
    """The rows the place was last read from, the newest first, and who edited which field."""
    marks = session.scalars(
        select(EditedField).filter_by(record_table="service_point", record_id=point.id)
    )
    edited = {mark.field: (mark.by, mark.at) for mark in marks}
    rows = session.execute(
        select(SourceRow, ImportRun.at)
        .join(ImportRun, SourceRow.run_id == ImportRun.id)
        .where(SourceRow.record_table == "place", SourceRow.record_id == point.place_id)
        .order_by(ImportRun.at.desc(), SourceRow.row)
    )
    found = tuple(
        Origin(row.file, row.sheet, row.row, row.form, at, _differs(point, row, edited))
        for row, at in rows
    )
    return found, edited


def _differs(
    point: ServicePoint, row: SourceRow, edited: Mapping[str, tuple[str, datetime]]
) -> tuple[Differs, ...]:
    found = []
    for name in edited:
        for written in _WRITTEN_AS.get(name, (name,)):
            column, text = row.columns.get(written, ("", ""))
            if text and str(text).strip() != str(getattr(point, name)):
                found.append(Differs(name, str(column), str(text).strip()))
    return tuple(found)
