"""What a request brings stays data: in SQL, in headers, in redirects, in JSON."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.accounts.roles import Role
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

Paths = Callable[[Rule], Iterator[str]]
PASSWORD = "一个口令"
# Texts that end a string of SQL, a header, a path or a template; and signs no database takes.
HOSTILE = (
    "'\"`;--%_\\ ) OR 1=1 /*",
    "x%0d%0aSet-Cookie:%20planted=1%0d%0aLocation:%20//evil.example%0d%0a%0d%0a<h1>",
    "%00%ed%a0%80%ff../../../etc/passwd",
    "{{7*7}}${7*7}%(x)s{0.__class__}",
)
# Parameters every view may read without naming them itself.
COMMON = {"lang", "f", "page", "next", "q"}
NAMES = re.compile(r'"(\w{1,24})"')
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https://evil.example",
    "https://localhost@evil.example",
    "//localhost\\@evil.example",
    "//evil。example",
    "/.//evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\u2028//evil.example",
)


@pytest.fixture
def client(planner: FlaskClient) -> FlaskClient:
    """An administrator, who reaches every view."""
    return planner


def parameters(app: Flask, rule: Rule) -> set[str]:
    """The names that stand in the module of a view: its parameters are among them."""
    module = inspect.getmodule(app.view_functions[rule.endpoint])
    assert module is not None
    return set(NAMES.findall(inspect.getsource(module))) | COMMON


@pytest.mark.parametrize("text", HOSTILE)
def test_no_parameter_of_any_view_leaves_its_place(
    client: FlaskClient, paths_of: Paths, text: str
) -> None:
    app, wrong, count = client.application, [], 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "assets.asset":
            continue
        path = next(paths_of(rule))
        for name in sorted(parameters(app, rule)):
            # Twice the same name: the second must not slip past what looked at the first.
            answer = client.get(f"{path}?{name}=1&{name}={text}&{name}[]={text}")
            count += 1
            location = answer.headers.get("Location", "/")
            faults = [
                answer.status_code >= 500 and answer.status_code != 501,
                "planted" in answer.headers.get("Set-Cookie", ""),
                not location.startswith("/") or location.startswith("//"),
                b"<h1>Set" in answer.data or b"${49}" in answer.data,
            ]
            wrong += [(path, name, answer.status_code)] if any(faults) else []
    assert (wrong, count > 1000) == ([], True)


@pytest.mark.parametrize("sign", ["%", "_", "%%", "\\", "' OR ''='", "*"])
@pytest.mark.parametrize(
    "path",
    ["/exports/points.csv?", "/desk/points?", "/desk/audit?", "/?", "/desk/search?"],
)
def test_signs_of_the_database_are_looked_for_as_they_are(
    client: FlaskClient, path: str, sign: str
) -> None:
    query = urlencode({"q": sign, "by": sign, "table": sign})
    found = client.get(f"{path}&{query}")
    assert found.status_code in {200, 404}
    assert "示例・广场驿站" not in found.text


def test_texts_of_visitors_end_no_statement_on_either_database(any_store: Store) -> None:
    app = create_app(Settings(planner_password=PASSWORD), any_store)
    client = app.test_client()
    client.post("/sign-in", data={"password": PASSWORD})
    asked = [
        client.get(f"{path}?{name}={text}").status_code
        for text in HOSTILE
        for path in ("/", "/desk/points", "/desk/audit", "/desk/review", "/embed", "/planner")
        for name in ("q", "by", "action", "table", "district", "town", "park", "scenario", "union")
    ]
    assert set(asked) <= {200, 400, 404}


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_way_in_leads_on_to_another_site(make_app: Callable[..., Flask], there: str) -> None:
    app = make_app()
    answers = [
        app.test_client().post("/sign-in", data={"password": PASSWORD, "next": there}),
        app.test_client().get("/desk", query_string={"next": there}),
        app.test_client().post("/sign-out", data={"next": there}),
    ]
    places = [answer.headers["Location"] for answer in answers]
    assert [place for place in places if not re.match(r"/(?![/\\])", place)] == []


@pytest.mark.parametrize(
    "path", ["//evil.example/p/1", "///p//1", "/p/1//", "//desk", "/\\desk", "/;//x"]
)
def test_a_crooked_path_leads_to_no_other_site(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})
    assert not re.match(r"(?:https?:)?//(?!localhost)", answer.headers.get("Location", "/"))


BODIES = (
    b"[" * 8_000,
    b'{"a":' * 3_000,
    b"[NaN, Infinity, -Infinity, 1e999]",
    b'{"lon": 1e999, "lat": NaN, "address": 1e999, "radius": -0}',
    b'{"address": "\\ud800", "name": "\\u0000"}',
    b'{"address": ["a"], "addresses": {"a": 1}, "k": "1", "changes": 7, "kind": null}',
    b'{"a": 1, "a": 2}',
    b"9" * 5_000,
    b"null",
    b"\xff\xfe\x00",
    b"",
)
SAID = ("application/json", "application/json; charset=utf-7", "text/plain", "image/png", "x")


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_no_body_breaks_a_view(client: FlaskClient, paths_of: Paths, number: int) -> None:
    wrong = [
        (rule.rule, method, said, answer.status_code)
        for rule in client.application.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"})
        for said in (SAID if number == 0 else SAID[:1])
        if (
            answer := client.open(
                next(paths_of(rule)), method=method, data=BODIES[number], content_type=said
            )
        ).status_code
        >= 500
        and "sign_out" not in rule.endpoint
    ]
    assert wrong == []


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_what_the_request_line_says(
    as_person: Callable[..., FlaskClient], header: str
) -> None:
    client = as_person(Role.VIEWER)
    client.get("/sign-out", headers={header: "POST"})
    client.get("/sign-out?_method=POST", headers={header: "DELETE"})
    assert client.get("/planner/outline.json").status_code == 200


def test_bodies_are_hostile(client: FlaskClient) -> None:
    """The walk above reaches views that read JSON."""
    calls: Any = [
        client.post("/api/v1/geocode", data=body, content_type="application/json").status_code
        for body in BODIES
    ]
    assert set(calls) <= {400, 413, 415, 422}
