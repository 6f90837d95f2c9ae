"""Numbers by which two databases can be told to hold the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person, Role
from geodata.exports.rows import desk_rows, every_place, public_rows
from geodata.keeping.plain import read, tables
from geodata.snapshot import PUBLIC
from geodata.snapshot_load import public_place

_ALL = Person("keeping", Role.ADMIN)


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows a table has, and a hash of all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(slots=True)
class Digest:
    """A hash that grows by rows."""

    rows: int = 0
    _hash: Any = field(default_factory=sha256)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take in some rows."""
        for row in rows:
            line = dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=_written)
            self._hash.update(line.encode("utf-8", "surrogatepass") + b"\n")
            self.rows += 1

    def done(self) -> TableDigest:
        """What it has come to."""
        return TableDigest(self.rows, self._hash.hexdigest())


def digests(connection: Connection) -> dict[str, TableDigest]:
    """Of every table by name."""
    return {table.name: _of(read(connection, table)) for table in tables()}


def export_hash(session: Session) -> str:
    """SHA-256 of all that the exports say of every place: to the public, and to the offices."""
    found = Digest()
    for row in every_place(session):
        found.add(public_rows(public_place(row, PUBLIC)))
        found.add(desk_rows(row, _ALL))
    return found.done().sha256


def _of(parts: Iterable[Sequence[Sequence[Any]]]) -> TableDigest:
    found = Digest()
    for rows in parts:
        found.add(rows)
    return found.done()


def _written(value: Any) -> str:
    if isinstance(value, BaseGeometry):
        return shapely.to_wkb(value, hex=True, include_srid=False)  # type: ignore[no-any-return]
    return value.isoformat() if isinstance(value, date) else bytes(value).hex()
