"""The one door to the database: open it, publish a file into it, read the public snapshot."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from threading import Lock

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from geodata import database
from geodata.declared import ImportedFile, Stored
from geodata.model import Datum, Level, Position
from geodata.publish import publish
from geodata.snapshot import PUBLIC, PUBLIC_WITH_RECTIFYING, Snapshot, load_snapshot
from geodata.tables import DataVersion, Decision


class Store:
    """A database with the current schema. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._snapshots: dict[bool, Snapshot] = {}
        self._refreshing = Lock()

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open a database, making or upgrading its schema.

        Raises:
            StoreError: the URL, the file or its version cannot be used.
        """
        engine = database.engine_for(url)
        database.prepare(engine)
        return cls(engine)

    def reading(self) -> AbstractContextManager[Session]:
        """One consistent view of the data."""
        return database.reading(self.engine)

    def writing(self) -> AbstractContextManager[Session]:
        """One write transaction, all or nothing."""
        return database.writing(self.engine)

    def publish(self, file: ImportedFile) -> Stored:
        """Store all records of a file in one transaction; the same file again changes nothing."""
        with self.writing() as session:
            return publish(session, file)

    def decisions(self) -> Mapping[str, Position]:
        """Positions that persons decided, by canonical address."""
        with self.reading() as session:
            return {
                row.canonical: Position(
                    row.lon,
                    row.lat,
                    Level(row.level),
                    row.error_m,
                    f"人工核定 {row.by}",
                    Datum.WGS84,
                )
                for row in session.scalars(select(Decision))
            }

    def version(self) -> int:
        """A number that grows with every published change."""
        with self.reading() as session:
            return session.scalar(select(DataVersion.number)) or 0

    def snapshot(self, *, rectifying: bool = False) -> Snapshot:
        """All public places in memory, reloaded when the data has changed.

        Places under rectification (黄牌) are left out unless asked for.
        """
        version = self.version()
        with self._refreshing:
            held = self._snapshots.get(rectifying)
            if held is None or held.version != version:
                statuses = PUBLIC_WITH_RECTIFYING if rectifying else PUBLIC
                with self.reading() as session:
                    held = self._snapshots[rectifying] = load_snapshot(session, statuses)
            return held

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()
