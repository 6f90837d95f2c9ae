"""Who may come in after the database was upgraded from the last release, or restored."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geodata import schema
from geodata.database import engine_for, writing
from geodata.keeping.backup import back_up
from geodata.keeping.restore import restore
from geodata.store import Store
from service.app import create_app
from service.clock import today
from service.settings import Settings

# An account and a token that the program 0.1.0 made.
LOGIN, PASSWORD = "pudong.bianji", "一个口令123456"
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$CPfcuOamIayepTBVIWJm2w"
    "$OZRe7srir7iV6LrVwRJV2gaGa0HMMrNwJm9m2HlgmCs"
)
TOKEN = "zhitu__5j5D956G0wGK1jRFD_EWylq3r4DxIJ-onVMECLY05g"
TOKEN_HASH = "2998a9d1528232e0892141c750239534b520353c481c486f2a88b233af15b67d"
WHOLE_CITY = "/planner/outline.json"


@pytest.fixture
def of_0_1(database_url: str) -> str:
    """A database as 0.1.0 left it."""
    engine = engine_for(database_url)
    with closing(Store.open(database_url)), writing(engine) as session:
        command.downgrade(schema.config(session.connection()), "0017")
        made = {"at": "2026-11-21 12:55:44.462344", "day": today() + timedelta(days=30)}
        session.execute(
            text(
                "INSERT INTO account (login, password_hash, role, districts, unions, active,"
                " generation, made_at) VALUES (:login, :hash, 'editor', '[\"浦东新区\"]', '[]',"
                " true, 1, :at)"
            ),
            made | {"login": LOGIN, "hash": PASSWORD_HASH},
        )
        session.execute(
            text(
                "INSERT INTO api_token (token_hash, login, name, role, made_at, expires_on)"
                " VALUES (:hash, :login, '统计报表程序', 'viewer', :at, :day)"
            ),
            made | {"login": LOGIN, "hash": TOKEN_HASH},
        )
    engine.dispose()
    return database_url


def test_accounts_and_tokens_of_the_last_release_come_in_after_the_upgrade(of_0_1: str) -> None:
    with closing(Store.open(of_0_1)) as store:
        app = create_app(Settings.from_environment({}), store)
        asked = {"Authorization": f"Bearer {TOKEN}"}
        by_token = app.test_client().get(WHOLE_CITY, headers=asked).status_code
        editor = app.test_client()
        signed_in = editor.post("/sign-in", data={"username": LOGIN, "password": PASSWORD})
        wrong = app.test_client().post("/sign-in", data={"username": LOGIN, "password": "x" * 12})
        statuses = (by_token, signed_in.status_code, wrong.status_code)
        assert (*statuses, editor.get("/desk").status_code) == (200, 303, 401, 200)


def opens(app: Flask, cookie: str) -> bool:
    client = app.test_client()
    client.set_cookie("zhitu", cookie)
    return client.get(WHOLE_CITY).status_code == 200


def test_a_restore_brings_no_sign_in_back_to_life_the_built_in_one_included(
    city: Store, tmp_path: Path, planner: FlaskClient
) -> None:
    app, cookie = planner.application, planner.get_cookie("zhitu")
    assert cookie is not None
    made = back_up(city, tmp_path / "b", by="t")
    before = opens(app, cookie.value)
    planner.post("/sign-out")
    ended = opens(app, cookie.value)
    url = city.engine.url.render_as_string(hide_password=False)
    restore(url, made.path, folder=tmp_path / "b", replace=True, by="t")
    assert (before, ended, opens(app, cookie.value)) == (True, False, False)
