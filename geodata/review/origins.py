"""Where the records of an address come from: file, sheet, row and the cell of the address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.review.stored import KEYS_A_QUERY, Row
from geodata.tables import Place, SourceRow


@dataclass(frozen=True, slots=True)
class Origin:
    """A record and the row it was last read from; row 0 when nobody knows any more.

    `column` is that of the address, "" if the form has none. `town` is what the form says.
    """

    table: str
    id: int
    name: str
    kinds: tuple[str, ...]
    file: str
    sheet: str
    row: int
    column: str


def origins(session: Session, rows: Sequence[Row]) -> list[Origin]:
    """One for each record, as it was last read."""
    return [_origin(row, _last_read(session, row)) for row in rows]


def forms_by_key(
    session: Session, by_key: Mapping[str, Sequence[Row]]
) -> dict[str, tuple[str, ...]]:
    """The forms the records of each canonical address were sent in with."""
    records = {(row.__tablename__, row.id): key for key, rows in by_key.items() for row in rows}
    found: dict[str, dict[str, None]] = {}
    for table, record_id, form in _forms(session, list(records)):
        found.setdefault(records[table, record_id], {})[form] = None
    return {key: tuple(forms) for key, forms in found.items()}


def _forms(session: Session, records: Sequence[tuple[str, int]]) -> Iterator[Any]:
    columns = select(SourceRow.record_table, SourceRow.record_id, SourceRow.form).distinct()
    for table in sorted({name for name, _ in records}):
        ids = [record_id for name, record_id in records if name == table]
        for start in range(0, len(ids), KEYS_A_QUERY):
            some = SourceRow.record_id.in_(ids[start : start + KEYS_A_QUERY])
            yield from session.execute(columns.where(SourceRow.record_table == table, some))


def _last_read(session: Session, row: Row) -> SourceRow | None:
    read = select(SourceRow).filter_by(record_table=row.__tablename__, record_id=row.id)
    return session.scalars(read.order_by(SourceRow.id.desc()).limit(1)).first()


def _origin(row: Row, read: SourceRow | None) -> Origin:
    kinds = tuple(one.kind for one in row.services) if isinstance(row, Place) else (row.kind,)
    return Origin(
        table=row.__tablename__,
        id=row.id,
        name=row.name,
        kinds=tuple(dict.fromkeys(kinds)),
        file=read.file if read else "",
        sheet=read.sheet if read else "",
        row=read.row if read else 0,
        column=read.columns["address"][0] if read and "address" in read.columns else "",
    )
