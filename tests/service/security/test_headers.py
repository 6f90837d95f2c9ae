"""The headers of every route, by every method, for everybody: strict, and none forgotten."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from geodata.accounts.roles import Role
from service.auth import OFFICE_ENDPOINTS, PUBLIC_ENDPOINTS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
PUBLIC = PUBLIC_ENDPOINTS | OFFICE_ENDPOINTS
# Only these are meant for frames, and only this one holds frames of our own.
FRAMED = frozenset({"embed.embed", "embed_still.plain_list", "embed.colours"})
FRAMING = frozenset({"builder.choose", "builder.lines"})
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
Paths = Callable[[Rule], Iterator[str]]


@pytest.fixture(params=["nobody", "viewer", "administrator"])
def client(
    request: pytest.FixtureRequest,
    make_app: Callable[..., Flask],
    as_person: Callable[..., FlaskClient],
) -> FlaskClient:
    roles = {"viewer": Role.VIEWER, "administrator": Role.ADMIN}
    who = str(request.param)
    return as_person(roles[who]) if who in roles else make_app().test_client()


def every(client: FlaskClient, paths_of: Paths) -> Iterator[tuple[Rule, str, TestResponse]]:
    """An answer of every route to every method; signing out comes last of all."""
    rules = sorted(
        client.application.url_map.iter_rules(), key=lambda rule: "sign_out" in rule.endpoint
    )
    for rule in rules:
        path = next(paths_of(rule))
        for method in METHODS:
            yield rule, method, client.open(path, method=method)


def policy(response: TestResponse) -> dict[str, str]:
    said = response.headers["Content-Security-Policy"]
    return dict(part.partition(" ")[::2] for part in said.split("; "))


def shared(rule: Rule, method: str, response: TestResponse) -> bool:
    """Whether a cache or a page of another site may get hold of what takes a sign-in."""
    headers = response.headers
    if rule.endpoint in PUBLIC or method == "OPTIONS" or response.status_code == 405:
        return False
    return (
        "no-store" not in headers.get("Cache-Control", "")
        or headers.get("Cross-Origin-Resource-Policy") != "same-origin"
        or "Access-Control-Allow-Origin" in headers
    )


def test_every_answer_has_the_strict_headers(client: FlaskClient, paths_of: Paths) -> None:
    wrong, count = [], 0
    for rule, method, response in every(client, paths_of):
        count += 1
        said, headers = policy(response), response.headers
        framing, frames = said.pop("frame-ancestors"), said.pop("frame-src", "")
        expected = {name: value for name, value in POLICY.items() if name != "frame-ancestors"}
        faults = [
            said != expected,
            framing != "'none'" and rule.endpoint not in FRAMED,
            (framing == "'none'") != (headers.get("X-Frame-Options") == "DENY"),
            frames not in {"", "'self'"} or (bool(frames) and rule.endpoint not in FRAMING),
            headers.get("X-Content-Type-Options") != "nosniff",
            headers.get("Referrer-Policy") != "same-origin",
            headers.get("Permissions-Policy") != "geolocation=(self), camera=(), microphone=()",
            headers.get("Cross-Origin-Opener-Policy") not in {"same-origin", "unsafe-none"},
            "Server" in headers or "X-Powered-By" in headers,
            shared(rule, method, response),
            response.status_code >= 500 and response.status_code != 501,
        ]
        wrong += [(rule.rule, method, response.status_code, faults)] if any(faults) else []
    assert (wrong, count > 1000) == ([], True)


def test_a_visitor_is_given_no_cookie(make_app: Callable[..., Flask], paths_of: Paths) -> None:
    given = [
        (rule.rule, method)
        for rule, method, response in every(make_app().test_client(), paths_of)
        # Signing out takes away a cookie, and gives none.
        if not response.headers.get("Set-Cookie", "zhitu=;").startswith("zhitu=;")
    ]
    assert given == []


def test_no_cache_keeps_an_answer_that_brings_a_cookie(
    as_person: Callable[..., FlaskClient], paths_of: Paths
) -> None:
    client = as_person(Role.VIEWER)
    kept, brought = [], 0
    for rule in client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            with client.session_transaction() as session:
                session["seen"] = int(time.time()) - 600
            response = client.get(next(paths_of(rule)))
            if "Set-Cookie" in response.headers:
                brought += 1
                control = response.headers.get("Cache-Control", "")
                kept += [] if "no-store" in control else [(rule.rule, control)]
    assert (kept, brought > 30) == ([], True)


@pytest.mark.parametrize("https", ["0", "1"])
def test_every_cookie_is_strict(make_app: Callable[..., Flask], https: str) -> None:
    client = make_app(ZHITU_HTTPS=https).test_client()
    base = "https://localhost" if https == "1" else "http://localhost"
    answer = client.post("/sign-in", data={"password": "一个口令"}, base_url=base)
    name, *flags = re.split(r"[=;] ?", re.sub(r"=[^;]*", "", answer.headers["Set-Cookie"], count=1))
    secure = ["Secure"] if https == "1" else []
    expected = sorted([*secure, "HttpOnly", "Path", "/", "SameSite", "Strict"])
    assert (name, sorted(flags)) == ("__Host-zhitu" if secure else "zhitu", expected)


def test_behind_https_browsers_are_told_to_keep_to_it(make_app: Callable[..., Flask]) -> None:
    answers = [
        make_app(ZHITU_HTTPS=https).test_client().get(path).headers.get("Strict-Transport-Security")
        for https in ("0", "1")
        for path in ("/", "/desk", "/none")
    ]
    assert answers == [None] * 3 + ["max-age=31536000"] * 3
