"""Opening a database and the one way to write to it: one writer at a time, on both databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONEncoder
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.orm import Session

from geodata import outages, postgres, schema, store_faults
from geodata.errors import StoreError, StoreFullError
from geodata.keeping.aside import copy_before_upgrade
from geodata.keeping.folder import OWNER_FOLDER, keep_from_others
from geodata.watched import watch

BUSY_TIMEOUT_S = 15
# Chinese as it is: half the bytes, and a third of the time of escaping it.
_written = JSONEncoder(ensure_ascii=False).encode


def as_json(value: Any) -> str:
    """A value as JSON; most columns of most rows hold nothing, and an encoder is dear to start."""
    if value == {}:
        return "{}"
    return "[]" if value == [] else _written(value)


# What a statement was given may be a person: no error says it.
_OPTIONS: dict[str, Any] = {"json_serializer": as_json, "hide_parameters": True}


def engine_for(url: str, *, answer_s: int = 0, makes: bool = True) -> Engine:
    """An engine for a SQLite file or a PostgreSQL/PostGIS database.

    `answer_s` is how many seconds a statement may take on a server, 0 for ever; `makes` whether a
    file that is not there is made.

    Raises:
        StoreError: the URL names no database this program can use.
    """
    try:
        parsed = postgres.read_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, makes=makes)
        if parsed.get_backend_name() == "postgresql":
            return store_faults.told(postgres.engine_for(parsed, answer_s=answer_s, **_OPTIONS))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise StoreError(
            "数据库地址无法使用：要 sqlite:///文件 或 postgresql://…"
            "（PostgreSQL 需先 pip install 'zhitu[postgis]'）。"
        ) from error
    raise StoreError(f"不支持 {parsed.drivername} 数据库：请用 SQLite 或 PostgreSQL/PostGIS。")


def _sqlite(url: URL, *, makes: bool) -> Engine:
    file = url.database
    path = Path(file) if file and not file.startswith((":memory:", "file:")) else None
    if path and makes:
        try:
            path.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"建不了数据库所在的目录 {path.parent}：{error}。") from error
    # As on PostgreSQL the URL's own words win.
    timeout = {} if "timeout" in url.query else {"timeout": BUSY_TIMEOUT_S}
    engine = store_faults.told(create_engine(url, connect_args=timeout, **_OPTIONS))

    if path:
        watch(engine, path, makes=makes)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not in the driver
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: a mobile must not stay in the free pages of the file.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer that begins as a reader and upgrades later fails at once with "database is
        # locked"; one that begins IMMEDIATE waits for its turn.
        writing = connection.get_execution_options().get("zhitu_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def writing(
    engine: Engine, *, wait_s: int | None = BUSY_TIMEOUT_S, long: bool = False
) -> Iterator[Session]:
    """One write transaction; it commits as a whole or leaves nothing.

    `wait_s` is how long it waits for the writer before it on PostgreSQL, None for ever; a `long`
    one touches so much that its statements rightly take minutes.
    """
    with (
        engine.connect() as connection,
        _as_writer(connection, wait_s=wait_s, long=long) as session,
    ):
        yield session
        session.flush()
        connection.commit()


@contextmanager
def rehearsing(engine: Engine, *, long: bool = False) -> Iterator[Session]:
    """A write transaction of which nothing is kept."""
    with engine.connect() as connection, _as_writer(connection, long=long) as session:
        yield session


@contextmanager
def _as_writer(
    connection: Connection, *, wait_s: int | None = BUSY_TIMEOUT_S, long: bool
) -> Iterator[Session]:
    """The session of the one who may write; what nobody commits is rolled back."""
    connection.execution_options(zhitu_writing=True)
    connection.begin()
    if connection.dialect.name == "postgresql":
        if long:
            postgres.allow_long(connection)
        # As long as on SQLite: a request that waits holds a thread others need.
        postgres.take_turn(connection, wait_s=wait_s)
    with Session(connection, join_transaction_mode="rollback_only") as session:
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view of the data; nothing written in it is kept."""
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            # Otherwise each statement sees what was committed before it: places of one version
            # with services of the next.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def prepare(engine: Engine, *, copies: Path | None = None) -> None:
    """Create the schema or bring it to the newest step, once, whoever comes first.

    A filled SQLite file is copied to the folder `copies` first (`backups` beside it if None).

    Raises:
        StoreError: the file is no database, is damaged, or was written by a newer version.
    """
    try:
        if engine.dialect.name == "sqlite":
            _set_wal(engine)
        # Another process may be at the same step, which takes as long as it takes.
        with writing(engine, wait_s=None) as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
            elif copy_before_upgrade(connection, copies):
                # Before 0.2.0 a new file was everybody's to read.
                keep_from_others(str(engine.url.database))
            schema.upgrade(connection)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        engine.dispose()
        why = error.orig if isinstance(error, DatabaseError) else error
        if (said := store_faults.of_driver(why or error, engine.url.database)) is not None:
            raise said from error
        if outages.is_busy(why or error):
            raise StoreError("数据库正忙：别人一直在写，没有等到。请过一会儿再试。") from error
        raise StoreError(
            f"打不开数据库 {engine.url.render_as_string(hide_password=True)}：{why}。"
            "请检查路径、权限，或用备份恢复。"
        ) from error
    except StoreFullError as error:
        engine.dispose()
        # Even to read, SQLite has to make two small files beside its own.
        raise StoreFullError("磁盘满了，数据库打不开；数据没有丢。请腾出空间再启动。") from error
    except StoreError:
        engine.dispose()
        raise


def _set_wal(engine: Engine) -> None:
    """WAL is kept in the file itself: set when the file is new, untouched later."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is not None and raw.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            raw.execute("PRAGMA journal_mode = WAL")
