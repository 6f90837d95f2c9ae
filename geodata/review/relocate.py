"""All stored records put to the ladder again, when gazetteer or grammar have changed.

Locating is slow and only reads; what differs is then written in one short transaction. What a
person decided is left alone. `repair` reads the coordinates of one import in another datum.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.declared import Placed
from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.model import Datum, Level
from geodata.place.detective import DatumFinding, DatumWatch
from geodata.place.locate import Locator
from geodata.place.question import ask
from geodata.queries import view_in
from geodata.review.candidates import found_of, keep_found
from geodata.review.decisions import rulings
from geodata.review.paid import kept_answers
from geodata.review.stored import (
    TABLES,
    Row,
    answered,
    declared_of,
    edited_positions,
    write,
)
from geodata.review.suspect import keep_answer
from geodata.store import Store
from geodata.tables import ImportRun, SourceRow
from geodata.version import grow_version
from geodata.views import PlannerView

Progress = Callable[[int, int], None]
Record = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: level "" and None for nowhere, then with the reason."""

    lon: float | None
    lat: float | None
    level: str
    error_m: float | None
    reason: str
    district: str

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is drawn; the middle of a road, town or district is not."""
        if self.lon is None or self.lat is None or not Level(self.level).is_point:
            return None
        return self.lon, self.lat


@dataclass(frozen=True, slots=True)
class Move:
    """A record that does not stay as it was, be it only in the source it was found in."""

    table: str
    id: int
    name: str
    address: str
    before: Spot
    after: Spot

    @property
    def moved_m(self) -> float | None:
        """Metres between two points; None when it was or will be none."""
        a, b = self.before.point, self.after.point
        return None if a is None or b is None else float(geodesic_m(*a, *b))

    @property
    def stands(self) -> bool:
        """Whether position, level, error and district are the same."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Relocation:
    """What relocating did, or would do: coverage before and after, and datums in doubt by run."""

    moves: tuple[Move, ...]
    same: int
    decided: int
    before: PlannerView
    after: PlannerView
    datums: Mapping[int, tuple[DatumFinding, ...]] = field(default_factory=dict)

    @property
    def states(self) -> list[tuple[str, str, str]]:
        """Demand sites whose state changes: name, before, after."""
        was = {site.id: site.state for site in self.before.sites}
        return [
            (site.name, was[site.id], site.state)
            for site in self.after.sites
            if site.id in was and was[site.id] != site.state
        ]


@dataclass(frozen=True, slots=True)
class Repair:
    """Read the coordinates that import run `run` brought in `datum`; `by` is who says so."""

    run: int
    datum: Datum
    by: str = ""


@dataclass(slots=True)
class _Survey:
    """New answers by record, gathered in a reading transaction."""

    placed: dict[Record, Placed] = field(default_factory=dict)
    found: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    decided: int = 0
    watches: dict[int, DatumWatch] = field(default_factory=dict)


def relocate(
    store: Store,
    locator: Locator,
    *,
    dry_run: bool = False,
    repair: Repair | None = None,
    progress: Progress | None = None,
) -> Relocation:
    """Locate everything again; with `dry_run` only say what would change.

    Raises:
        NotFoundError: the run to be repaired brought no coordinates.
    """
    with store.reading() as session:
        survey = _survey(session, locator, repair, progress)
    with store.writing() as session:
        step = session.begin_nested()
        before = view_in(session, walking=store.walking)
        moves = tuple(_carry_out(session, survey, repair))
        after = view_in(session, walking=store.walking)
        if dry_run:
            step.rollback()
        else:
            step.commit()
            if moves:
                grow_version(session)
            if repair is not None:
                _remember(session, repair, len(moves))
    datums = {run: found for run, watch in survey.watches.items() if (found := watch.findings())}
    return Relocation(moves, survey.same, survey.decided, before, after, datums)


def _survey(
    session: Session, locator: Locator, repair: Repair | None, progress: Progress | None
) -> _Survey:
    survey, settled = _Survey(), edited_positions(session)
    standing = replace(locator, decisions=rulings(session), providers=())
    runs = _runs(session)
    rows = [row for row in _rows(session) if repair is None or _is_of(row, repair, runs)]
    if repair is not None and not rows:
        raise NotFoundError(f"第 {repair.run} 次导入里没有带坐标的记录：请核对次数。")
    online = kept_answers(session, (row.canonical for row in rows))
    for n, row in enumerate(rows, start=1):
        if row.canonical in standing.decisions or (row.__tablename__, row.id) in settled:
            survey.decided += 1
        else:
            kept = online.get(row.canonical)
            placed = _answer(row, replace(standing, providers=(kept,) if kept else ()), repair)
            _note(survey, row, placed, runs)
        if progress is not None:
            progress(n, len(rows))
    return survey


def _note(survey: _Survey, row: Row, placed: Placed, runs: Mapping[Record, int]) -> None:
    record = row.__tablename__, row.id
    if placed.address is not None:
        survey.found.append((row.canonical, found_of(placed)))
    if record in runs:
        survey.watches.setdefault(runs[record], DatumWatch()).see(placed)
    if answered(row, placed).differing:
        survey.placed[record] = placed
    else:
        survey.same += 1


def _carry_out(session: Session, survey: _Survey, repair: Repair | None) -> Iterable[Move]:
    decided = rulings(session).keys()
    stored = {(row.__tablename__, row.id): row for row in _rows(session)}
    for (name, record_id), placed in survey.placed.items():
        row = stored.get((name, record_id))
        # Gone, or decided, while the rest was being located.
        if row is None or row.canonical in decided:
            continue
        before = _spot(row)
        if repair is not None and row.given is not None:
            row.given = row.given | {"datum": repair.datum.value}
        if write(session, answered(row, placed)):
            yield Move(name, record_id, row.name, row.address, before, _spot(row))
    keep_found(session, survey.found)


def _remember(session: Session, repair: Repair, moved: int) -> None:
    run = session.get(ImportRun, repair.run)
    if run is not None:
        keep_answer(session, run.sha256, repair.datum)
    detail = {"datum": repair.datum.value, "records": moved}
    record(
        session,
        by=repair.by,
        action="review.datum",
        table="import_run",
        record_id=repair.run,
        detail=detail,
    )


def _answer(row: Row, locator: Locator, repair: Repair | None) -> Placed:
    declared = declared_of(row)
    if repair is not None and declared.coordinates is not None:
        pair = replace(declared.coordinates, datum=repair.datum)
        declared = replace(declared, coordinates=pair)
    return locator.answer(ask(declared))


def _rows(session: Session) -> list[Row]:
    rows: list[Row] = []
    for table in TABLES:
        rows += session.scalars(select(table).order_by(table.id))
    return rows


def _runs(session: Session) -> dict[Record, int]:
    """The import run each record was last read in."""
    columns = select(SourceRow.record_table, SourceRow.record_id, SourceRow.run_id)
    found = session.execute(columns.order_by(SourceRow.run_id))
    return {(table, record_id): run for table, record_id, run in found}


def _is_of(row: Row, repair: Repair, runs: Mapping[Record, int]) -> bool:
    return row.given is not None and runs.get((row.__tablename__, row.id)) == repair.run


def _spot(row: Row) -> Spot:
    return Spot(row.lon, row.lat, row.level or "", row.error_m, row.reason, row.district)
