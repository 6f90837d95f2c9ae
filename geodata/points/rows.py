"""All service points in memory, of every status: what the desk's table and its map show."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.inspections.due import cards
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot_load import load_snapshot
from geodata.store import Store
from geodata.tables import Place, ServicePoint


@dataclass(frozen=True, slots=True)
class PointRow:
    """One service point. None is unknown; `due_on` is the last day of its open yellow card.

    `place` is its door with all services, whoever may see them.
    """

    id: int
    place: PublicPlace
    service: PublicService
    union: str
    code: str
    works: str
    grade: str
    workers: int | None
    due_on: date | None

    @property
    def name(self) -> str:
        return self.service.name or self.place.name

    @property
    def kind(self) -> Kind:
        return self.service.kind

    @property
    def status(self) -> Status:
        return self.service.status

    @property
    def year(self) -> int | None:
        return self.service.year

    def is_overdue(self, on: date) -> bool:
        """Whether a rectification should have been done before a day."""
        return self.due_on is not None and self.due_on < on


@dataclass(frozen=True, eq=False)
class PointRows:
    """Every service point of one data version, by place and id."""

    version: int
    rows: tuple[PointRow, ...]


def point_rows(store: Store) -> Callable[[], PointRows]:
    """Reads the rows anew when the data have changed."""

    @lru_cache(maxsize=1)
    def load(_version: int) -> PointRows:
        with store.reading() as session:
            return load_rows(session)

    return lambda: load(store.version())


def load_rows(session: Session) -> PointRows:
    """Every standing service point."""
    snapshot = load_snapshot(session, frozenset(Status))
    due = {card.service_id: card.due_on for card in cards(session, only_open=True)}
    beside = _beside(session)
    rows = [
        _row(place, service, more, due)
        for place in snapshot.places
        for service, more in zip(place.services, beside[place.id], strict=True)
    ]
    return PointRows(snapshot.version, tuple(rows))


def _beside(session: Session) -> dict[int, list[Any]]:
    """What the public values leave out, in the order of a place's services."""
    s = ServicePoint
    query = select(s.place_id, s.id, s.union, s.official_code, s.works, s.grade, s.workers)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.join(Place).order_by(s.id)):
        found[row.place_id].append(row)
    return found


def _row(
    place: PublicPlace, service: PublicService, more: Any, due: dict[int, date | None]
) -> PointRow:
    return PointRow(
        id=more.id,
        place=place,
        service=service,
        union=more.union,
        code=more.official_code,
        works=more.works or "",
        grade=more.grade,
        workers=more.workers,
        due_on=due.get(more.id),
    )


def places_of(rows: Sequence[PointRow]) -> dict[int, list[PointRow]]:
    """Rows by their place, in the order they come."""
    found: dict[int, list[PointRow]] = {}
    for row in rows:
        found.setdefault(row.place.id, []).append(row)
    return found
