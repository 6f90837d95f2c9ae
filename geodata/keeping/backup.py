"""Putting the data aside: one moment of the database as one file, read back before it counts."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from geodata import database, schema
from geodata.accounts.audit import record
from geodata.errors import ConflictError, StoreError, StoreFullError
from geodata.keeping.archive import hash_of, pack, passing_database
from geodata.keeping.copying import copy, is_empty, prove
from geodata.keeping.digest import TableDigest, export_hash
from geodata.keeping.folder import free_name, keep_newest, settle, workshop
from geodata.keeping.ids import last_ids
from geodata.keeping.manifest import Manifest
from geodata.outages import passes
from geodata.store import Store
from geodata.tables import Backup, DataVersion


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that is whole; `deleted` are older ones that went for it.

    One of a database that is full, or busy for long, is made as well, but not `listed` there.
    """

    path: Path
    manifest: Manifest
    size: int
    sha256: str
    seconds: float
    deleted: tuple[Path, ...] = ()
    listed: bool = True


def back_up(
    store: Store, folder: Path, *, by: str, name: str | None = None, keep: int | None = None
) -> BackupMade:
    """Write a backup into a folder; nobody who writes meanwhile has to wait.

    `name` for one not named by the time; `keep` so many of those that are.

    Raises:
        ConflictError: another is being made there, or the name is taken.
        StoreError: there are no data, or they cannot be read or put down.
    """
    with workshop(folder) as passing:
        made_at = datetime.now(UTC)
        path = folder / name if name else free_name(folder, made_at)
        if path.exists():
            raise ConflictError(f"{path} 已经有了，没有覆盖：请换一个文件名。")
        made = put_aside(store.engine, path, passing=passing, made_at=made_at)
        listed = _listed(store, made, made_at, by)
        gone = keep_newest(folder, path, keep=keep) if keep else []
    return replace(made, deleted=tuple(gone), listed=listed)


def put_aside(engine: Engine, path: Path, *, passing: Path, made_at: datetime) -> BackupMade:
    """The backup alone, worked on in the folder `passing`.

    Raises:
        StoreError: there are no data, or they cannot be read or put down.
    """
    start = time.monotonic()
    passing.mkdir(exist_ok=True)
    content, archive = passing / "zhitu.sqlite", passing / "archive.zip"
    with database.reading(engine) as session:
        if is_empty(session.connection()):
            raise StoreError("库里还没有数据，没有备份：请检查 ZHITU_DATABASE 指的是不是这个库。")
        with passing_database(content) as target:
            tables = _copied(session, target)
        manifest = _manifest(session, content, tables, made_at)
    pack(archive, content, manifest)
    size, digest = archive.stat().st_size, hash_of(archive)
    settle(archive, path)
    return BackupMade(path, manifest, size, digest, time.monotonic() - start)


def write_down(session: Session, made: BackupMade, made_at: datetime) -> None:
    """Note a backup in the database that it is of."""
    session.add(
        Backup(
            at=made_at.astimezone(UTC).replace(tzinfo=None),
            file=made.path.name,
            bytes=made.size,
            sha256=made.sha256,
            seconds=round(made.seconds, 3),
            program=made.manifest.program,
        )
    )


def _listed(store: Store, made: BackupMade, made_at: datetime, by: str) -> bool:
    try:
        with store.writing() as session:
            write_down(session, made, made_at)
            record(session, by=by, action="data.backup", detail={"file": made.path.name})
    except StoreFullError:
        return False
    except OperationalError as error:
        # Somebody writes for long, or the server went: what was read before is whole.
        if not passes(error):
            raise
        return False
    return True


def _copied(session: Session, target: Engine) -> dict[str, TableDigest]:
    with database.writing(target) as into:
        tables = copy(session.connection(), into.connection())
    with database.reading(target) as back:
        prove(back.connection(), tables)
    return tables


def _manifest(
    session: Session, content: Path, tables: dict[str, TableDigest], made_at: datetime
) -> Manifest:
    number = session.get(DataVersion, 1)
    return Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        program=version("zhitu"),
        revision=schema.newest(),
        kind=session.connection().dialect.name,
        data_version=number.number if number else 0,
        size=content.stat().st_size,
        sha256=hash_of(content),
        export=export_hash(session),
        tables=tables,
        last_ids=last_ids(session.connection()),
    )
