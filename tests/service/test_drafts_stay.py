"""A district's records before they open: by no address, id or export another district's to read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from geodata.accounts.roles import Role
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.tables import Contact, Decision, EditedField, Place, ServicePoint, StatusChange

CANARY = "草稿金丝雀"
ENDS = frozenset({"auth.sign_out", "account.sign_out"})
Paths = Callable[[Rule], Iterator[str]]


@pytest.fixture
def drafts(city: Store) -> Store:
    """A draft of its own door near a site, and one without a position, both in 黄浦区."""
    service = DeclaredService(Kind.HEALTH_POINT, f"{CANARY}点", Status.DECLARED, Tier.OTHER)
    source = Source("示例草稿.xlsx", "表1", 2, {}, "stations")
    placed = DeclaredPlace(f"{CANARY}甲", "四川中路1号", "黄浦区", "", (service,), source)
    here = Position(121.4712, 31.2350, Level.NUMBER, 60.0, "测试")
    near = replace(placed, name=f"{CANARY}乙", address="科苑路3号")
    there = Position(121.5968, 31.2052, Level.NUMBER, 60.0, "测试")
    records = (Placed(placed, None, here, "黄浦区"), Placed(near, None, there, "黄浦区"))
    city.publish(ImportedFile("示例草稿.xlsx", "1" * 64, records, 2, 0, ("stations",)))
    return city


def told(client: FlaskClient, app: Flask, paths: Paths) -> set[str]:
    """The routes whose answer names a draft."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in ENDS and "GET" in (rule.methods or ())
        for path in paths(rule)
        if CANARY.encode() in client.get(path).get_data()
    }


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR, Role.REVIEWER])
def test_another_districts_account_reads_no_draft_by_any_route(
    drafts: Store,
    make_app: Callable[..., Flask],
    as_person: Callable[..., FlaskClient],
    paths_of: Paths,
    role: Role | None,
) -> None:
    app = make_app()
    other = {"districts": ("崇明区",), "app": app}
    client = as_person(role, **other) if role else app.test_client()
    assert told(client, app, paths_of) == set()


def test_its_own_district_reads_it(
    drafts: Store,
    make_app: Callable[..., Flask],
    as_person: Callable[..., FlaskClient],
    paths_of: Paths,
) -> None:
    app = make_app()
    client = as_person(Role.EDITOR, districts=("黄浦区",), app=app)
    assert {"planner.data", "planner.why", "point.look", "points.table"} <= told(
        client, app, paths_of
    )


# Something for every field a form of the desk may ask for.
FORM = {
    **dict.fromkeys(("to", "status", "set_status"), "withdrawn"),
    **dict.fromkeys(("on", "date", "day", "due", "deadline"), "2026-03-02"),
    **dict.fromkeys(("id", "ids", "service", "services", "point", "n", "keep", "kept"), "6"),
    **dict.fromkeys(("reason", "note", "name", "union", "hours_text", "value", "by", "new"), "改"),
    **dict.fromkeys(("year", "amount", "layer", "kind", "field", "grade"), "2024"),
    "lon": "121.5",
    "lat": "31.2",
    "address": "四川中路2号",
    "apply": "1",
}


def stored(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = (Place, ServicePoint, StatusChange, Decision, Contact, EditedField)
    with store.reading() as session:
        return {
            table.__tablename__: [
                tuple(row)
                for row in session.execute(
                    select(*(c for c in table.__table__.columns if c.name != "geom"))
                )
            ]
            for table in tables
        }


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR, Role.REVIEWER])
def test_another_districts_account_changes_no_record_by_any_route(
    drafts: Store,
    make_app: Callable[..., Flask],
    as_person: Callable[..., FlaskClient],
    paths_of: Paths,
    role: Role | None,
) -> None:
    app = make_app()
    other = {"districts": ("崇明区",), "app": app}
    client = as_person(role, **other) if role else app.test_client()
    before = stored(drafts)
    tried = [
        client.post(path, data=FORM).status_code
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in ENDS and "POST" in (rule.methods or ())
        for path in paths_of(rule)
    ]
    assert len(tried) > 40
    assert stored(drafts) == before


def test_another_districts_draft_is_told_no_different_from_one_that_is_not_there(
    drafts: Store, make_app: Callable[..., Flask], as_person: Callable[..., FlaskClient]
) -> None:
    app = make_app()
    client = as_person(Role.REVIEWER, districts=("崇明区",), app=app)
    # The sixth place and the sixth service are drafts, a ninety-ninth is nowhere.
    told = [
        (f"{method} {path}", _said(client, method, path, "6"), _said(client, method, path, "99"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk/") and "<int:" in rule.rule
        for method in {"GET", "POST"} & (rule.methods or set())
        for table in (("place", "service_point") if "<table>" in rule.rule else ("place",))
        for path in [re.sub(r"<(table|of)>", table, rule.rule)]
    ]
    assert [path for path, draft, absent in told if draft != absent] == []
    assert sum(absent[0] == 404 for _, _, absent in told) > 15


def _said(client: FlaskClient, method: str, path: str, number: str) -> tuple[int, str]:
    """An answer without the number it was asked for."""
    asked = re.sub(r"<int:\w+>", number, path)
    form = FORM | {"kept": number} if method == "POST" else None
    answer = client.open(asked, method=method, data=form)
    return answer.status_code, re.sub(rf"\b{number}\b", "N", answer.text)
