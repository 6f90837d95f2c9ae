"""Role × route × method over the whole map of addresses.

A new route needs one line here: its endpoint and the lowest role that may call it, or PUBLIC.
"""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.accounts.roles import Role
from service.auth import OFFICE_ENDPOINTS, PUBLIC_ENDPOINTS

PUBLIC = None
EXPECTED: dict[str, Role | None] = {
    "account.look": Role.VIEWER,
    "account.make_token": Role.VIEWER,
    "account.password": Role.VIEWER,
    "account.revoke": Role.VIEWER,
    "account.sign_out": Role.VIEWER,
    "api.clusters": PUBLIC,
    "api.nearest": PUBLIC,
    "api.outline": PUBLIC,
    "api.place_document": PUBLIC,
    "api.stations": PUBLIC,
    "assets.asset": PUBLIC,
    "audit.as_csv": Role.VIEWER,
    "audit.look": Role.VIEWER,
    "auth.sign_in": PUBLIC,
    "auth.sign_out": PUBLIC,
    "auth.try_password": PUBLIC,
    "builder.choose": PUBLIC,
    "builder.lines": PUBLIC,
    "calls.address": PUBLIC,
    "calls.cancel": Role.VIEWER,
    "calls.coverage": PUBLIC,
    "calls.gaps": Role.VIEWER,
    "calls.geocode": Role.EDITOR,
    "calls.nearest": PUBLIC,
    "calls.progress": Role.VIEWER,
    "calls.result": Role.VIEWER,
    "calls.start": Role.VIEWER,
    "calls.what_if": Role.VIEWER,
    "contacts.add": Role.EDITOR,
    "contacts.change": Role.EDITOR,
    "contacts.look": Role.EDITOR,
    "contacts.remove": Role.EDITOR,
    "desk_feedback.add": Role.EDITOR,
    "desk_feedback.album": Role.EDITOR,
    "desk_feedback.close": Role.EDITOR,
    "desk_feedback.picture": Role.EDITOR,
    "desk_feedback.queue": Role.EDITOR,
    "desk_feedback.remove": Role.EDITOR,
    "duplicates.apart": Role.REVIEWER,
    "duplicates.join": Role.REVIEWER,
    "duplicates.look": Role.EDITOR,
    "duplicates.pair": Role.EDITOR,
    "duplicates.part": Role.REVIEWER,
    "embed.colours": PUBLIC,
    "embed.embed": PUBLIC,
    "embed_check.answer": PUBLIC,
    "embed_check.ask": PUBLIC,
    "embed_picture.still": PUBLIC,
    "embed_sites.add": Role.ADMIN,
    "embed_sites.look": Role.ADMIN,
    "embed_sites.remove": Role.ADMIN,
    "embed_still.code": PUBLIC,
    "embed_still.plain_list": PUBLIC,
    "embed_still.script": PUBLIC,
    "erasure.erase": Role.ADMIN,
    "erasure.find": Role.ADMIN,
    "erasure.look": Role.ADMIN,
    "erasure.receipt": Role.ADMIN,
    "exports.desk": Role.VIEWER,
    "exports.public": PUBLIC,
    "feedback.picture": PUBLIC,
    "feedback.tell": PUBLIC,
    "finder.find": PUBLIC,
    "health.lives": PUBLIC,
    "health.ready": PUBLIC,
    "health.tells": PUBLIC,
    "home.home": Role.VIEWER,
    "listings.file": Role.VIEWER,
    "listings.look": Role.VIEWER,
    "listings.tell": Role.EDITOR,
    "imports.again": Role.EDITOR,
    "imports.ask": Role.EDITOR,
    "imports.cancel": Role.EDITOR,
    "imports.correct": Role.EDITOR,
    "imports.datum": Role.EDITOR,
    "imports.discard": Role.EDITOR,
    "imports.errors": Role.EDITOR,
    "imports.filled": Role.EDITOR,
    "imports.index": Role.EDITOR,
    "imports.look": Role.EDITOR,
    "imports.progress": Role.EDITOR,
    "imports.send": Role.EDITOR,
    "imports.take_back": Role.EDITOR,
    "imports.take_in": Role.EDITOR,
    "oembed.oembed": PUBLIC,
    "office.back": PUBLIC,
    "office.leave": PUBLIC,
    "ogc.collection": PUBLIC,
    "ogc.collections": PUBLIC,
    "ogc.conformance": PUBLIC,
    "ogc.definition": PUBLIC,
    "ogc.guide": PUBLIC,
    "ogc.item": PUBLIC,
    "ogc.items": PUBLIC,
    "ogc.landing": PUBLIC,
    "ogc.landing_too": PUBLIC,
    "ogc.queryables": PUBLIC,
    "openapi.definition": PUBLIC,
    "openapi.guide": PUBLIC,
    "people.add": Role.ADMIN,
    "people.change": Role.ADMIN,
    "people.look": Role.ADMIN,
    "people.off": Role.ADMIN,
    "people.on": Role.ADMIN,
    "people.one": Role.ADMIN,
    "people.password": Role.ADMIN,
    "pin.look": PUBLIC,
    "pin.send": PUBLIC,
    "place.code": PUBLIC,
    "place.look": PUBLIC,
    "planner.coverage": Role.VIEWER,
    "planner.data": Role.VIEWER,
    "planner.outline": Role.VIEWER,
    "planner.towns_json": Role.VIEWER,
    "planner.why": Role.VIEWER,
    "planner.why_page_": Role.VIEWER,
    "point.card": Role.REVIEWER,
    "point.edit": Role.EDITOR,
    "point.hold": Role.EDITOR,
    "point.inspect": Role.EDITOR,
    "point.look": Role.VIEWER,
    "point.move": Role.EDITOR,
    "point.pay": Role.EDITOR,
    "point.resolve": Role.REVIEWER,
    "point.strike": Role.EDITOR,
    "points.bulk": Role.EDITOR,
    "points.clusters": Role.VIEWER,
    "points.hours": Role.VIEWER,
    "points.table": Role.VIEWER,
    "privacy.look": PUBLIC,
    "programmes.aim": Role.ADMIN,
    "programmes.book": Role.VIEWER,
    "programmes.newest": Role.VIEWER,
    "programmes.one_year": Role.VIEWER,
    "reports.index": Role.VIEWER,
    "reports.of_district": Role.VIEWER,
    "reports.of_point": Role.VIEWER,
    "reports.of_year": Role.VIEWER,
    "reports.picture": Role.VIEWER,
    "reports.workbook": Role.VIEWER,
    "review.ask": Role.EDITOR,
    "review.correct": Role.REVIEWER,
    "review.datum": Role.REVIEWER,
    "review.look": Role.EDITOR,
    "review.move": Role.REVIEWER,
    "review.not_a_place": Role.REVIEWER,
    "review.one": Role.EDITOR,
    "review.part": Role.EDITOR,
    "review.pick": Role.REVIEWER,
    "review.undo": Role.REVIEWER,
    "scenarios.all_of_them": Role.VIEWER,
    "scenarios.delete": Role.EDITOR,
    "scenarios.rename": Role.EDITOR,
    "scenarios.side_by_side": Role.VIEWER,
    "site_map.index": PUBLIC,
    "site_map.places": PUBLIC,
    "site_map.robots": PUBLIC,
    "siting.answer": Role.VIEWER,
    "siting.cancel": Role.VIEWER,
    "siting.form": Role.VIEWER,
    "siting.result": Role.VIEWER,
    "siting.save": Role.EDITOR,
    "siting.sheet": Role.VIEWER,
    "siting.start": Role.VIEWER,
    "siting.state": Role.VIEWER,
    "tiles.about": PUBLIC,
    "tiles.every": PUBLIC,
    "tiles.tile": PUBLIC,
}

