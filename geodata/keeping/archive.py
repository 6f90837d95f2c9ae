"""The file of a backup: a zip of a manifest and a SQLite database, whatever the source was."""

import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from shapely.errors import GEOSException
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from geodata import database, schema
from geodata.errors import StoreError
from geodata.keeping.digest import digests
from geodata.keeping.folder import private
from geodata.keeping.manifest import Manifest, read_manifest

_MANIFEST = "manifest.json"
_DATABASE = "zhitu.sqlite"
_MOST_OF_A_MANIFEST = 1024 * 1024
_PIECE = 1024 * 1024
_UNREADABLE = (BadZipFile, KeyError, EOFError, zlib.error, NotImplementedError, RuntimeError)


@contextmanager
def passing_database(path: Path) -> Iterator[Engine]:
    """A new SQLite file of today's schema. It is written once and proved: no journal on disk."""
    with closing_engine(private(path)) as engine:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA synchronous = OFF")
                raw.execute("PRAGMA journal_mode = MEMORY")
        with database.writing(engine) as session:
            schema.upgrade(session.connection())
        yield engine


@contextmanager
def closing_engine(path: Path) -> Iterator[Engine]:
    """An engine on a SQLite file, given back afterwards."""
    # A folder's name may hold what means something in a URL.
    engine = database.engine_for(URL.create("sqlite", database=str(path)).render_as_string())
    try:
        yield engine
    finally:
        engine.dispose()


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def pack(path: Path, content: Path, manifest: Manifest) -> None:
    """Write the archive and read it back.

    Raises:
        StoreError: what was read back is not what was written.
    """
    with private(path).open("wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, manifest.written())
        archive.write(content, _DATABASE)
    if verify(path) != manifest:
        raise StoreError("备份写下后读回来不一样，已作废：请检查磁盘，再做一次。")


def verify(path: Path) -> Manifest:
    """Read an archive to its last byte.

    Raises:
        StoreError: it is none, is damaged, or a newer program wrote it.
    """
    with _opened(path) as (manifest, database_inside):
        for _ in _proved(manifest, database_inside):
            pass
    return manifest


def unpack(path: Path, into: Path) -> Manifest:
    """Write the database of an archive to a new file, brought to today's schema.

    Raises:
        StoreError: it is none, is damaged, or a newer program wrote it.
    """
    with _opened(path) as (manifest, database_inside), private(into).open("wb") as file:
        file.writelines(_proved(manifest, database_inside))
    try:
        with closing_engine(into) as engine, database.writing(engine) as session:
            schema.upgrade(session.connection())
            _must_be_whole(session.connection(), manifest)
    except (DatabaseError, GEOSException, ValueError) as error:
        raise StoreError("备份里的数据库读不出来，没有恢复：请换一份备份。") from error
    return manifest


def _must_be_whole(connection: Connection, manifest: Manifest) -> None:
    """What the manifest's hash does not say: the file may have been put together by hand."""
    found = connection.scalar(text("PRAGMA integrity_check"))
    if found != "ok":
        raise StoreError(f"备份里的数据库不完整（{found}），没有恢复。")
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise StoreError("备份里的数据库有对不上的行（外键），没有恢复：请换一份备份。")
    # An older schema has been brought up by now, and its rows with it.
    if manifest.revision == schema.newest() and digests(connection) != manifest.tables:
        raise StoreError("备份里的数据库和它的说明对不上，没有恢复：请换一份备份。")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Manifest, IO[bytes]]]:
    if not path.is_file():
        raise StoreError(f"没有这个备份文件：{path}")
    try:
        with _readable(path) as file, closing(ZipFile(file)) as archive:
            if archive.getinfo(_MANIFEST).file_size > _MOST_OF_A_MANIFEST:
                raise BadZipFile(_MANIFEST)
            manifest = read_manifest(archive.read(_MANIFEST))
            with archive.open(_DATABASE) as inside:
                yield manifest, inside
    except _UNREADABLE as error:
        raise StoreError(f"{path.name} 不是完整的职图备份（损坏、被截断或加了密）。") from error


def _readable(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise StoreError(f"读不了备份文件 {path}：{error.strerror}。请检查权限。") from error


def _proved(manifest: Manifest, inside: IO[bytes]) -> Iterator[bytes]:
    """The pieces of the database; all that the manifest promises and nothing more."""
    found, size = sha256(), 0
    while piece := inside.read(_PIECE):
        found.update(piece)
        size += len(piece)
        if size > manifest.size:
            break
        yield piece
    if (size, found.hexdigest()) != (manifest.size, manifest.sha256):
        raise StoreError("备份的内容和它的校验值对不上：文件损坏，请换一份备份。")
