"""What a run makes and overwrites, kept so that the whole run can be taken back.

Rows it makes are told by their ids: one writes at a time, so that all ids above the last are its
own. Of rows it overwrites the columns are kept, before and after. Contacts are only ever added by
an import: their ids are kept here, never what they say.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from geodata.duplicates.find import find_duplicates
from geodata.review.candidates import Found, keep_found
from geodata.storing.bulk import insert_many
from geodata.storing.held import rows_with, table_of_class
from geodata.storing.ready import TABLES, Values
from geodata.storing.records import LocatableTable
from geodata.tables import (
    Base,
    Contact,
    Duplicate,
    GeocodeCandidate,
    ImportBefore,
    ImportMade,
    ImportRun,
    ReviewItem,
    ServicePoint,
    SourceRow,
    StatusChange,
)

_WRITTEN: tuple[type[Base], ...] = (
    *TABLES.values(),
    ServicePoint,
    StatusChange,
    Contact,
    SourceRow,
)
MADE = tuple(map(table_of_class, _WRITTEN))
PAIRS, QUESTIONS = Duplicate.__tablename__, ReviewItem.__tablename__


@dataclass(frozen=True, slots=True)
class Overwritten:
    """One row a run wrote over; `key` stands for the id where a table has none."""

    table: str
    id: int
    before: Values
    after: Values
    key: str = ""


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of one run; `last` are the highest ids before it, by table."""

    session: Session
    run: ImportRun
    last: Mapping[str, int]

    @classmethod
    def begin(cls, session: Session, run: ImportRun) -> "Traces":
        """Before the run writes anything."""
        return cls(session, run, {of.name: _last(session, of) for of in MADE})

    def keep(self, rows: Iterable[Overwritten]) -> None:
        """Note what was written over."""
        keep_overwritten(self.session, self.run, rows)

    def questions(self, found: Sequence[tuple[str, Found]], fresh: Collection[str]) -> None:
        """`keep_found`, with what it writes over.

        At `fresh` addresses only records the run makes stand: what it is the first to ask there
        is told by its time.
        """
        before = questions_of(self.session, {key for key, _ in found})
        keep_found(self.session, found)
        known = {key for key, one in found if one and key not in fresh} | before.keys()
        after = questions_of(self.session, known)
        self.keep(
            Overwritten(QUESTIONS, 0, before.get(key, {}), timeless(after.get(key, {})), key)
            for key in sorted(known)
            if before.get(key) != after.get(key)
        )

    def duplicates(self, located: LocatableTable, ids: Sequence[int]) -> int:
        """`find_duplicates`, with the pairs it makes and writes over."""
        touched = np.array(ids, dtype=np.int64)
        stored = touched[touched <= self.last[located.__tablename__]].tolist()
        before, of = _pairs(self.session, located, stored), table_of_class(Duplicate)
        last = _last(self.session, of)
        new = find_duplicates(self.session, located, touched)
        self._made(of, last)
        after = {
            row["id"]: plain(row)
            for row in rows_with(self.session, select(of), of.c.id, before.keys())
        }
        self.keep(
            Overwritten(PAIRS, row_id, row, after.get(row_id, {}))
            for row_id, row in before.items()
            if row != after.get(row_id)
        )
        return new

    def finish(self) -> None:
        """After the run has written everything."""
        for of in MADE:
            self._made(of, self.last[of.name])

    def forget(self) -> None:
        """Keep no trace: nothing came of the run."""
        forget(self.session, self.run.id)

    def _made(self, of: Table, last: int) -> None:
        mine = select(func.min(of.c.id), func.max(of.c.id)).where(of.c.id > last)
        first, newest = self.session.execute(mine).one()
        if newest is not None:
            made = {"record_table": of.name, "first_id": first, "last_id": newest}
            keeping = insert(table_of_class(ImportMade))
            self.session.execute(keeping.values(run_id=self.run.id, **made))


def keep_overwritten(session: Session, run: ImportRun, rows: Iterable[Overwritten]) -> None:
    """Note rows that a run wrote over."""
    values = [
        {
            "run_id": run.id,
            "record_table": row.table,
            "record_id": row.id,
            "record_key": row.key,
            "before": plain(row.before),
            "after": plain(row.after),
        }
        for row in rows
    ]
    insert_many(session, table_of_class(ImportBefore), values)


def forget(session: Session, run_id: int) -> None:
    """Remove what a run wrote over; the ids it gave stay known, so that none is given again."""
    session.execute(delete(ImportBefore).where(ImportBefore.run_id == run_id))


def plain(values: Mapping[str, Any]) -> Values:
    """Column values as JSON takes them."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }


def _last(session: Session, of: Table) -> int:
    return session.scalar(select(func.max(of.c.id))) or 0


def _pairs(session: Session, located: LocatableTable, ids: Sequence[int]) -> dict[int, Values]:
    """All pairs one side of which is among the ids, by id."""
    of = table_of_class(Duplicate)
    mine = select(of).where(of.c.record_table == located.__tablename__)
    sides = (of.c.first_id, of.c.second_id)
    return {row["id"]: plain(row) for side in sides for row in rows_with(session, mine, side, ids)}


def questions_of(session: Session, keys: Iterable[str]) -> dict[str, Values]:
    """The review item and the candidates of addresses, where there are any."""
    found: dict[str, Values] = {}
    asked = sorted(keys)
    item, candidate = table_of_class(ReviewItem), table_of_class(GeocodeCandidate)
    for row in rows_with(session, select(item), item.c.canonical, asked):
        found[row["canonical"]] = {"item": plain(row), "candidates": []}
    ordered = select(candidate).order_by(candidate.c.n)
    for row in rows_with(session, ordered, candidate.c.canonical, asked):
        none: Values = {"item": None, "candidates": []}
        found.setdefault(row["canonical"], none)["candidates"].append(plain(row))
    return found


def timeless(question: Values) -> Values:
    """What a question says, without when it came up and its candidates' numbers."""
    if not question:
        return {}
    item, candidates = question["item"], question["candidates"]
    said = {"verdict": item["verdict"], "doubts": item["doubts"]} if item else None
    spots = [{k: v for k, v in one.items() if k not in {"id", "at"}} for one in candidates]
    return {"item": said, "candidates": spots}