OFFICE = {
    "ZHITU_OIDC_ISSUER": "https://sso.example.org",
    "ZHITU_OIDC_CLIENT_ID": "zhitu",
    "ZHITU_OIDC_CLIENT_SECRET": "secret",
}


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The whole service, its views replaced by one word: what is tested stands before them."""
    made = make_app(**OFFICE)
    for endpoint, view in made.view_functions.items():
        made.view_functions[endpoint] = _reached(view)
    return made


def _reached(view: Callable[..., object]) -> Callable[..., str]:
    def reached(**_arguments: object) -> str:
        return "reached"

    vars(reached).update(vars(view))
    return reached


def path_of(rule: Rule) -> str:
    """One address of a route."""
    values = {name: _value(rule, name) for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def _value(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    choices = sorted(getattr(converter, "items", ()))
    if choices:
        return choices[0]
    return 1 if hasattr(converter, "num_convert") else "x"


def asked(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str, bool]]:
    """Every route and method, and whether it was reached."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods or ()):
            answer = client.open(path_of(rule), method=method)
            refused = answer.status_code in {401, 403} or "/sign-in?next=" in answer.headers.get(
                "Location", ""
            )
            assert refused or answer.status_code == 200, (rule.rule, method, answer.status_code)
            yield rule.endpoint, method, not refused


def test_every_route_stands_in_the_table(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    missing, gone = sorted(there - EXPECTED.keys()), sorted(EXPECTED.keys() - there)
    lines = "\n".join(f'    "{endpoint}": Role.…,' for endpoint in missing)
    assert missing == [], f"add to EXPECTED, under its blueprint, with the lowest role:\n{lines}"
    assert gone == [], f"take out of EXPECTED: {gone}"


def test_the_public_routes_are_those_of_the_list() -> None:
    public = {endpoint for endpoint, role in EXPECTED.items() if role is PUBLIC}
    assert public == PUBLIC_ENDPOINTS | OFFICE_ENDPOINTS


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_reaches_what_the_table_says_by_every_method(
    app: Flask, as_person: Callable[..., FlaskClient], role: Role | None
) -> None:
    client = app.test_client() if role is None else _signed_in(app, as_person, role)
    wrong = [
        (endpoint, method)
        for endpoint, method, reached in asked(app, client)
        if endpoint in EXPECTED and reached != _may(role, EXPECTED[endpoint])
    ]
    assert wrong == []


def test_what_is_behind_the_sign_in_is_kept_by_no_cache(
    app: Flask, as_person: Callable[..., FlaskClient]
) -> None:
    client = _signed_in(app, as_person, Role.ADMIN)
    kept = {
        rule.endpoint: client.get(path_of(rule)).headers.get("Cache-Control")
        for rule in app.url_map.iter_rules()
        if EXPECTED.get(rule.endpoint) is not PUBLIC and "GET" in (rule.methods or ())
    }
    assert set(kept.values()) <= {"private, no-store", "no-store"}
    assert len(kept) > 30


def _signed_in(app: Flask, as_person: Callable[..., FlaskClient], role: Role) -> FlaskClient:
    # The application at hand answers the sign-in with one word too: the session comes from a twin.
    twin = as_person(role)
    cookie = twin.get_cookie("zhitu")
    assert cookie is not None
    app.secret_key = twin.application.secret_key
    client = app.test_client()
    client.set_cookie("zhitu", cookie.value)
    return client


def _may(role: Role | None, needed: Role | None) -> bool:
    return needed is PUBLIC or (role is not None and role.may(needed))
