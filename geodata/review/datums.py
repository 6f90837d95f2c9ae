"""Files whose coordinates look like another datum than they say: one question a file.

The answer is `relocate` with a `Repair`: in the datum they look like, or as they say after all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.model import Datum
from geodata.place.candidate import FORM, GAZETTEER, Candidate, Doubt
from geodata.place.detective import DatumFinding, detect_datum
from geodata.review.candidates import candidates_by_key
from geodata.review.reach import reaches
from geodata.review.stored import KEYS_A_QUERY, TABLES, Row, rows_by_key
from geodata.review.suspect import answer_for
from geodata.tables import ImportRun, ReviewItem, SourceRow


@dataclass(frozen=True, slots=True)
class DatumQuestion:
    """One file, the evidence, how many records wait for the answer, and whether it is his to give.

    `run` is the import's number.
    """

    run: int
    file: str
    finding: DatumFinding
    waiting: int
    answerable: bool

    @property
    def off_m(self) -> float:
        """How far the batch lies off as it stands, by the median."""
        return float(np.hypot(self.finding.east_m, self.finding.north_m))


def datum_questions(session: Session, *, by: Person) -> list[DatumQuestion]:
    """Those that touch a record within a person's reach."""
    asked = session.execute(select(ReviewItem.canonical, ReviewItem.doubts))
    keys = [key for key, doubts in asked if Doubt.DATUM_SUSPECT in doubts]
    by_key = rows_by_key(session, keys)
    rows = [row for some in by_key.values() for row in some if row.given is not None]
    candidates = candidates_by_key(session, keys)
    found = []
    for run, mine in sorted(_by_run(session, rows).items()):
        made = _question(session, run, mine, candidates, by)
        found += [made] if made else []
    return found


def may_answer(session: Session, run: int, *, by: Person) -> bool:
    """Whether every record a run brought is within a person's reach."""
    return by.everywhere or all(reaches(by, [row]) for row in _of_run(session, run))


def _question(
    session: Session,
    run: int,
    rows: Sequence[Row],
    candidates: Mapping[str, tuple[Candidate, ...]],
    by: Person,
) -> DatumQuestion | None:
    file = session.get(ImportRun, run)
    if file is None or answer_for(session, file.sha256) is not None:
        return None
    finding = _finding([candidates.get(row.canonical, ()) for row in rows])
    if finding is None or not any(reaches(by, [row]) for row in rows):
        return None
    waiting = sum(row.lon is None for row in rows)
    return DatumQuestion(run, file.file, finding, waiting, may_answer(session, run, by=by))


def _finding(found: Iterable[Sequence[Candidate]]) -> DatumFinding | None:
    """What the pairs of one file say, of the datum that most of them are said to be in."""
    pairs: dict[Datum, list[tuple[float, float, float, float]]] = {}
    for some in found:
        form = next((one.position for one in some if one.provider == FORM), None)
        door = next((one.position for one in some if one.provider == GAZETTEER), None)
        if form and door:
            pairs.setdefault(form.datum, []).append((form.lon, form.lat, door.lon, door.lat))
    if not pairs:
        return None
    said = max(pairs, key=lambda datum: len(pairs[datum]))
    four = np.array(pairs[said])
    return detect_datum(four[:, :2], four[:, 2:], said=said)


def _by_run(session: Session, rows: Sequence[Row]) -> dict[int, list[Row]]:
    """The records by the import they were last read in."""
    runs: dict[tuple[str, int], int] = {}
    for table in TABLES:
        ids = [row.id for row in rows if row.__tablename__ == table.__tablename__]
        runs |= {
            (table.__tablename__, record_id): run
            for record_id, run in _last_runs(session, table.__tablename__, ids)
        }
    found: dict[int, list[Row]] = {}
    for row in rows:
        if (run := runs.get((row.__tablename__, row.id))) is not None:
            found.setdefault(run, []).append(row)
    return found


def _last_runs(session: Session, table: str, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    columns = select(SourceRow.record_id, SourceRow.run_id).order_by(SourceRow.run_id)
    for start in range(0, len(ids), KEYS_A_QUERY):
        some = SourceRow.record_id.in_(ids[start : start + KEYS_A_QUERY])
        found = session.execute(columns.where(SourceRow.record_table == table, some))
        yield from ((record_id, run) for record_id, run in found)


def _of_run(session: Session, run: int) -> list[Row]:
    rows: list[Row] = []
    for table in TABLES:
        mine = select(SourceRow.record_id).where(
            SourceRow.record_table == table.__tablename__, SourceRow.run_id == run
        )
        rows += session.scalars(select(table).where(table.id.in_(mine)))
    return rows
