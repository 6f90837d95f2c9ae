"""A fault of our own and a database that is away: what the asker gets and what is written."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.database import engine_for
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

SECRET = "金丝雀 13812345678"


@pytest.fixture
def broken(make_app: Callable[..., Flask]) -> FlaskClient:
    """A service whose finder and clusters fail with a person in the text."""
    app = make_app()

    def fails() -> str:
        raise ValueError(SECRET)

    app.view_functions["finder.find"] = app.view_functions["api.clusters"] = fails
    return app.test_client()


@pytest.fixture
def away() -> Iterator[FlaskClient]:
    """A service whose database server is not there."""
    store = Store(engine_for("postgresql://zhitu:geheim@127.0.0.1:1/zhitu"))
    with closing(store):
        yield create_app(Settings(planner_password="口令"), store).test_client()


def test_a_fault_is_a_page_with_a_number_and_a_line_with_the_frames(
    broken: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = broken.get("/?q=13812345678")
    number = answer.headers["X-Request-ID"]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (500, "no-store")
    assert f"（编号 {number}）" in answer.text
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["level"], line["msg"], line["number"]) == ("ERROR", "fault", number)
    assert (line["route"], line["method"], line["error"]) == ("/", "GET", "ValueError")
    assert re.fullmatch(r"tests/service/observing/test_faults\.py:\d+ fails", line["frames"][-1])
    assert "1381" not in answer.text + str(line)


def test_a_fault_is_a_problem_document_for_programs(broken: FlaskClient) -> None:
    answer = broken.get("/clusters")
    problem = answer.get_json()
    number = answer.headers["X-Request-ID"]
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert problem == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": f"服务出了问题，请稍后再试；还不行，请把编号告诉管理员。（编号 {number}）",
        "instance": "/clusters",
        "number": number,
    }


def test_a_fault_after_the_view_has_a_number_too(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app()
    failing = [ValueError(SECRET)]

    @app.after_request
    def fails(response: object) -> object:
        if failing:
            raise failing.pop()
        return response

    answer = app.test_client().get("/")
    assert f"编号 {answer.headers['X-Request-ID']}" in answer.text
    assert "1381" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "path", ["/", "/p/1", "/clusters?bbox=1,2,3,4&z=9", "/ogc/collections/places/items"]
)
def test_a_database_that_is_gone_is_said_and_when_to_come_back(
    away: FlaskClient, path: str
) -> None:
    answer = away.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "数据库暂时没有应答，请几秒后再试。" in answer.text
    assert "geheim" not in answer.text


def test_what_was_sent_meanwhile_is_not_said_to_be_kept(away: FlaskClient) -> None:
    answer = away.post("/sign-in", data={"password": "口令"})
    assert (answer.status_code, "刚才送来的多半没有存" in answer.text) == (503, True)


def test_it_is_a_warning_and_not_a_fault(
    away: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    away.get("/?q=13812345678")
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["level"], line["msg"], line["error"]) == (
        "WARNING",
        "database away",
        "OperationalError",
    )


def test_a_writer_who_waited_in_vain_is_told_to_come_back(city: Store) -> None:
    impatient = f"sqlite:///file:{city.engine.url.database}?uri=true"
    engine = engine_for(impatient)
    with closing(Store(engine)) as store:
        client = create_app(Settings(planner_password="口令"), store).test_client()
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 20")
        with closing(sqlite3.connect(str(city.engine.url.database))) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = client.post("/sign-in", data={"password": "口令"})
            seen = client.get("/").status_code
    assert (answer.status_code, answer.headers["Retry-After"], seen) == (503, "3", 200)


def test_a_database_that_goes_after_the_view_is_no_fault(make_app: Callable[..., Flask]) -> None:
    app, gone = make_app(), engine_for("postgresql://127.0.0.1:1/zhitu")
    failing = [gone.connect]

    @app.after_request
    def fails(response: object) -> object:
        if failing:
            failing.pop()()
        return response

    answer = app.test_client().get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")


def test_a_mistake_in_a_statement_is_a_fault_and_no_outage(
    make_app: Callable[..., Flask], city: Store
) -> None:
    app = make_app()

    def mistaken() -> str:
        with city.engine.connect() as connection:
            connection.exec_driver_sql("SELECT nothing FROM nowhere")
        return ""

    app.view_functions["finder.find"] = mistaken
    assert app.test_client().get("/").status_code == 500
