"""Public routes are a list; everything else needs the password."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.errors import TooManyAttemptsError
from service.auth import PUBLIC_ENDPOINTS
from service.signing_in.attempts import WINDOW_S, Attempts
from service.signing_in.local_path import local_path

MakeApp = Callable[..., Flask]


def test_every_route_is_public_by_name_or_asks_for_a_sign_in(make_app: MakeApp) -> None:
    app = make_app()
    client = app.test_client()
    guarded = {
        rule.endpoint: client.open(_path(rule), method=_method(rule)).status_code
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in PUBLIC_ENDPOINTS
    }
    assert set(guarded.values()) == {302, 401}
    assert (guarded["planner.coverage"], guarded["planner.data"]) == (302, 401)


def _path(rule: Rule) -> str:
    built = rule.build(dict.fromkeys(rule.arguments, 1))
    assert built is not None
    return built[1]


def _method(rule: Rule) -> str:
    methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return "GET" if "GET" in methods else min(methods)


def test_the_public_list_names_only_routes_there_are(make_app: MakeApp) -> None:
    endpoints = {rule.endpoint for rule in make_app().url_map.iter_rules()}
    assert endpoints >= PUBLIC_ENDPOINTS


def test_the_right_password_leads_on(client: FlaskClient) -> None:
    asked = client.get("/planner?radius=500")
    assert asked.headers["Location"] == "/sign-in?next=/planner%3Fradius%3D500"
    answer = client.post("/sign-in", data={"password": "一个口令", "next": "/planner?radius=500"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/planner?radius=500")
    assert client.get("/planner").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(make_app: MakeApp) -> None:
    client = make_app(ZHITU_HTTPS="1").test_client()
    answer = client.post("/sign-in", data={"password": "一个口令"}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert [part in cookie for part in ("HttpOnly", "SameSite=Strict", "Secure")] == [True] * 3


def test_signing_out_closes_the_door(planner: FlaskClient) -> None:
    assert planner.get("/planner").status_code == 200
    assert planner.post("/sign-out").status_code == 303
    assert planner.get("/planner").status_code == 302


def test_a_wrong_password_is_told_and_the_sixth_try_refused(client: FlaskClient) -> None:
    tries = [client.post("/sign-in", data={"password": "猜"}) for _ in range(5)]
    assert [answer.status_code for answer in tries] == [401] * 5
    assert "口令不对" in tries[0].text
    right = client.post("/sign-in", data={"password": "一个口令"})
    assert right.status_code == 429
    assert client.get("/planner").status_code == 302


def test_wrong_tries_are_forgotten_after_a_quarter_of_an_hour() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now, most=5, sentence="过 15 分钟再试")
    for _ in range(5):
        attempts.failed("192.0.2.1")
    with pytest.raises(TooManyAttemptsError, match="15 分钟"):
        attempts.check("192.0.2.1")
    assert attempts.check("192.0.2.2") is None
    now = WINDOW_S + 1
    assert attempts.check("192.0.2.1") is None


def test_a_new_password_ends_the_sessions_of_the_old_one(make_app: MakeApp) -> None:
    key = "k" * 32
    old = make_app(ZHITU_SECRET_KEY=key).test_client()
    old.post("/sign-in", data={"password": "一个口令"})
    cookie = old.get_cookie("zhitu")
    assert cookie is not None
    answers = []
    for word in ("一个口令", "另一个口令"):
        client = make_app(ZHITU_SECRET_KEY=key, ZHITU_PLANNER_PASSWORD=word).test_client()
        client.set_cookie("zhitu", cookie.value)
        answers.append(client.get("/planner").status_code)
    assert answers == [200, 302]


def test_without_a_password_nobody_gets_in_and_the_page_says_why(make_app: MakeApp) -> None:
    client = make_app(ZHITU_PLANNER_PASSWORD="").test_client()
    assert "ZHITU_PLANNER_PASSWORD" in client.get("/sign-in").text
    assert client.post("/sign-in", data={"password": ""}).status_code == 401
    assert client.get("/planner").status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[bad"},
    ],
)
def test_a_form_sent_from_elsewhere_does_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = client.post("/sign-in", data={"password": "一个口令"}, headers=headers)
    assert answer.status_code == 401
    assert client.get("/planner").status_code == 302


def test_a_form_of_this_host_without_tls_does_nothing_where_there_is_tls(make_app: MakeApp) -> None:
    answers = []
    for https, scheme in (("1", "http"), ("1", "https"), ("0", "http")):
        client = make_app(ZHITU_HTTPS=https).test_client()
        headers = {"Origin": f"{scheme}://localhost"}
        answers.append(client.post("/sign-out", headers=headers).status_code)
    assert answers == [401, 303, 303]


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("/planner?by=site", "/planner?by=site"),
        ("", "/desk"),
        ("https://evil.example/", "/desk"),
        ("//evil.example/", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/\tx", "/desk"),
        ("http://[", "/desk"),
        ("//[::1", "/desk"),
        ("http:evil.example", "/desk"),
        ("/p/1?next=//evil.example", "/p/1?next=//evil.example"),
        ("/.//evil.example", "/desk"),
        ("/desk/..//evil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/" + "x" * 2_000, "/desk"),
    ],
)
def test_after_the_sign_in_one_stays_on_this_site(asked: str, taken: str) -> None:
    assert local_path(asked) == taken


def test_the_sign_in_tells_password_keepers_what_its_fields_are(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert re.findall(r'name="(\w+)"[^>]*autocomplete="([\w-]+)"', page) == [
        ("username", "username"),
        ("password", "current-password"),
    ]


def test_a_session_from_before_the_sign_in_is_not_carried_on(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by another"
    client.post("/sign-in", data={"password": "一个口令"})
    with client.session_transaction() as session:
        assert sorted(session) == ["generation", "id", "login", "seen", "since"]
