"""How long who answers visitors waits for PostgreSQL, and that all others wait for ever."""

import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

import pytest
from psycopg.waiting import Ready, Wait
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from geodata import bounded, database, outages, postgres
from geodata.postgres import ANSWER_S
from geodata.store import Store
from service.settings import Settings
from service.terminal import opened

pytestmark = pytest.mark.postgis
_SLEEP = text("SELECT pg_sleep(600)")


def limit(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text("SHOW statement_timeout")))


def test_only_who_answers_visitors_is_limited(
    new_database: Callable[[str], str],
) -> None:
    url = new_database("postgis")
    with opened(Settings(database=url)) as of_commands:
        limits = [limit(of_commands.engine)]
    for made in (Store.attached(url), Store.answering(url)):
        with closing(made):
            limits.append(limit(made.engine))
    assert limits == ["0", "0", f"{ANSWER_S}s"]


def test_a_slow_statement_is_ended_by_the_server_and_passes(
    postgis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A server on a busy machine may be a little late with it.
    monkeypatch.setattr(bounded, "GRACE", 30)
    engine = database.engine_for(postgis_url, answer_s=1)
    with engine.connect() as connection:
        with pytest.raises(DBAPIError) as caught:
            connection.execute(_SLEEP)
        connection.rollback()
        left = connection.scalar(text("SELECT 1"))
    engine.dispose()
    assert (outages.passes(caught.value), caught.value.connection_invalidated) == (True, False)
    assert left == 1


def test_a_server_that_falls_silent_is_lost_and_the_next_does_not_wait(
    postgis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "REST_S", 600.0)
    engine = database.engine_for(postgis_url, answer_s=1)
    with engine.connect() as connection:
        # What stands still ends no statement either.
        connection.execute(text("SET statement_timeout = 0"))
        with pytest.raises(DBAPIError) as caught:
            connection.execute(_SLEEP)
        with pytest.raises(DBAPIError, match="gone a moment ago"):
            engine.connect()
    engine.dispose()
    assert (outages.passes(caught.value), caught.value.connection_invalidated) == (True, True)


def test_who_stood_still_himself_looks_again_before_he_calls_the_server_silent(
    postgis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = database.engine_for(postgis_url, answer_s=1)
    with closing(engine.raw_connection()) as held:
        raw: Any = held.dbapi_connection

        def answered() -> Generator[Wait, Ready, str]:
            while not (yield Wait.R):
                pass
            return "answered"

        monkeypatch.setattr(bounded, "GRACE", 0.1)
        # What `wait` drives: a look that found nothing, a rest of this process, another look.
        looks = raw._listening(answered())
        assert next(looks) == Wait.R
        time.sleep(0.2)
        assert looks.send(Ready.NONE) == Wait.R
        with pytest.raises(StopIteration) as ended:
            looks.send(Ready.R)
    engine.dispose()
    assert ended.value.value == "answered"


def test_who_waits_for_his_turn_to_write_is_not_cut_for_his_silence(postgis_url: str) -> None:
    patient, hasty = (database.engine_for(postgis_url, answer_s=most) for most in (0, 1))
    held = Event()

    def hold() -> None:
        with database.writing(patient):
            held.set()
            time.sleep(1.6)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        held.wait()
        with database.writing(hasty, wait_s=60) as session:
            limited = session.scalar(text("SHOW statement_timeout"))
    for engine in (patient, hasty):
        engine.dispose()
    assert limited == "1s"


def test_what_rightly_takes_long_may_and_the_next_may_not(postgis_url: str) -> None:
    engine = database.engine_for(postgis_url, answer_s=1)
    with database.writing(engine, long=True) as session:
        session.execute(text("SELECT pg_sleep(1.6)"))
        limits = [session.scalar(text("SHOW statement_timeout"))]
    limits.append(limit(engine))
    engine.dispose()
    assert limits == ["10min", "1s"]
