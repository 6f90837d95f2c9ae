"""Bringing a backup back: into the database in one transaction, whole or not at all."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from geodata import database
from geodata.accounts import book
from geodata.accounts.audit import record
from geodata.erasure import apply, carried
from geodata.errors import (
    ConflictError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNewerError,
)
from geodata.keeping.archive import closing_engine, unpack, verify
from geodata.keeping.backup import BackupMade, put_aside, write_down
from geodata.keeping.copying import clear, copy, is_empty, prove
from geodata.keeping.damaged import replaced
from geodata.keeping.digest import export_hash
from geodata.keeping.folder import free_name, workshop
from geodata.keeping.ids import go_on_after, last_ids
from geodata.keeping.manifest import Manifest
from geodata.store import Store
from geodata.tables import Account, Backup, DataVersion, StagedFile
from geodata.version import grow_version

# What browsers and sign-ins hold of the time after the backup must not pass for today's: more
# than anybody publishes, or changes of an account, between two backups.
BEYOND = 1_000
_BACKUP_COLUMNS = [column for column in Backup.__table__.columns if column.name != "id"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What is back; `aside` is where the data went that stood there, None where none did."""

    manifest: Manifest
    aside: Path | None


def restore(url: str, file: Path, *, folder: Path, replace: bool, by: str) -> Restored:
    """Put the data of a backup into a database; `folder` is where present data are put aside.

    Raises:
        ConflictError: the database holds data and `replace` does not allow to put them aside.
        StoreError: the backup or the database cannot be used.
    """
    manifest = verify(file)
    with workshop(folder) as passing:
        _must_fit(manifest, folder)
        content = passing / "restored.sqlite"
        unpack(file, content)
        with closing_engine(content) as source:
            try:
                aside = _into_present(url, source, manifest, passing, replace=replace, by=by)
            except (StoreDamagedError, StoreNewerError) as error:
                if not replace:
                    raise
                state = "newer" if isinstance(error, StoreNewerError) else "damaged"
                with replaced(url, state) as (fresh, aside):
                    _into_present(fresh, source, manifest, passing, replace=False, by=by)
    return Restored(manifest, aside)


def _into_present(
    url: str, source: Engine, manifest: Manifest, passing: Path, *, replace: bool, by: str
) -> Path | None:
    with (
        closing(Store.open(url, copies=passing.parent)) as store,
        database.reading(source) as backup,
        store.writing() as session,
    ):
        aside = None
        if not is_empty(session.connection()):
            if not replace:
                raise ConflictError(
                    "目标数据库里有数据，没有恢复。确实要换掉，请加 --replace："
                    "会先把现有数据另存一份备份。"
                )
            aside = _present_aside(store.engine, passing)
        _exchange(backup, session, manifest)
        detail = {"made_at": manifest.made_at, "sha256": manifest.sha256}
        record(session, by=by, action="data.restore", detail=detail)
        if aside:
            write_down(session, aside, datetime.now(UTC))
    return aside.path if aside else None


def _present_aside(engine: Engine, passing: Path) -> BackupMade:
    """Nobody can write in between: the transaction that will replace the data has begun."""
    made_at = datetime.now(UTC)
    path = free_name(passing.parent, made_at, first="before-restore")
    return put_aside(engine, path, passing=passing / "aside", made_at=made_at)


def _exchange(backup: Session, session: Session, manifest: Manifest) -> None:
    """All rows out, those of the backup in; what must outlive it is carried over."""
    present = session.connection()
    beyond, given = _highest(session) + BEYOND, last_ids(present)
    made = session.execute(select(*_BACKUP_COLUMNS)).all()
    erased = carried(session)
    clear(present)
    prove(present, copy(backup.connection(), present))
    if export_hash(session) != export_hash(backup):
        raise StoreError("恢复出来的导出内容和备份里的不一样，没有恢复。")
    # Who was reading a file is not at the row where the backup left him; he is told to begin anew.
    session.execute(delete(StagedFile))
    go_on_after(present, manifest.last_ids)
    go_on_after(present, given)
    _outgrow(session, beyond)
    _list_backups(session, made)
    apply(session, erased)


def _highest(session: Session) -> int:
    numbers = (func.max(DataVersion.number), func.max(Account.generation))
    return max(session.scalar(select(number)) or 0 for number in numbers)


def _outgrow(session: Session, beyond: int) -> None:
    """Every reader loads anew, and every sign-in ends, that somebody had ended included."""
    grow_version(session)
    # The account of the settings has a row only once somebody has ended its sign-ins.
    book.built_in(session)
    session.flush()
    session.execute(update(DataVersion).values(number=DataVersion.number + beyond))
    session.execute(update(Account).values(generation=Account.generation + beyond))


def _list_backups(session: Session, made: Sequence[Any]) -> None:
    """Backups made after this one are still there."""
    known = set(session.scalars(select(Backup.sha256)))
    session.add_all(Backup(**row._mapping) for row in made if row.sha256 not in known)


def _must_fit(manifest: Manifest, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < manifest.size:
        raise StoreFullError(
            f"{folder} 放不下：展开备份要 {manifest.size / 1024:,.0f} KB，"
            f"只剩 {free / 1024:,.0f} KB。没有改动任何数据；请腾出空间再恢复。"
        )
