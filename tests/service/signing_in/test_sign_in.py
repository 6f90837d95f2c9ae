"""Signing in with an account, and what ends it."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts import book, passwords
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import Account
from service.app import create_app
from service.settings import Settings
from service.signing_in.gate import IDLE_S, LONGEST_S

AsPerson = Callable[..., FlaskClient]
MakeApp = Callable[..., Flask]
PASSWORD = "一个口令123456"


def opens(client: FlaskClient) -> bool:
    return client.get("/planner/outline.json").status_code == 200


def test_an_account_comes_in_by_its_login_in_any_letters(
    as_person: AsPerson, make_app: MakeApp
) -> None:
    assert opens(as_person(Role.VIEWER, login="post.one"))
    client = make_app().test_client()
    client.post("/sign-in", data={"username": " Post.One ", "password": PASSWORD})
    assert opens(client)


def test_an_unknown_login_and_a_wrong_password_are_told_alike(
    as_person: AsPerson, make_app: MakeApp
) -> None:
    as_person(Role.VIEWER, login="post.one")
    client = make_app().test_client()
    given = [("post.one", "wrong"), ("nobody", "wrong"), ("nobody", PASSWORD), ("admin", PASSWORD)]
    answers = [
        client.post("/sign-in", data={"username": login, "password": password})
        for login, password in given
    ]
    assert [answer.status_code for answer in answers] == [401] * 4
    pages = {
        answer.text.replace(f'value="{login}"', "")
        for (login, _), answer in zip(given, answers, strict=True)
    }
    assert len(pages) == 1
    assert "账号或口令不对。" in pages.pop()


def test_an_unknown_login_costs_a_hash_as_well(as_person: AsPerson, make_app: MakeApp) -> None:
    as_person(Role.VIEWER, login="post.one")
    client = make_app().test_client()
    hashed = []
    for login in ("post.one", "nobody"):
        before = _asked_for_nobodys_hash()
        client.post("/sign-in", data={"username": login, "password": "wrong"})
        hashed.append(_asked_for_nobodys_hash() - before)
    assert hashed == [0, 1]


def _asked_for_nobodys_hash() -> int:
    found = passwords._nobodys.cache_info()
    return found.hits + found.misses


@pytest.mark.parametrize("change", ["password", "role", "off", "everywhere"])
def test_a_change_of_the_account_ends_its_sessions_in_every_process(
    as_person: AsPerson, city: Store, change: str
) -> None:
    client = as_person(Role.VIEWER, login="post.one")
    assert opens(client)
    # Another process writes: the store that serves has no part in it.
    with Store(city.engine).writing() as session:
        match change:
            case "password":
                book.set_password(session, "post.one", "another word 7", by="admin")
            case "role":
                book.set_reach(session, "post.one", Reach(Role.EDITOR), by="admin")
            case "off":
                book.switch(session, "post.one", on=False, by="admin")
            case "everywhere":
                book.end_sessions(session, "post.one", by="admin")
    assert not opens(client)


def test_an_account_shut_out_does_not_come_in_again_until_it_is_let_in(
    as_person: AsPerson, city: Store
) -> None:
    client = as_person(Role.VIEWER, login="post.one")
    seen = []
    for on in (False, True):
        with city.writing() as session:
            book.switch(session, "post.one", on=on, by="admin")
        client.post("/sign-in", data={"username": "post.one", "password": PASSWORD})
        seen.append(opens(client))
    assert seen == [False, True]


def test_a_session_ends_after_twelve_idle_hours(as_person: AsPerson) -> None:
    client = as_person(Role.VIEWER)
    seen = []
    for idle in (IDLE_S - 60, IDLE_S + 60):
        with client.session_transaction() as session:
            session["seen"] = int(time.time()) - idle
        seen.append(opens(client))
    assert seen == [True, False]


def test_a_session_in_use_ends_after_a_week(as_person: AsPerson) -> None:
    client = as_person(Role.VIEWER)
    seen = []
    for age in (LONGEST_S - 60, LONGEST_S + 60):
        with client.session_transaction() as session:
            session["since"] = int(time.time()) - age
        seen.append(opens(client))
    assert seen == [True, False]


def test_use_keeps_a_session_alive_without_a_cookie_for_every_answer(as_person: AsPerson) -> None:
    client = as_person(Role.VIEWER)
    assert "Set-Cookie" not in client.get("/planner/outline.json").headers
    with client.session_transaction() as session:
        session["seen"] = int(time.time()) - 600
    assert "Set-Cookie" in client.get("/planner/outline.json").headers
    with client.session_transaction() as session:
        assert session["seen"] > time.time() - 60


def test_one_reads_when_an_account_last_came_in(as_person: AsPerson, city: Store) -> None:
    as_person(Role.VIEWER, login="post.one")
    with city.reading() as session:
        assert session.get_one(Account, "post.one").signed_in_at is not None


def test_behind_https_the_cookie_belongs_to_this_very_host(make_app: MakeApp) -> None:
    client = make_app(ZHITU_HTTPS="1").test_client()
    answer = client.post("/sign-in", data={"password": "一个口令"}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-zhitu=")
    assert [
        part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Strict", "Domain")
    ] == [
        *[True] * 4,
        False,
    ]


@pytest.mark.parametrize(
    ("hops", "statuses"),
    [
        # Without a proxy of our own the header is anybody's word.
        ("0", [401] * 5 + [429]),
        # One hop: the last address is the proxy's word, and it differs.
        ("1", [401] * 6),
        # Two hops: the one before the last, which is the same each time.
        ("2", [401] * 5 + [429]),
    ],
)
def test_only_the_addresses_our_own_proxies_wrote_are_counted_by(
    make_app: MakeApp, hops: str, statuses: list[int]
) -> None:
    client = make_app(ZHITU_PROXY_HOPS=hops).test_client()
    tries = [
        client.post(
            "/sign-in",
            data={"password": "x"},
            headers={"X-Forwarded-For": f"203.0.113.{n}, 192.0.2.1, 198.51.100.{n}"},
        ).status_code
        for n in range(6)
    ]
    assert tries == statuses


@pytest.mark.parametrize("login", ["\x00", "a\x00b", "张三", "a\u202eb", "x" * 5000, "'; --", "％"])
def test_a_login_no_account_can_have_is_simply_wrong(any_store: Store, login: str) -> None:
    app = create_app(Settings(planner_password="一个口令"), any_store)
    answer = app.test_client().post("/sign-in", data={"username": login, "password": "x\x00"})
    assert answer.status_code == 401
