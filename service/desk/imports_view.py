"""What the import pages show: the history, how a file stands, its rows as in the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.accounts import audit
from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.tables import ImportRun, Upload, UploadRow
from service import uploads
from service.jobs.imports import COMMIT
from service.uploads import Sent

PAGE = 50
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history: a file sent in here, or a run of the command line."""

    name: str
    at: datetime
    by: str
    state: str
    upload_id: int | None
    run: ImportRun | None
    undone: bool
    can_undo: bool


def state_of(file: Sent, job: Job | None) -> str:
    """How a file stands, as the end of the key of its word."""
    if file.committed is not None:
        return "imported" if file.run_id is not None else "unchanged"
    if job is None or not file.is_kept:
        return "cleared"
    if job.state in {State.WAITING, State.RUNNING}:
        return "importing" if job.kind == COMMIT else "reading"
    if job.state is State.DONE:
        return "ready"
    return job.state.value


def job_of(session: Session, file: Sent) -> Job | None:
    """The last job about a file; None when there was none, or it was cleared away."""
    if file.job_id is None:
        return None
    try:
        return queue.job(session, file.job_id)
    except NotFoundError:
        return None


def history(session: Session, person: Person) -> list[Told]:
    """Files and runs, the newest first, of which the person may know."""
    files = [one for one in uploads.newest(session, _LISTED) if one.opens_to(person)]
    runs = {run.id: run for run in _runs(session)}
    told = [_of_file(session, one, runs.get(one.run_id or 0), person) for one in files]
    if person.everywhere:
        mine = select(Upload.run_id).where(Upload.run_id.in_(runs))
        known = set(session.scalars(mine))
        told += [_of_run(run, person) for run in runs.values() if run.id not in known]
    return sorted(told, key=lambda one: one.at, reverse=True)[:_LISTED]


def may_undo(person: Person, file: Sent | None) -> bool:
    """Who may take an import back: its sender, and a reviewer who may open it."""
    if file is None:
        return person.everywhere and person.role.may(Role.REVIEWER)
    return file.opens_to(person)


def _runs(session: Session) -> Sequence[ImportRun]:
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(_LISTED)).all()


def _of_file(session: Session, file: Sent, run: ImportRun | None, person: Person) -> Told:
    undone = run is not None and run.undone_at is not None
    return Told(
        name=file.name,
        at=file.at,
        by=file.by,
        state="undone" if undone else state_of(file, job_of(session, file)),
        upload_id=file.id,
        run=run,
        undone=undone,
        can_undo=run is not None and not undone and may_undo(person, file),
    )


def _of_run(run: ImportRun, person: Person) -> Told:
    undone = run.undone_at is not None
    return Told(
        name=run.file,
        at=run.at,
        by="",
        state="undone" if undone else "imported",
        upload_id=None,
        run=run,
        undone=undone,
        can_undo=not undone and may_undo(person, None),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of rows, by the table each belongs to; `only_near` leaves quiet rows out."""

    parts: tuple[tuple[Mapping[str, Any], tuple[UploadRow, ...]], ...]
    only_near: bool
    number: int
    last: int
    near: int
    total: int


def sheet_of(
    session: Session, upload_id: int, found: Mapping[str, Any], *, number: int, everything: bool
) -> Sheet:
    """The rows of a file as in the sheet; those about faults, unless there are none or all are."""
    mine = select(UploadRow).where(UploadRow.upload_id == upload_id)
    counted = select(func.count()).where(UploadRow.upload_id == upload_id)
    total = session.scalar(counted) or 0
    near = session.scalar(counted.where(UploadRow.near)) or 0
    only_near = bool(near) and not everything
    if only_near:
        mine = mine.where(UploadRow.near)
    last = max(1, -(-(near if only_near else total) // PAGE))
    number = min(max(1, number), last)
    rows = session.scalars(mine.order_by(UploadRow.n).offset((number - 1) * PAGE).limit(PAGE)).all()
    parts = {row.part: found["tables"][row.part] for row in rows}
    return Sheet(
        parts=tuple(
            (table, tuple(row for row in rows if row.part == part)) for part, table in parts.items()
        ),
        only_near=only_near,
        number=number,
        last=last,
        near=near,
        total=total,
    )


def note(session: Session, file: Sent, action: str, *, by: str, **detail: object) -> None:
    """One entry about a file in the audit trail."""
    told = {"file": file.name, **detail}
    audit.record(session, by=by, action=action, table="upload", record_id=file.id, detail=told)
