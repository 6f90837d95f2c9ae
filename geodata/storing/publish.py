"""Putting a file into the tables, by identity, inside a transaction handed in.

A record met again is compared field by field, so that the same file twice changes nothing. The
file is read batch by batch; nothing here holds all of it.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from geodata.duplicates.standing import standing_keys
from geodata.moments import utc_now
from geodata.review.candidates import Found
from geodata.review.suspect import findings_from, suspected
from geodata.storing.compare import File, Planned, plan
from geodata.storing.doors import doors
from geodata.storing.held import Held, load_held, table_of_class
from geodata.storing.incoming import Incoming, keys_in
from geodata.storing.left_out import left_out
from geodata.storing.outcome import Outcome, Tally
from geodata.storing.ready import LOCATED, Ready
from geodata.storing.traces import Traces
from geodata.storing.write import apply
from geodata.tables import ImportRun, RefusedCell, RefusedRow
from geodata.version import grow_version

_REFUSALS_A_STEP = 1_000


def compared(session: Session, file: Incoming) -> Outcome:
    """What publishing a file would do, duplicates left aside; writes nothing."""
    tally = Tally()
    for rows in _rows(file):
        tally.add(_plans(session, file, rows))
    tally.left_out, tally.left_names = left_out(session, file.file, tally.met)
    return tally.outcome


def publish(session: Session, file: Incoming, *, at: datetime | None = None) -> Outcome:
    """Write a file's records and what was refused of it, as of a moment in UTC (now if None).

    No run is kept of a file that changed nothing, unless its refused rows are to be kept.
    """
    run = _start_run(session, file, at or utc_now())
    tally, traces = Tally(), Traces.begin(session, run)
    touched: dict[str, array[int]] = {}
    for rows in _rows(file):
        plans = _plans(session, file, rows)
        for table, record_id in apply(session, plans, run):
            touched.setdefault(table, array("q")).append(record_id)
        traces.questions(_found(rows), _fresh(plans))
        tally.add(plans)
    tally.duplicates = sum(
        traces.duplicates(located, touched.get(located.__tablename__, array("q")))
        for located in LOCATED
    )
    tally.left_out, tally.left_names = left_out(session, file.file, tally.met)
    traces.finish()
    stored = tally.stored
    run.new, run.changed, run.same = stored.new, stored.changed, stored.same
    has_changed = bool(stored.new or stored.changed)
    is_kept = has_changed or bool(file.rows_refused and not _taken_before(session, run))
    if is_kept:
        run.rows_read = sum(tally.words.values()) + file.rows_refused
        _keep_refusals(session, file, run)
    else:
        traces.forget()
        session.delete(run)
    if has_changed:
        grow_version(session)
    return replace(tally.outcome, run_id=run.id if is_kept else None)


def _start_run(session: Session, file: Incoming, at: datetime) -> ImportRun:
    run = ImportRun(
        file=file.file,
        sha256=file.sha256,
        at=at,
        rows_read=0,
        rows_refused=file.rows_refused,
        forms=list(file.forms),
        new=0,
        changed=0,
        same=0,
    )
    session.add(run)
    session.flush()
    return run


def _taken_before(session: Session, run: ImportRun) -> bool:
    """Whether this very file was taken in before, and its refused rows are kept since then."""
    same = select(ImportRun.id).where(ImportRun.sha256 == run.sha256, ImportRun.id != run.id)
    return session.scalar(same.where(ImportRun.undone_at.is_(None)).limit(1)) is not None


def _plans(session: Session, file: Incoming, rows: Sequence[Ready]) -> list[Planned]:
    batch = doors(rows, _standing(session, rows))
    held = load_held(session, batch)
    _leave_to_their_own(file, held)
    codes = {code for kind, code in held.coded}
    keys = {row["key"] for row in held.by_id.values()}
    beside = File(file.shared_codes(codes), keys_in(file, keys))
    return [plan(door, held, beside) for door in batch]


def _leave_to_their_own(file: Incoming, held: Held) -> None:
    """A record that was only found under another key goes to the row that has its own."""
    elsewhere = {
        found: f"{found[0]} {row['key']}"
        for found, row in held.records.items()
        if row.get("key", found[1]) != found[1]
    }
    taken = file.identities_in(set(elsewhere.values()))
    for found, identity in elsewhere.items():
        if identity in taken:
            del held.records[found]


def _standing(session: Session, rows: Sequence[Ready]) -> dict[str, str]:
    """Where the records that were merged into others stand now, by identity."""
    found: dict[str, str] = {}
    for table in LOCATED:
        name = table.__tablename__
        keys = {row.key for row in rows if row.table == name}
        if keys:
            moved = standing_keys(session, table, keys)
            found |= {f"{name} {key}": into for key, into in moved.items()}
    return found


def _rows(file: Incoming) -> Iterator[list[Ready]]:
    """The rows, with coordinates in a suspected datum kept off the map."""
    datums = findings_from(file.findings)
    for rows in file.batches():
        yield suspected(rows, datums) if datums else rows


def _found(rows: Sequence[Ready]) -> list[tuple[str, Found]]:
    """What locating the rows left for a person, by canonical address."""
    return [(row.values["canonical"], row.found) for row in rows if "canonical" in row.values]


def _fresh(plans: Sequence[Planned]) -> set[str]:
    """The canonical addresses at which the batch has new records and no other."""
    new = {one.door.values.get("canonical", "") for one in plans if one.row is None}
    return new - {one.door.values.get("canonical", "") for one in plans if one.row is not None}


def _keep_refusals(session: Session, file: Incoming, run: ImportRun) -> None:
    """Keep what was refused, readable after the staging area is cleared."""
    for some in file.refusals(_REFUSALS_A_STEP):
        rows = [{"run_id": run.id, **one.payload} for one in some if one.is_row]
        cells = [{"run_id": run.id, **one.payload} for one in some if not one.is_row]
        for of, values in ((RefusedRow, rows), (RefusedCell, cells)):
            if values:
                session.execute(insert(table_of_class(of)), values)
