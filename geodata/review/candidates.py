"""What was found for addresses that are no plain accept, kept for a person to choose from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from geodata.declared import DeclaredKeyed, Placed
from geodata.model import Datum, Level, Position
from geodata.moments import utc_now
from geodata.place.address import canonical
from geodata.place.candidate import Candidate, Verdict
from geodata.place.district import canonical_district
from geodata.tables import GeocodeCandidate, ReviewItem

# SQLite takes 32,766 bound values a statement.
KEYS_A_QUERY = 10_000

Found = dict[str, Any]


def found_of(placed: Placed) -> Found:
    """Verdict and candidates of one record as JSON keeps them; {} for a plain accept.

    {} also stands for a record without an address, about which nobody can be asked.
    """
    if placed.address is None or (placed.verdict is Verdict.ACCEPT and not placed.candidates):
        return {}
    return {
        "verdict": placed.verdict.value,
        "doubts": [doubt.value for doubt in placed.doubts],
        "candidates": [_values(one) for one in placed.candidates],
    }


def keep_candidates(session: Session, placed: Iterable[Placed]) -> None:
    """Remember verdict and candidates of located records, by their canonical addresses."""
    keep_found(
        session,
        (
            (canonical_of(one), found_of(one))
            for one in placed
            if one.address is not None and not isinstance(one.declared, DeclaredKeyed)
        ),
    )


def keep_found(session: Session, found: Iterable[tuple[str, Found]]) -> None:
    """Remember what `found_of` gave, by canonical address; call it once a chunk of records.

    What is already stored stays untouched, so that the same file twice changes nothing; an address
    that is plainly accepted now leaves the queue. Decisions are neither read nor written: what a
    person decided is never asked again.
    """
    by_key: dict[str, Found] = {}
    for key, one in found:
        held = by_key.get(key)
        by_key[key] = one if held is None or _gravity(one) > _gravity(held) else held
    for keys in _chunks(list(by_key)):
        _put_items(session, {key: by_key[key] for key in keys})
        _put_candidates(session, {key: by_key[key].get("candidates", []) for key in keys})
    session.flush()


def candidates_of(session: Session, key: str) -> tuple[Candidate, ...]:
    """The candidates of a canonical address, in the order of trust."""
    return candidates_by_key(session, [key]).get(key, ())


def candidates_by_key(session: Session, keys: Sequence[str]) -> dict[str, tuple[Candidate, ...]]:
    """The candidates of several canonical addresses; no entry where there are none."""
    rows = [row for some in _chunks(keys) for row in _rows(session, some)]
    found: dict[str, tuple[Candidate, ...]] = {}
    for row in rows:
        found[row.canonical] = (*found.get(row.canonical, ()), _candidate(row))
    return found


def canonical_of(placed: Placed) -> str:
    """The key under which a located record is asked about and decided."""
    declared = placed.declared
    if placed.address is None or isinstance(declared, DeclaredKeyed):
        return ""
    return canonical(placed.address, canonical_district(declared.district) or "")


def _gravity(found: Found) -> int:
    return tuple(Verdict).index(Verdict(found.get("verdict", Verdict.ACCEPT)))


def _put_items(session: Session, found: dict[str, Found]) -> None:
    rows = session.scalars(select(ReviewItem).where(ReviewItem.canonical.in_(found)))
    held = {row.canonical: row for row in rows}
    for key, one in found.items():
        row, verdict = held.get(key), one.get("verdict", Verdict.ACCEPT.value)
        if verdict == Verdict.ACCEPT:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(
                ReviewItem(canonical=key, verdict=verdict, doubts=one["doubts"], at=utc_now())
            )
        elif (row.verdict, row.doubts) != (verdict, one["doubts"]):
            row.verdict, row.doubts = verdict, one["doubts"]


def _put_candidates(session: Session, found: dict[str, list[dict[str, Any]]]) -> None:
    held: dict[str, list[dict[str, Any]]] = {key: [] for key in found}
    for row in _rows(session, list(found)):
        held[row.canonical].append(_values(_candidate(row)))
    changed = {key: some for key, some in found.items() if held[key] != some}
    for keys in _chunks(list(changed)):
        session.execute(delete(GeocodeCandidate).where(GeocodeCandidate.canonical.in_(keys)))
    at = utc_now()
    rows = [
        {"canonical": key, "n": n, "at": at} | one
        for key, some in changed.items()
        for n, one in enumerate(some, start=1)
    ]
    if rows:
        session.execute(insert(GeocodeCandidate), rows)


def _rows(session: Session, keys: Sequence[str]) -> list[GeocodeCandidate]:
    asked = select(GeocodeCandidate).where(GeocodeCandidate.canonical.in_(keys))
    ordered = asked.order_by(GeocodeCandidate.canonical, GeocodeCandidate.n)
    return list(session.scalars(ordered, execution_options={"populate_existing": True}))


def _candidate(row: GeocodeCandidate) -> Candidate:
    position = Position(
        row.lon, row.lat, Level(row.level), row.error_m, row.source, Datum(row.source_datum)
    )
    return Candidate(position, row.provider, row.road, row.district, row.town, row.matched)


def _values(one: Candidate) -> dict[str, Any]:
    spot = one.position
    return {
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
    }


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), KEYS_A_QUERY):
        yield keys[start : start + KEYS_A_QUERY]
