"""Where the records that were merged into others stand now.

A merged-away record keeps its row, its id and its key, with `merged_into` set; queries do not see
it unless they ask for it with `WITH_MERGED`.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.storing.records import LocatableTable
from geodata.tables import Place
from geodata.tables.base import WITH_MERGED

# SQLite takes 32,766 bound values a statement; PostgreSQL more.
_KEYS_A_QUERY = 10_000


def standing_keys(
    session: Session, table: LocatableTable, keys: Collection[str]
) -> Mapping[str, str]:
    """The key of a merged-away record → the key of the record it stands in; the others left out.

    A row that reaches a record through another's key speaks of that record's services, not of
    its name, address or position: those stay as the record's own rows say.
    """
    gone = _gone(session, table)
    if not gone:
        return {}
    standing = {key: _end(gone, into) for key, into in _merged_away(session, table, keys)}
    kept = select(table.id, table.key).where(table.id.in_(set(standing.values())))
    key_of = {row.id: row.key for row in session.execute(kept)}
    return {key: key_of[kept_id] for key, kept_id in standing.items()}


def stands_in(session: Session, place_id: int) -> int | None:
    """The place a merged-away one stands in; None for one that stands itself or never was."""
    gone = _gone(session, Place)
    return _end(gone, gone[place_id]) if place_id in gone else None


def _gone(session: Session, table: LocatableTable) -> dict[int, int]:
    """Each merged-away record and the one it went to, which may have gone on itself."""
    away = select(table.id, table.merged_into).where(table.merged_into.is_not(None))
    rows = session.execute(away, execution_options=WITH_MERGED)
    return {row.id: row.merged_into for row in rows}


def _end(gone: Mapping[int, int], record_id: int) -> int:
    while record_id in gone:
        record_id = gone[record_id]
    return record_id


def _merged_away(
    session: Session, table: LocatableTable, keys: Collection[str]
) -> Iterator[tuple[str, int]]:
    rest = iter(keys)
    while some := list(islice(rest, _KEYS_A_QUERY)):
        away = select(table.key, table.merged_into).where(
            table.key.in_(some), table.merged_into.is_not(None)
        )
        for row in session.execute(away, execution_options=WITH_MERGED):
            yield row.key, row.merged_into
