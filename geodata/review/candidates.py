"""What was found for addresses that are no plain accept, kept for a person to choose from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from geodata.declared import DeclaredKeyed, Placed
from geodata.model import Datum, Level, Position
from geodata.place.address import canonical
from geodata.place.candidate import Candidate, Verdict
from geodata.place.district import canonical_district
from geodata.review.decisions import now
from geodata.tables import GeocodeCandidate, ReviewItem

# SQLite takes 32,766 bound values a statement.
KEYS_A_QUERY = 10_000


def keep_candidates(session: Session, placed: Iterable[Placed]) -> None:
    """Remember verdict and candidates of records being published; call it once a chunk of them.

    What is already stored stays untouched, so that the same file twice changes nothing; an address
    that is plainly accepted now leaves the queue. Decisions are neither read nor written: what a
    person decided is never asked again.
    """
    by_key: dict[str, Placed] = {}
    for one in placed:
        if one.address is not None and not isinstance(one.declared, DeclaredKeyed):
            key = canonical(one.address, canonical_district(one.declared.district) or "")
            by_key[key] = _graver(by_key.get(key), one)
    for keys in _chunks(list(by_key)):
        _put_items(session, {key: by_key[key] for key in keys})
        _put_candidates(session, {key: by_key[key].candidates for key in keys})
    session.flush()


def candidates_of(session: Session, key: str) -> tuple[Candidate, ...]:
    """The candidates of a canonical address, in the order of trust."""
    return _stored(session, [key]).get(key, ())


def _graver(one: Placed | None, other: Placed) -> Placed:
    """Of two records at one address the one with the graver verdict, the first of two equals."""
    order = tuple(Verdict).index
    return other if one is None or order(other.verdict) > order(one.verdict) else one


def _put_items(session: Session, placed: dict[str, Placed]) -> None:
    rows = session.scalars(select(ReviewItem).where(ReviewItem.canonical.in_(placed)))
    held = {row.canonical: row for row in rows}
    for key, one in placed.items():
        row, doubts = held.get(key), [doubt.value for doubt in one.doubts]
        if one.verdict is Verdict.ACCEPT:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(ReviewItem(canonical=key, verdict=one.verdict, doubts=doubts, at=now()))
        elif (row.verdict, row.doubts) != (one.verdict.value, doubts):
            row.verdict, row.doubts = one.verdict.value, doubts


def _put_candidates(session: Session, found: dict[str, tuple[Candidate, ...]]) -> None:
    held = _stored(session, list(found))
    changed = {key: some for key, some in found.items() if held.get(key, ()) != some}
    for keys in _chunks(list(changed)):
        session.execute(delete(GeocodeCandidate).where(GeocodeCandidate.canonical.in_(keys)))
    rows = [
        _values(key, n, one) for key, some in changed.items() for n, one in enumerate(some, start=1)
    ]
    if rows:
        session.execute(insert(GeocodeCandidate), rows)


def _stored(session: Session, keys: Sequence[str]) -> dict[str, tuple[Candidate, ...]]:
    asked = select(GeocodeCandidate).where(GeocodeCandidate.canonical.in_(keys))
    found: dict[str, tuple[Candidate, ...]] = {}
    for row in session.scalars(asked.order_by(GeocodeCandidate.canonical, GeocodeCandidate.n)):
        found[row.canonical] = (*found.get(row.canonical, ()), _candidate(row))
    return found


def _candidate(row: GeocodeCandidate) -> Candidate:
    position = Position(
        row.lon, row.lat, Level(row.level), row.error_m, row.source, Datum(row.source_datum)
    )
    return Candidate(position, row.provider, row.road, row.district, row.town, row.matched)


def _values(key: str, n: int, one: Candidate) -> dict[str, Any]:
    spot = one.position
    return {
        "canonical": key,
        "n": n,
        "provider": one.provider,
        "lon": spot.lon,
        "lat": spot.lat,
        "level": spot.level.value,
        "error_m": spot.error_m,
        "source": spot.source,
        "source_datum": spot.datum.value,
        "road": one.road,
        "district": one.district,
        "town": one.town,
        "matched": one.matched,
        "at": now(),
    }


def _chunks(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), KEYS_A_QUERY):
        yield keys[start : start + KEYS_A_QUERY]
