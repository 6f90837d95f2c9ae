"""What passes by itself and what does not, as the drivers really say it."""

import sqlite3
import time
from contextlib import closing

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from geodata import database, outages, postgres
from geodata.store import Store


def error_of(url: str, statement: str) -> SQLAlchemyError:
    engine = database.engine_for(url)
    with pytest.raises(SQLAlchemyError) as caught, engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
    return caught.value


def test_a_server_that_is_not_there_passes_and_the_second_to_ask_waits_for_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "REST_S", 600.0)
    engine = database.engine_for("postgresql://zhitu@127.0.0.1:1/none")
    said: list[tuple[bool, str]] = []
    for _ in range(2):
        with pytest.raises(DBAPIError) as caught:
            engine.connect()
        said.append((outages.passes(caught.value), str(caught.value.orig).split(":")[0]))
    assert said[0][0] is said[1][0] is True
    assert said[1][1] == "the server was gone a moment ago"
    assert said[0][1] != said[1][1]


def test_a_server_is_tried_again_a_moment_later() -> None:
    engine = database.engine_for("postgresql://zhitu@127.0.0.1:1/none")
    with pytest.raises(DBAPIError):
        engine.connect()
    time.sleep(1.5 * postgres.REST_S)
    with pytest.raises(DBAPIError) as caught:
        engine.connect()
    assert "a moment ago" not in str(caught.value.orig)


def test_as_long_as_one_is_still_trying_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "REST_S", 0.0)
    door = postgres.Door()
    with door.trying(LookupError):
        with pytest.raises(EOFError), door.trying(LookupError):
            raise EOFError
        with pytest.raises(LookupError, match="a moment ago"), door.trying(LookupError):
            pass
    with door.trying(LookupError):
        pass
    assert door.is_shut is False


def test_a_mistake_of_our_own_in_sqlite_does_not_pass(store: Store) -> None:
    error = error_of(str(store.engine.url), "SELECT nothing FROM nowhere")
    assert (type(error).__name__, outages.passes(error)) == ("OperationalError", False)


def test_a_writer_that_waited_in_vain_passes(store: Store) -> None:
    with closing(sqlite3.connect(str(store.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        impatient = create_engine(store.engine.url, connect_args={"timeout": 0.01})
        with pytest.raises(DBAPIError) as caught, impatient.connect() as connection:
            connection.execute(text("CREATE TABLE more (id INTEGER)"))
        impatient.dispose()
    assert outages.passes(caught.value)


@pytest.mark.postgis
@pytest.mark.parametrize(
    ("statement", "passing"),
    [
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
        ("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '25006'; END $$", True),
        ("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53300'; END $$", True),
        ("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$", True),
        ("SELECT nothing FROM nowhere", False),
        ("SELECT 1 / 0", False),
    ],
)
def test_what_the_server_says_passes_by_its_code(
    postgis_url: str, statement: str, passing: bool
) -> None:
    assert outages.passes(error_of(postgis_url, statement)) is passing


@pytest.mark.postgis
def test_a_writer_on_postgresql_waits_no_longer_than_it_says(postgis_url: str) -> None:
    engine = database.engine_for(postgis_url)
    with database.writing(engine):
        began, waiting = time.monotonic(), database.writing(engine, wait_s=1)
        with pytest.raises(DBAPIError) as caught:
            waiting.__enter__()
        took_s = time.monotonic() - began
    engine.dispose()
    assert outages.passes(caught.value)
    assert 1 <= took_s < database.BUSY_TIMEOUT_S


def test_no_error_says_what_a_statement_was_given(store: Store) -> None:
    with store.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT nothing FROM nowhere WHERE a = :a"), {"a": "13900001111"})
    assert "13900001111" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        (
            "postgresql://u:p@one:5432,two:5433/z?target_session_attrs=read-write",
            "one,two",
            "5432,5433",
        ),
        (
            "postgresql://u@/z?host=one:5432&host=two:5433&target_session_attrs=read-write",
            "one,two",
            "5432,5433",
        ),
    ],
)
def test_several_servers_and_which_of_them_go_through_to_the_driver(
    written: str, host: str, port: str
) -> None:
    engine = database.engine_for(written)
    given = engine.dialect.create_connect_args(engine.url)[1]
    assert (given["host"], given["port"], given["target_session_attrs"]) == (
        host,
        port,
        "read-write",
    )
    assert (given["user"], given["dbname"]) == ("u", "z")


@pytest.mark.postgis
def test_a_connection_that_is_lost_before_its_commit_keeps_nothing(postgis_url: str) -> None:
    engine = database.engine_for(postgis_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS kept (a integer)"))
    with pytest.raises(DBAPIError) as caught:
        _write_and_lose_the_connection(engine)
    with database.writing(engine) as session:
        kept = session.scalar(text("SELECT count(*) FROM kept"))
        session.execute(text("DROP TABLE kept"))
    engine.dispose()
    assert (outages.passes(caught.value), kept) == (True, 0)


def _write_and_lose_the_connection(engine: Engine) -> None:
    with database.writing(engine) as session:
        session.execute(text("INSERT INTO kept VALUES (1)"))
        mine = session.scalar(text("SELECT pg_backend_pid()"))
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
