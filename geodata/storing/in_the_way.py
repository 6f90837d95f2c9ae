"""What has been done since with the records of an import: it would be lost if that were undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from geodata.duplicates.find import OPEN
from geodata.storing.held import Record, table, table_of_class
from geodata.storing.ready import LOCATED, TABLES
from geodata.tables import (
    AuditEvent,
    Base,
    Contact,
    Decision,
    Duplicate,
    EditedField,
    ImportBefore,
    ImportRun,
    Merge,
    ServicePoint,
    SourceRow,
    StatusChange,
)

SERVICE = ServicePoint.__tablename__
RECORDS = (*TABLES, SERVICE)
# What an import makes itself beside its records, and what is looked at in its own way.
_OURS = {
    one.__tablename__
    for one in (ServicePoint, StatusChange, Contact, SourceRow, ImportBefore, AuditEvent)
}
Ranges = Mapping[str, Sequence[tuple[int, int]]]
Reason = tuple[Record, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows one run wrote: those it made, by table as first and last id, and by its images."""

    run: ImportRun
    made: Ranges

    def makes(self, column: Column[Any], name: str) -> ColumnElement[bool]:
        """Whether a column holds the id of a row of a table that the run made."""
        ranges = (column.between(*one) for one in self.made.get(name, ()))
        return or_(false(), *ranges)

    def changes(self, column: Column[Any], name: str) -> ColumnElement[bool]:
        """Whether a column holds the id of a row of a table that the run wrote over."""
        of = table_of_class(ImportBefore)
        mine = select(of.c.record_id).where(of.c.run_id == self.run.id, of.c.record_table == name)
        return column.in_(mine)

    def has(self, column: Column[Any], name: str) -> ColumnElement[bool]:
        """Whether a column holds the id of a row of a table that the run made or wrote over."""
        return or_(self.makes(column, name), self.changes(column, name))


def in_the_way(session: Session, touched: Touched) -> Iterator[Reason]:
    """Records that somebody or a later import has touched since, and how; some more than once."""
    for name in RECORDS:
        for query, how in _queries(touched, name):
            for record_id in session.scalars(query.distinct()):
                yield (name, record_id), how


def _queries(touched: Touched, name: str) -> Iterator[tuple[Select[Any], str]]:
    yield from _later_imports(touched, name)
    yield from _by_persons(touched, name)
    yield from _attached(touched, name)
    if name == SERVICE:
        yield _moved(touched), "改过状态"
    if name == "place":
        yield _joined(touched), "添了别的服务"
    if name in {one.__tablename__ for one in LOCATED}:
        yield _decided(touched, name), "核定过位置"
        yield from _judged(touched, name)
    if name != SERVICE:
        yield _replaced(touched, name), "换成了别的记录"


def _later_imports(touched: Touched, name: str) -> Iterator[tuple[Select[Any], str]]:
    how = "后来的导入也写过"
    for of in map(table_of_class, (SourceRow, ImportBefore)):
        mine = select(of.c.record_id).where(of.c.record_table == name)
        later = mine.where(of.c.run_id > touched.run.id, touched.has(of.c.record_id, name))
        yield later, how


def _by_persons(touched: Touched, name: str) -> Iterator[tuple[Select[Any], str]]:
    """Edits and whatever else the audit trail tells of a record, reading it aside."""
    edited, event = table_of_class(EditedField), table_of_class(AuditEvent)
    for of in (edited, event):
        since = and_(of.c.record_table == name, of.c.at > touched.run.at)
        mine = select(of.c.record_id).where(since, touched.has(of.c.record_id, name))
        yield (mine if of is edited else mine.where(of.c.action.not_like("%.read"))), "人工改过"


def _attached(touched: Touched, name: str) -> Iterator[tuple[Select[Any], str]]:
    """Rows of any other table that refer to a record the run made."""
    for of in Base.metadata.tables.values():
        if of.name in _OURS:
            continue
        for key in of.foreign_keys:
            if key.column.table.name == name:
                yield select(key.parent).where(touched.makes(key.parent, name)), "有别的记录挂着"
        if {"record_table", "record_id"}.issubset(of.c.keys()):
            mine = select(of.c.record_id).where(of.c.record_table == name)
            yield mine.where(touched.makes(of.c.record_id, name)), "有别的记录挂着"


def _moved(touched: Touched) -> Select[Any]:
    """Services the run made whose status is no longer the declared one."""
    of = table_of_class(StatusChange)
    return select(of.c.service_point_id).where(
        of.c.before != "", touched.makes(of.c.service_point_id, SERVICE)
    )


def _replaced(touched: Touched, name: str) -> Select[Any]:
    """Rows under the run's ids that it did not bring."""
    of, source = table(name), table_of_class(SourceRow)
    brought = select(source.c.record_id).where(
        source.c.run_id == touched.run.id, source.c.record_table == name
    )
    return select(of.c.id).where(touched.makes(of.c.id, name), of.c.id.not_in(brought))


def _joined(touched: Touched) -> Select[Any]:
    """Places the run made at which others have put a service."""
    of = table_of_class(ServicePoint)
    return select(of.c.place_id).where(
        touched.makes(of.c.place_id, "place"), ~touched.has(of.c.id, SERVICE)
    )


def _decided(touched: Touched, name: str) -> Select[Any]:
    of, decision = table(name), table_of_class(Decision)
    return (
        select(of.c.id)
        .join(decision, decision.c.canonical == of.c.canonical)
        .where(decision.c.at > touched.run.at, touched.has(of.c.id, name))
    )


def _judged(touched: Touched, name: str) -> Iterator[tuple[Select[Any], str]]:
    pair, merge = table_of_class(Duplicate), table_of_class(Merge)
    for of, sides in (
        (pair, (pair.c.first_id, pair.c.second_id)),
        (merge, (merge.c.kept_id, merge.c.gone_id)),
    ):
        since = and_(of.c.record_table == name, of.c.at > touched.run.at)
        said = since if of is merge else and_(since, of.c.state != OPEN)
        for side in sides:
            yield select(side).where(said, touched.has(side, name)), "判过是否重复"
