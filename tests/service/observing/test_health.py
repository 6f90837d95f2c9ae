"""It lives, it can answer, this is what it is: for whoever watches over the service."""

import time
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from threading import Event

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from geodata import schema
from geodata.database import engine_for
from geodata.store import Store
from service.app import create_app
from service.observing import health
from service.observing.health import Readiness
from service.settings import Settings

SOON_S = 60.0


@pytest.fixture
def away() -> Iterator[FlaskClient]:
    with closing(Store(engine_for("postgresql://127.0.0.1:1/zhitu"))) as store:
        yield create_app(Settings(), store).test_client()


def test_all_is_well(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_program_its_schema_and_its_data_have_a_version(client: FlaskClient) -> None:
    assert client.get("/version").get_json() == {
        "version": version("zhitu"),
        "schema": schema.newest(),
        "data": 1,
    }


def test_without_its_database_it_lives_and_is_not_ready(away: FlaskClient) -> None:
    alive, ready = away.get("/healthz"), away.get("/readyz")
    assert (alive.status_code, alive.get_json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "2")
    assert ready.get_json() == {"status": "unready", "reason": "database"}
    assert away.get("/version").status_code == 503


def test_a_database_of_another_version_is_not_ours(city: Store, client: FlaskClient) -> None:
    with city.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert client.get("/readyz").get_json() == {"status": "unready", "reason": "schema"}


def test_what_does_not_answer_is_given_a_second_and_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE_S", 0.1)
    asked, over = [], Event()

    def stuck() -> str:
        asked.append(time.monotonic())
        return "" if over.wait(SOON_S) else "was waited for"

    ready = Readiness(stuck)
    assert [ready.reason() for _ in range(3)] == ["database_slow"] * 3
    assert len(asked) == 1
    over.set()
    monkeypatch.setattr(health, "PATIENCE_S", SOON_S)
    assert ready.reason() == ""
