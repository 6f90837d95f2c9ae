"""Where anything of a person is kept: every text of every table, and files that were sent in.

New tables and columns are looked through without being named here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    RowMapping,
    Select,
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
class Held:
    """A row that holds the person; `files` are its columns of bytes that do, or may."""

    table: Table
    key: tuple[Any, ...]
    files: tuple[str, ...] = ()


def search(session: Session, sought: Sought) -> list[Held]:
    """Every row that holds the person. It reads everything: that takes long."""
    searched = (table for table in Base.metadata.sorted_tables if table.name not in _NOT_SEARCHED)
    return [held for table in searched for held in _in_table(session, table, sought)]


def remove(session: Session, sought: Sought, held: Iterable[Held], *, mark: str) -> dict[str, int]:
    """Take the person out of rows that held him, as they are now; returns the rows by table.

    `mark` stands in keys in place of what was cut out, so that no two become one.
    """
    counts: Counter[str] = Counter()
    for one in held:
        keys = zip(one.table.primary_key, one.key, strict=True)
        here = and_(*(column == value for column, value in keys))
        row = session.execute(_texts(one.table).where(here)).mappings().one_or_none()
        values = {} if row is None else _rewritten(one, row, sought)
        if values is None:
            session.execute(delete(one.table).where(here))
        elif values:
            session.execute(update(one.table).where(here).values(_marked(one.table, values, mark)))
        counts[one.table.name] += values != {}
    # Objects read before must not be written back as they were.
    session.expire_all()
    return dict(+counts)


def _in_table(session: Session, table: Table, sought: Sought) -> Iterator[Held]:
    files = [c for c in table.columns if (table.name, c.name) in _FILES]
    # A file is read for itself: a page of them would not fit into memory.
    query = _texts(table).execution_options(yield_per=_A_STEP)
    for row in session.execute(query).mappings():
        holding = tuple(c.name for c in files if _file_holds(session, c, row, sought))
        if holding or _without(table, row, sought) != {}:
            yield Held(table, tuple(row[key.name] for key in table.primary_key), holding)


def _texts(table: Table) -> Select[Any]:
    """The keys of the rows and their texts."""
    keys = list(table.primary_key)
    texts = [c for c in _columns_of_text(table) if c not in keys]
    # JSON comes as it is written: of a million values hardly one is worth reading.
    plain = [type_coerce(cast(c, Text), Text).label(c.name) for c in texts]
    return select(*keys, *plain).order_by(*keys)


def _columns_of_text(table: Table) -> list[Column[Any]]:
    return [c for c in table.columns if isinstance(c.type, String | JSON)]


def _rewritten(held: Held, row: Row, sought: Sought) -> Mapping[str, Any] | None:
    """What the row's columns become; None where it goes whole, empty where he is in it no more."""
    values = _without(held.table, row, sought)
    if values is None or not all(held.table.columns[name].nullable for name in held.files):
        return None
    return {**values, **dict.fromkeys(held.files)}


def _without(table: Table, row: Row, sought: Sought) -> Mapping[str, Any] | None:
    """The columns that hold the person, written anew; None where the row is about nobody else."""
    if table.name == "contact":
        whole = (row["name"], row["mobile"], row["email"], row["role"])
        return None if sought.is_person(*whole) else {}
    values: dict[str, Any] = {}
    for column in _columns_of_text(table):
        before = row[column.name]
        if before is None or not sought.holds(_ESCAPED.sub("\n", before)):
            continue
        if (table.name, column.name) == ("staged_record", "persons"):
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


def _marked(table: Table, found: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """Values as they are written: those that must be unique carry the mark of this erasure."""
    values = dict(found)
    for name in _unique(table) & values.keys():
        if isinstance(values[name], str):
            values[name] += mark
    if table.name == "account":
        # Who asked to be forgotten signs in no more.
        values["active"] = False
    return values


def _unique(table: Table) -> set[str]:
    among = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    among += [one.columns for one in table.indexes if one.unique]
    return {column.name for some in (*among, table.primary_key.columns) for column in some}
