"""The one door to the database: open it, publish a file into it, read the public snapshot."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from geodata import database
from geodata.answers.city import City
from geodata.answers.load import load_city
from geodata.coverage.walking import ESTIMATE, Walking
from geodata.declared import ImportedFile, Stored
from geodata.errors import StoreError
from geodata.place.ruling import Ruling
from geodata.postgres import ANSWER_S
from geodata.review.decisions import rulings
from geodata.snapshot import PUBLIC, PUBLIC_WITH_RECTIFYING, Snapshot
from geodata.snapshot_load import load_snapshot
from geodata.storing.short import Short
from geodata.storing.staging import Staging
from geodata.sweeping import unswept
from geodata.tables import DataVersion

_VERSION = select(DataVersion.number)


class Store:
    """A database with the current schema. Safe to share between threads."""

    def __init__(self, engine: Engine, *, walking: Walking = ESTIMATE) -> None:
        self.engine = engine
        self.walking = walking
        self._snapshots: dict[bool, Snapshot] = {}
        self._refreshing = Lock()
        self._city: City | None = None
        self._loading = Lock()

    @classmethod
    def open(cls, url: str, *, walking: Walking = ESTIMATE, copies: Path | None = None) -> "Store":
        """Open a database, making or upgrading its schema; `walking` measures walks.

        Before an upgrade a filled SQLite file is copied to the folder `copies`.

        Raises:
            StoreError: the URL, the file or its version cannot be used.
        """
        engine = database.engine_for(url)
        database.prepare(engine, copies=copies)
        opened = cls(engine, walking=walking)
        opened.staging.clean()
        return opened

    @classmethod
    def existing(cls, url: str, *, copies: Path | None = None) -> "Store":
        """Open a database that must be there: opening would make an empty file.

        Raises:
            StoreError: there is no such file, or it cannot be used.
        """
        parsed = database.engine_for(url, makes=False).url
        if parsed.get_backend_name() == "sqlite" and not os.path.isfile(parsed.database or ""):
            raise StoreError(f"没有这个数据库文件：{parsed.database}")
        return cls.open(url, copies=copies)

    @classmethod
    def attached(cls, url: str, *, walking: Walking = ESTIMATE) -> "Store":
        """A database that was opened before: nothing of it is made, upgraded or tidied."""
        return cls(database.engine_for(url, makes=False), walking=walking)

    @classmethod
    def answering(cls, url: str, *, walking: Walking = ESTIMATE) -> "Store":
        """As `attached`, for who answers requests: no statement holds a thread for ever."""
        return cls(database.engine_for(url, answer_s=ANSWER_S, makes=False), walking=walking)

    @property
    def staging(self) -> Staging:
        """Where files wait before they are published."""
        return Staging(self.engine)

    def reading(self) -> AbstractContextManager[Session]:
        """One consistent view of the data."""
        return database.reading(self.engine)

    def writing(self) -> AbstractContextManager[Session]:
        """One write transaction, all or nothing."""
        return database.writing(self.engine)

    def publish(self, file: ImportedFile, *, at: datetime | None = None) -> Stored:
        """Store all records of a file in one transaction; the same file again changes nothing.

        `at` is the moment in UTC it is dated by, now if None.
        """
        short = Short(file.name, file.sha256)
        short.add(file.records, [])
        short.finish(forms=file.forms, rows_refused=file.rows_refused, findings={})
        return self.staging.publish(short, at=at).stored

    def decisions(self) -> Mapping[str, Ruling]:
        """What persons decided, by canonical address."""
        with self.reading() as session:
            return rulings(session)

    def version(self) -> int:
        """A number that grows with every published change."""
        # Asked with every request: a session would take longer than the question.
        with self.engine.connect() as connection:
            return connection.scalar(_VERSION) or 0

    def snapshot(self, *, rectifying: bool = False) -> Snapshot:
        """All public places in memory, reloaded when the data has changed.

        Places under rectification (黄牌) are left out unless asked for.
        """
        version = self.version()
        with self._refreshing:
            held = self._snapshots.get(rectifying)
            if held is None or self._outdated(held.version, version):
                statuses = PUBLIC_WITH_RECTIFYING if rectifying else PUBLIC
                with self.reading() as session, unswept():
                    held = self._snapshots[rectifying] = load_snapshot(session, statuses).ready()
            return held

    def city(self) -> City:
        """Everything coverage is computed from, reloaded when the data has changed."""
        version = self.version()
        with self._loading:
            if self._city is None or self._outdated(self._city.version, version):
                with self.reading() as session, unswept():
                    self._city = load_city(session, walking=self.walking)
            return self._city

    def _outdated(self, held: int, asked: int) -> bool:
        # Who waited while another loaded may have asked for the version before what that one found.
        return held != asked and held != self.version()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()
