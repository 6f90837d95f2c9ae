"""Where anything of a person is kept: every text of every table, and files that were sent in.

New tables and columns are looked through without being named here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    cast,
    delete,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from geodata.erasure.files import may_hold
from geodata.erasure.sought import Sought
from geodata.tables import Base

# Holds no text of persons by its making; the trail keeps the marks of what was deleted.
_NOT_SEARCHED = frozenset({"erasure", "erasure_key"})
_A_STEP = 500
# A line that ends inside a number stands in JSON as a sign of its own.
_ESCAPED = re.compile(r"\\[nrt]")

Row = RowMapping


@dataclass(frozen=True, slots=True)
class Found:
    """A row that holds the person; `values` are its columns written anew, None: it goes whole."""

    table: Table
    row: Row
    values: Mapping[str, Any] | None


def find(session: Session, sought: Sought) -> dict[str, int]:
    """How many rows of each table hold the person; nothing is changed."""
    return dict(Counter(one.table.name for one in _everywhere(session, sought)))


def remove(session: Session, sought: Sought, *, mark: str) -> dict[str, int]:
    """Take the person out of every table; returns the rows by table.

    `mark` stands in keys in place of what was cut out, so that no two become one.
    """
    counts: Counter[str] = Counter()
    for found in list(_everywhere(session, sought)):
        counts[found.table.name] += 1
        here = and_(*(column == found.row[column.name] for column in found.table.primary_key))
        if found.values is None:
            session.execute(delete(found.table).where(here))
        else:
            session.execute(update(found.table).where(here).values(_marked(found, mark)))
    # Objects read before must not be written back as they were.
    session.expire_all()
    return dict(counts)


def _everywhere(session: Session, sought: Sought) -> Iterator[Found]:
    for table in Base.metadata.sorted_tables:
        if table.name not in _NOT_SEARCHED:
            yield from _in_table(session, table, sought)


def _in_table(session: Session, table: Table, sought: Sought) -> Iterator[Found]:
    texts = [c for c in table.columns if isinstance(c.type, String | JSON)]
    files = [c for c in table.columns if (table.name, c.name) in _FILES]
    keys = list(table.primary_key)
    # JSON comes as it is written: of a million values hardly one is worth reading.
    plain = [type_coerce(cast(c, Text), Text).label(c.name) for c in texts if c not in keys]
    # A file is read for itself: a page of them would not fit into memory.
    query = select(*keys, *plain).order_by(*keys).execution_options(yield_per=_A_STEP)
    for row in session.execute(query).mappings():
        values = _without(table.name, row, texts, sought)
        for column in files:
            if values is not None and _file_holds(session, column, row, sought):
                values = {**values, column.name: None} if column.nullable else None
        if values is None or values:
            yield Found(table, row, values)


def _without(
    table: str, row: Row, texts: list[Column[Any]], sought: Sought
) -> Mapping[str, Any] | None:
    """The columns that hold the person, written anew; None where the row is about nobody else."""
    if table == "contact":
        whole = (row["name"], row["mobile"], row["email"], row["role"])
        return None if sought.is_person(*whole) else {}
    values: dict[str, Any] = {}
    for column in texts:
        before = row[column.name]
        if before is None or not sought.holds(_ESCAPED.sub("\n", before)):
            continue
        if (table, column.name) == ("staged_record", "persons"):
            after: Any = _persons(before, sought)
        elif isinstance(column.type, JSON):
            before = json.loads(before)
            after = sought.clean(before)
        else:
            after = sought.cut(before)
        if after != before:
            values[column.name] = after
    return values


def _persons(text: str, sought: Sought) -> str:
    persons = json.loads(text) if text else []
    left = [one for one in persons if not sought.is_person(*one)]
    return text if len(left) == len(persons) else json.dumps(left, ensure_ascii=False)


# Columns of bytes in which a person may stand. Pictures are not: they are drawn anew when sent in.
_FILES = frozenset({("upload", "content"), ("keyed_answer", "body")})


def _file_holds(session: Session, column: Column[Any], row: Row, sought: Sought) -> bool:
    here = and_(*(key == row[key.name] for key in column.table.primary_key))
    content: bytes | None = session.scalar(select(column).where(here))
    return bool(content) and may_hold(content or b"", sought)


def _marked(found: Found, mark: str) -> dict[str, Any]:
    """Values as they are written: those that must be unique carry the mark of this erasure."""
    values = dict(found.values or {})
    for name in _unique(found.table) & values.keys():
        if isinstance(values[name], str):
            values[name] += mark
    if found.table.name == "account":
        # Who asked to be forgotten signs in no more.
        values["active"] = False
    return values


def _unique(table: Table) -> set[str]:
    among = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    among += [one.columns for one in table.indexes if one.unique]
    return {column.name for some in (*among, table.primary_key.columns) for column in some}
