"""Who guesses at an account from everywhere does not shut out those who come in by it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts import book
from geodata.accounts.roles import Role
from geodata.accounts.tries import MOST_BY_ACCOUNT, MOST_BY_BOTH
from geodata.store import Store

AsPerson = Callable[..., FlaskClient]
MakeApp = Callable[..., Flask]
LOGIN, PASSWORD = "post.one", "一个口令123456"
RIGHT, WRONG, LATER = 303, 401, 429


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(ZHITU_PROXY_HOPS="1")


@pytest.fixture
def owner(as_person: AsPerson, app: Flask) -> FlaskClient:
    """A browser that has come in by the account, and has signed out."""
    client = as_person(Role.VIEWER, login=LOGIN, app=app)
    client.post("/sign-out")
    return client


def tried(
    client: FlaskClient, password: str = "wrong", *, login: str = LOGIN, address: str = "192.0.2.1"
) -> int:
    form = {"username": login, "password": password}
    headers = {"X-Forwarded-For": address}
    return client.post("/sign-in", data=form, headers=headers).status_code


def guessed_at_from_everywhere(app: Flask) -> int:
    """What the last of many strangers is told."""
    strangers = (f"198.51.100.{n}" for n in range(MOST_BY_ACCOUNT + 1))
    return [tried(app.test_client(), address=address) for address in strangers][-1]


def test_strangers_who_guess_shut_out_strangers_alone(app: Flask, owner: FlaskClient) -> None:
    assert guessed_at_from_everywhere(app) == LATER
    assert tried(app.test_client(), PASSWORD) == LATER
    assert tried(owner, PASSWORD) == RIGHT


def test_a_browser_that_is_known_may_mistype_as_often_as_any(
    app: Flask, owner: FlaskClient
) -> None:
    addresses = [f"203.0.113.{n}" for n in range(MOST_BY_BOTH + 1)]
    tries = [tried(owner, address=address) for address in addresses]
    assert tries == [WRONG] * MOST_BY_BOTH + [LATER]
    assert tried(app.test_client(), PASSWORD) == RIGHT


def test_a_browser_is_known_to_the_account_that_came_in_by_it(
    as_person: AsPerson, app: Flask, owner: FlaskClient
) -> None:
    del owner
    other = as_person(Role.VIEWER, login="post.two", app=app)
    assert guessed_at_from_everywhere(app) == LATER
    assert tried(other, PASSWORD) == LATER


@pytest.mark.parametrize("value", ["", ".", "x", "x.y", "x.é", "x" * 4000])
def test_a_made_up_browser_is_a_stranger(app: Flask, owner: FlaskClient, value: str) -> None:
    assert guessed_at_from_everywhere(app) == LATER
    owner.set_cookie("zhitu-device", value)
    assert tried(owner, PASSWORD) == LATER


def test_who_ends_all_sessions_makes_every_browser_a_stranger(
    app: Flask, owner: FlaskClient, city: Store
) -> None:
    with city.writing() as session:
        book.end_sessions(session, LOGIN, by="admin")
    assert guessed_at_from_everywhere(app) == LATER
    assert tried(owner, PASSWORD) == LATER


@pytest.mark.parametrize("https", ["0", "1"])
def test_the_cookie_of_a_browser_is_for_this_host_alone(make_app: MakeApp, https: str) -> None:
    base = "https://localhost" if https == "1" else "http://localhost"
    client = make_app(ZHITU_HTTPS=https).test_client()
    answer = client.post("/sign-in", data={"password": "一个口令"}, base_url=base)
    _, cookie = answer.headers.getlist("Set-Cookie")
    (name, *_), flags = cookie.split("="), cookie.split("; ")[1:]
    kept = {flag for flag in flags if not flag.startswith(("Expires=", "Max-Age="))}
    expected = {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert (name, kept) == (
        ("__Host-zhitu-device", expected | {"Secure"})
        if https == "1"
        else ("zhitu-device", expected)
    )
    assert "no-store" in answer.headers["Cache-Control"]
