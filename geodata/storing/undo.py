"""Undoing a whole import: what it made goes, what it wrote over comes back, or nothing happens.

An import can be undone as long as nobody and no later import has touched its records; otherwise
that would be lost, and the undoing is refused and names them. It is not known of a later file that
it merely repeated what this one brought: such records go too, and importing that file again brings
them back. What a person said of the file itself (its datum) and paid geocodes stay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.duplicates.find import find_duplicates
from geodata.errors import ConflictError, NotFoundError
from geodata.moments import utc_now
from geodata.store import Store
from geodata.storing.held import Record, rows_with, table, table_of_class
from geodata.storing.in_the_way import RECORDS, SERVICE, Reason, Touched, in_the_way
from geodata.storing.put_back import images, remove_and_restore
from geodata.storing.questions_back import asked_since, restore_questions
from geodata.storing.ready import LOCATED, TABLES
from geodata.storing.traces import forget, plain
from geodata.tables import ImportBefore, ImportMade, ImportRun, ServicePoint
from geodata.version import grow_version

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: how many records went, and how many are as they were before."""

    run: int
    file: str
    removed: int
    restored: int


def undo(store: Store, run_id: int, *, by: str) -> Undone:
    """Undo one import in one transaction.

    Raises:
        NotFoundError: there is no such import.
        ConflictError: it was undone before, or its records have been touched since.
    """
    with store.writing() as session:
        return undo_in(session, run_id, by=by)


def undo_in(session: Session, run_id: int, *, by: str) -> Undone:
    """`undo` inside a write transaction handed in."""
    run = _run(session, run_id)
    touched = Touched(run, _made(session, run_id))
    _refuse_if_touched_since(session, touched)
    changed = _changed(session, run_id)
    newest = _is_newest(session, run)
    asked = asked_since(session, touched)
    try:
        removed = remove_and_restore(session, touched)
    except IntegrityError as error:
        raise ConflictError(
            f"第 {run_id} 次导入不能撤销：后来的记录占了原来的名称或门牌。"
            "请先改正那些记录，或者改正文件再导入一次。"
        ) from error
    restore_questions(session, touched, asked, newest=newest)
    forget(session, run_id)
    run.undone_at, run.undone_by = utc_now(), by
    session.flush()
    session.expire_all()
    if not newest:
        _look_for_duplicates(session, changed)
    grow_version(session)
    detail = {"removed": removed, "restored": len(changed)}
    record(
        session, by=by, action="import.undo", table="import_run", record_id=run_id, detail=detail
    )
    return Undone(run_id, run.file, removed, len(changed))


def _run(session: Session, run_id: int) -> ImportRun:
    run = session.get(ImportRun, run_id)
    if run is None:
        raise NotFoundError(f"没有第 {run_id} 次导入；编号见 zhitu imports。")
    if run.undone_at is not None:
        by = f"，由 {run.undone_by}" if run.undone_by else ""
        raise ConflictError(
            f"第 {run_id} 次导入已经在 {run.undone_at:%Y-%m-%d %H:%M} UTC 撤销过{by}。"
        )
    kept = (select(of.run_id).where(of.run_id == run_id) for of in (ImportMade, ImportBefore))
    if (run.new or run.changed) and not any(session.scalar(one.limit(1)) for one in kept):
        raise ConflictError(f"第 {run_id} 次导入早于本版程序，没有留下原样，不能整次撤销。")
    return run


def _is_newest(session: Session, run: ImportRun) -> bool:
    later = select(ImportRun.id).where(ImportRun.id > run.id, ImportRun.undone_at.is_(None))
    return session.scalar(later.limit(1)) is None


def _made(session: Session, run_id: int) -> dict[str, list[tuple[int, int]]]:
    made: dict[str, list[tuple[int, int]]] = {}
    for row in session.scalars(select(ImportMade).filter_by(run_id=run_id)):
        made.setdefault(row.record_table, []).append((row.first_id, row.last_id))
    return made


def _refuse_if_touched_since(session: Session, touched: Touched) -> None:
    reasons: dict[Record, str] = {}
    for one, how in (*in_the_way(session, touched), *_different(session, touched.run.id)):
        reasons.setdefault(one, how)
    if not reasons:
        return
    first = list(reasons.items())[:_NAMED]
    named = dict.fromkeys(f"“{_name(session, *one)}”（{how}）" for one, how in first)
    more = f"等 {len(reasons)} 处" if len(reasons) > len(first) else ""
    raise ConflictError(
        f"第 {touched.run.id} 次导入不能整次撤销，导入以后它的记录有过别的改动："
        f"{'、'.join(named)}{more}。"
        "请逐处处理，或者改正文件再导入一次。"
    )


def _different(session: Session, run_id: int) -> Iterator[Reason]:
    """Rows in which a column the run wrote is no longer what it wrote."""
    for name in RECORDS:
        of = _table(name)
        seen: set[int] = set()
        for some in images(session, run_id, name):
            last = {one["record_id"]: one["after"] for one in reversed(some)}
            new = {row_id: after for row_id, after in last.items() if row_id not in seen}
            seen |= new.keys()
            columns = [column for column in of.c if column.name != "geom"]
            rows = rows_with(session, select(*columns), of.c.id, new)
            now = {row["id"]: plain(row) for row in rows}
            for row_id, after in new.items():
                row = now.get(row_id, {})
                if any(row.get(column) != value for column, value in after.items()):
                    yield (name, row_id), "内容又改过"


def _table(name: str) -> Table:
    return table_of_class(ServicePoint) if name == SERVICE else table(name)


def _name(session: Session, name: str, row_id: int) -> str:
    of = _table(name)
    for row in rows_with(session, select(of), of.c.id, [row_id]):
        return str(row.get("name") or row.get("union") or row.get("town") or row_id)
    return str(row_id)


def _changed(session: Session, run_id: int) -> set[Record]:
    """The records a run changed; those whose services it changed among them."""
    found = {
        (name, one["record_id"])
        for name in TABLES
        for some in images(session, run_id, name)
        for one in some
    }
    of, services = table_of_class(ServicePoint), set[int]()
    for some in images(session, run_id, SERVICE):
        left = {one["before"].get("place_id") for one in some} - {None}
        found |= {("place", place) for place in left}
        services |= {one["record_id"] for one in some if "place_id" not in one["before"]}
    at = rows_with(session, select(of.c.place_id), of.c.id, services)
    return found | {("place", row["place_id"]) for row in at}


def _look_for_duplicates(session: Session, changed: Iterable[Record]) -> None:
    records = list(changed)
    for located in LOCATED:
        ids = [row_id for name, row_id in records if name == located.__tablename__]
        find_duplicates(session, located, ids)
