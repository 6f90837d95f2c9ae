"""A secret put wherever a request can carry one: in no line at any level, in no metric."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geodata.accounts.roles import Role
from geodata.store import Store
from service.jobs.runner import Runner, works
from service.observing import logs, metrics
from service.observing.figures import Figures
from service.settings import Settings

SECRET, MOBILE, LON = "jinsique-canary", "13812345678", "121.4987654"
CANARIES = (SECRET, MOBILE, LON, "金丝雀", "203.0.113.77", "%E9%87%91")
HEADERS = {
    "X-Forwarded-For": "203.0.113.77",
    "User-Agent": SECRET,
    "Referer": f"https://{SECRET}.example/",
    "X-Request-ID": SECRET,
    "Accept-Language": SECRET,
    "If-None-Match": SECRET,
    "Origin": f"https://{SECRET}.example",
}
FORGING = '\n{"level": "INFO"}\r\u2028\x1b[2J金丝雀'


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything that anybody would say is written, as a process that serves writes it."""
    for owner, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    loggers = [logging.root, *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(one, one.level, list(one.handlers), one.propagate) for one in loggers]
    logs.begin()
    # SQLAlchemy's own, which would write every row it read, is set to warnings by itself.
    for one in loggers:
        one.setLevel(logging.DEBUG)
    yield
    for one, level, handlers, propagate in before:
        one.handlers[:], one.propagate = handlers, propagate
        # It also forgets who was allowed to speak meanwhile.
        one.setLevel(level)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    made = make_app(ZHITU_LOG="json", ZHITU_METRICS_PORT="9", ZHITU_PROXY_HOPS="1")

    def fails() -> str:
        raise RuntimeError(SECRET) from ValueError(MOBILE)

    made.view_functions["embed_check.ask"] = fails
    return made


def told(capsys: pytest.CaptureFixture[str], city: Store) -> list[dict[str, object]]:
    """The lines, after a look that neither they nor the metrics hold a canary."""
    out, err = capsys.readouterr()
    exposed = metrics.exposed(Figures(city, ())).decode()
    found = [canary for canary in CANARIES if canary in err + out + exposed]
    assert found == []
    lines = [json.loads(line) for line in err.splitlines()]
    assert all(line["ts"] for line in lines)
    return lines


@pytest.mark.usefixtures("loud")
def test_no_part_of_a_request_is_written(
    app: Flask, city: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    client = app.test_client()
    client.set_cookie("zhitu", SECRET)
    asked = [
        client.get(f"/?q={SECRET}&lon={LON}&lat=31.2{FORGING}", headers=HEADERS),
        client.get(f"/nearest?lon={LON}&lat=31.2", headers=HEADERS),
        client.get(f"/{SECRET}/{FORGING}", headers=HEADERS),
        client.get("/api", headers={"Authorization": f"Bearer {SECRET}"}),
        client.get("/desk", headers={"Authorization": f"Basic {SECRET}"}),
        client.post("/sign-in", data={"username": SECRET, "password": MOBILE}),
        client.post("/api/address", json={"address": f"{SECRET}{MOBILE}"}),
        client.post("/api/address", data="{" + SECRET, content_type="application/json"),
        client.get(client.get("/").headers.get("Location", "/embed/check")),
        client.open("/", method="SECRET"),
    ]
    assert 500 in {answer.status_code for answer in asked}
    lines = told(capsys, city)
    assert {line.get("logger") for line in lines} > {"sqlalchemy.engine.Engine"}
    assert len([line for line in lines if line["msg"] == "request"]) == len(asked) + 1
    assert [line["error"] for line in lines if line["msg"] == "fault"] == ["RuntimeError"]


@pytest.mark.usefixtures("loud")
def test_no_cell_and_no_name_of_a_file_that_was_sent_in_is_written(
    app: Flask,
    city: Store,
    as_person: Callable[..., FlaskClient],
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = as_person(Role.EDITOR, app=app)
    workers = Runner(city, works(Settings.from_environment({}), city))
    form = f"序号,休息室名称,区,地址,联系人,手机号码\n1,{SECRET},黄浦区,福州路1号,金丝雀,{MOBILE}\n"
    sent = {
        f"{SECRET}{MOBILE}.csv": form.encode(),
        f"金丝雀{MOBILE}.xlsx": b"PK\x03\x04" + f"{SECRET}{MOBILE}".encode() * 99,
        f"{SECRET}.docx": form.encode(),
    }
    for name, content in sent.items():
        files = {"files": (io.BytesIO(content), name)}
        answer = client.post("/desk/imports", data=files, content_type="multipart/form-data")
        while workers.run_one():
            pass
        client.get(str(answer.location))
    lines = told(capsys, city)
    assert {line["role"] for line in lines if line["msg"] == "request"} >= {"", "editor"}


@pytest.mark.usefixtures("loud")
def test_no_parameter_of_a_statement_that_fails_is_written(
    app: Flask, city: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> str:
        with city.engine.connect() as connection:
            connection.execute(text("SELECT 1 FROM nowhere WHERE a = :a"), {"a": MOBILE})
        return ""

    app.view_functions["finder.find"] = fails
    assert app.test_client().get("/").status_code == 500
    (fault,) = [line for line in told(capsys, city) if line["msg"] == "fault"]
    assert fault["error"] == "sqlalchemy.exc.OperationalError"
