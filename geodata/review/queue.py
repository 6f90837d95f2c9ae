"""What waits for a person: addresses in doubt, those that touch most workers first.

An item weighs the workers affected times the metres its position may be off. Workers are those of
the demand sites at the address itself; for a service point or lunch outlet those it says it serves,
else those of the sites within 1 km of its best-known spot. Where nobody knows the workers the item
stands after all that have a weight, the least certain first: unknown is not 0.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.model import Level
from geodata.moments import utc_now
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.review.affected import Sites, Spot, all_sites, own_workers, sites_around
from geodata.review.candidates import candidates_by_key
from geodata.review.origins import forms_by_key
from geodata.review.reach import owner, reaches
from geodata.review.stored import TABLES, Row, rows_by_key
from geodata.tables import Decision, ReviewItem


@dataclass(frozen=True, slots=True)
class Item:
    """One address in doubt: `workers` None is unknown, `error_m` how far off it may be.

    `ref` is a short name for `canonical`; lon and lat are where it is drawn now, None for nowhere;
    `forms` are those its records were sent in with.
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
    forms: tuple[str, ...] = ()

    @property
    def weight(self) -> float | None:
        """Workers times metres; None where the workers are unknown."""
        return None if self.workers is None else self.workers * self.error_m


def queue(session: Session, *, by: Person | None = None) -> list[Item]:
    """All that is undecided, the weightiest first; `by` narrows it to a person's own reach."""
    undecided = select(ReviewItem).where(ReviewItem.canonical.not_in(select(Decision.canonical)))
    items = _items(session, session.scalars(undecided).all(), by)
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


def address(session: Session, canonical: str) -> Item:
    """One address, asked about or not.

    Raises:
        NotFoundError: no record has it.
    """
    plain = ReviewItem(canonical=canonical, verdict=Verdict.ACCEPT.value, doubts=[], at=utc_now())
    found = _items(session, [session.get(ReviewItem, canonical) or plain])
    if not found:
        raise NotFoundError("没有哪条记录用这个地址了。")
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


def _items(session: Session, asked: Sequence[ReviewItem], by: Person | None = None) -> list[Item]:
    by_key = rows_by_key(session, [one.canonical for one in asked])
    if by is not None:
        by_key = {key: rows for key, rows in by_key.items() if reaches(by, rows)}
    candidates = candidates_by_key(session, list(by_key))
    spots = {key: _spot(rows, candidates.get(key, ())) for key, rows in by_key.items()}
    sites = _sites(session, [spot for spot in spots.values() if spot])
    forms = forms_by_key(session, by_key)
    found = []
    for one in asked:
        if rows := by_key.get(one.canonical, []):
            affected, spot = own_workers(rows), spots[one.canonical]
            if affected is None and spot is not None:
                affected = sites.beside(spot)
            some = candidates.get(one.canonical, ())
            found.append(_item(one, rows, some, affected, forms.get(one.canonical, ())))
    return found


def _sites(session: Session, spots: Sequence[Spot]) -> Sites:
    return sites_around(session, spots) if len(spots) == 1 else all_sites(session)


def _item(
    asked: ReviewItem,
    rows: Sequence[Row],
    candidates: tuple[Candidate, ...],
    workers: int | None,
    forms: tuple[str, ...],
) -> Item:
    drawn = next((row for row in rows if _is_point(row)), None)
    return Item(
        canonical=asked.canonical,
        ref=ref_of(asked.canonical),
        names=tuple(dict.fromkeys(row.name for row in rows)),
        address=rows[0].address,
        district=owner(rows[0]),
        verdict=Verdict(asked.verdict),
        doubts=tuple(Doubt(doubt) for doubt in asked.doubts),
        workers=workers,
        error_m=_error_m(rows, candidates),
        candidates=candidates,
        lon=drawn.lon if drawn else None,
        lat=drawn.lat if drawn else None,
        since=asked.at,
        sample=any(is_sample(row.name) for row in rows),
        forms=forms,
    )


def _spot(rows: Sequence[Row], candidates: Sequence[Candidate]) -> Spot | None:
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
