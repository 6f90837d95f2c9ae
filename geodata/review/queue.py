"""What waits for a person: addresses in doubt, those that touch most workers first.

An item weighs the workers affected times the metres its position may be off. Workers are those of
the demand sites at the address itself; for a service point or lunch outlet those it says it serves,
else those of the sites within 1 km of its best-known spot. Where nobody knows the workers the item
stands after all that have a weight, the least certain first: unknown is not 0.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.arrays import floats, lonlat
from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.model import Level
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.review.candidates import candidates_by_key
from geodata.review.stored import TABLES, Row
from geodata.tables import Decision, DemandSite, Place, ReviewItem

BESIDE_M = 1000.0


@dataclass(frozen=True, slots=True)
class Item:
    """One address in doubt: `workers` None is unknown, `error_m` how far off it may be.

    `ref` is a short name for `canonical`; lon and lat are where it is drawn now, None for nowhere.
    """

    canonical: str
    ref: str
    names: tuple[str, ...]
    address: str
    district: str
    verdict: Verdict
    doubts: tuple[Doubt, ...]
    workers: int | None
    error_m: float
    candidates: tuple[Candidate, ...]
    lon: float | None
    lat: float | None
    since: datetime
    sample: bool

    @property
    def weight(self) -> float | None:
        """Workers times metres; None where the workers are unknown."""
        return None if self.workers is None else self.workers * self.error_m


def queue(session: Session) -> list[Item]:
    """All that is undecided, the weightiest first."""
    undecided = select(ReviewItem).where(ReviewItem.canonical.not_in(select(Decision.canonical)))
    items = _items(session, session.scalars(undecided).all())
    return sorted(items, key=_order)


def item(session: Session, canonical: str) -> Item:
    """One address, decided or not.

    Raises:
        NotFoundError: nobody asks about it.
    """
    row = session.get(ReviewItem, canonical)
    found = _items(session, [row]) if row else []
    if not found:
        raise NotFoundError("这个地址不在待核定之列：请用 zhitu review list 查看。")
    return found[0]


def ref_of(canonical: str) -> str:
    """A short name of an address that can be typed."""
    return hashlib.sha256(canonical.encode()).hexdigest()[:10]


def resolve(session: Session, text: str) -> str:
    """The canonical address that a short name, or the canonical address itself, stands for.

    Raises:
        NotFoundError: no stored record, open question or decision has it.
    """
    for column in (ReviewItem.canonical, Decision.canonical, *(t.canonical for t in TABLES)):
        for canonical in session.scalars(select(column).distinct()):
            if text in {canonical, ref_of(canonical)}:
                return canonical
    raise NotFoundError(f"没有编号为 {text} 的地址：请用 zhitu review list 查看。")


def _order(one: Item) -> tuple[bool, float, str]:
    weight = one.error_m if one.weight is None else one.weight
    return one.weight is None, -weight, one.canonical


def _items(session: Session, asked: Sequence[ReviewItem]) -> list[Item]:
    by_key = _records(session, {one.canonical for one in asked})
    candidates = candidates_by_key(session, list(by_key))
    sites = list(session.scalars(select(DemandSite)))
    where, workers = lonlat(sites), floats([site.workers for site in sites])
    found = []
    for one in asked:
        rows = by_key.get(one.canonical, [])
        if not rows:
            continue
        some = candidates.get(one.canonical, ())
        spot = _spot(rows, some)
        affected = _own_workers(rows)
        if affected is None and spot is not None and sites:
            near = geodesic_m(where[:, 0], where[:, 1], *spot) <= BESIDE_M
            known = workers[near & np.isfinite(workers)]
            affected = int(known.sum()) if known.size else None
        found.append(_item(one, rows, some, affected))
    return found


def _item(
    asked: ReviewItem, rows: Sequence[Row], candidates: tuple[Candidate, ...], workers: int | None
) -> Item:
    drawn = next((row for row in rows if _is_point(row)), None)
    return Item(
        canonical=asked.canonical,
        ref=ref_of(asked.canonical),
        names=tuple(dict.fromkeys(row.name for row in rows)),
        address=rows[0].address,
        district=rows[0].district,
        verdict=Verdict(asked.verdict),
        doubts=tuple(Doubt(doubt) for doubt in asked.doubts),
        workers=workers,
        error_m=_error_m(rows, candidates),
        candidates=candidates,
        lon=drawn.lon if drawn else None,
        lat=drawn.lat if drawn else None,
        since=asked.at,
        sample=any(is_sample(row.name) for row in rows),
    )


def _records(session: Session, keys: set[str]) -> dict[str, list[Row]]:
    by_key: dict[str, list[Row]] = {}
    rows: list[Row] = []
    for table in TABLES:
        rows += session.scalars(select(table).order_by(table.id))
    for row in rows:
        if row.canonical in keys:
            by_key.setdefault(row.canonical, []).append(row)
    return by_key


def _own_workers(rows: Iterable[Row]) -> int | None:
    """Of the sites here, else of the service points here; None where none is counted."""
    rows = list(rows)
    of_sites = [row.workers for row in rows if isinstance(row, DemandSite)]
    served = [s.workers for row in rows if isinstance(row, Place) for s in row.services]
    for counted in (of_sites, served):
        known = [count for count in counted if count is not None]
        if known:
            return sum(known)
    return None


def _spot(rows: Sequence[Row], candidates: Sequence[Candidate]) -> tuple[float, float] | None:
    """The best guess where the address is: as drawn, else the first candidate that is a point."""
    for row in rows:
        if _is_point(row) and row.lon is not None and row.lat is not None:
            return row.lon, row.lat
    points = (one.position for one in candidates if one.position.level.is_point)
    first = next(points, None)
    return (first.lon, first.lat) if first else None


def _is_point(row: Row) -> bool:
    return row.level is not None and Level(row.level).is_point


def _error_m(rows: Sequence[Row], candidates: Sequence[Candidate]) -> float:
    """How far off: the stored error, else the widest way between candidates, else a district's."""
    stored = [row.error_m for row in rows if row.error_m is not None]
    if stored:
        return max(stored)
    spots = [one.position for one in candidates]
    apart = [
        float(geodesic_m(a.lon, a.lat, b.lon, b.lat))
        for i, a in enumerate(spots)
        for b in spots[:i]
    ]
    return max((*apart, *(spot.error_m for spot in spots)), default=Level.DISTRICT.prior_error_m)
