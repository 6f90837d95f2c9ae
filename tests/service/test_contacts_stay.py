"""Canary names, mobiles and mails: on the one page that shows them, and in no other byte."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import AuditEvent, Contact, DemandSite, Place, ServicePoint

AsPerson = Callable[..., FlaskClient]
Paths = Callable[[Rule], Iterator[str]]
CANARIES = ("金丝雀甲", "19900004242", "canary-mail@example.invalid", "金丝雀岗")
PAGE = "contacts.look"
READING = frozenset({"GET"})
# They would end the session that looks.
ENDS = frozenset({"auth.sign_out", "account.sign_out"})


@pytest.fixture
def canaries(city: Store) -> Store:
    """Every record of the city has a contact."""
    name, mobile, email, role = CANARIES
    with city.writing() as session:
        for table in (Place, ServicePoint, DemandSite):
            for number in session.scalars(select(table.id)).all():
                session.add(
                    Contact(
                        record_table=table.__tablename__,
                        record_id=number,
                        name=name,
                        mobile=mobile,
                        email=email,
                        role=role,
                    )
                )
    return city


def told(
    client: FlaskClient, app: Flask, paths: Paths, methods: frozenset[str], *, but: str = ""
) -> list[tuple[str, str]]:
    """Every address whose answer holds a canary."""
    found = []
    for rule in app.url_map.iter_rules():
        for path in () if rule.endpoint in ENDS | {but} else paths(rule):
            for method in sorted((rule.methods or set()) & methods):
                answer = client.open(path, method=method)
                shown = answer.get_data() + str(answer.headers).encode()
                if any(canary.encode() in shown for canary in CANARIES):
                    found.append((method, path))
    return found


def reads(store: Store) -> int:
    with store.reading() as session:
        query = select(func.count()).select_from(AuditEvent).filter_by(action="contact.read")
        return session.scalar(query) or 0


@pytest.mark.parametrize(
    "who",
    [None, (Role.VIEWER, ()), (Role.EDITOR, ("崇明区",)), (Role.ADMIN, ("崇明区",))],
)
def test_below_the_role_or_out_of_reach_nothing_is_told(
    canaries: Store,
    as_person: AsPerson,
    paths_of: Paths,
    caplog: pytest.LogCaptureFixture,
    who: tuple[Role, tuple[str, ...]] | None,
) -> None:
    client = as_person(who[0], districts=who[1]) if who else as_person(Role.VIEWER)
    if who is None:
        client.post("/sign-out")
    app = client.application
    with caplog.at_level(logging.DEBUG):
        assert told(client, app, paths_of, READING | {"POST"}) == []
    assert [canary for canary in CANARIES if canary in caplog.text] == []
    assert reads(canaries) == 0


def test_within_reach_they_are_on_their_own_page_only(
    canaries: Store,
    make_app: Callable[..., Flask],
    as_person: AsPerson,
    paths_of: Paths,
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = make_app()
    client = as_person(Role.EDITOR, app=app)
    with caplog.at_level(logging.DEBUG):
        assert told(client, app, paths_of, READING, but=PAGE) == []
    assert [canary for canary in CANARIES if canary in caplog.text] == []


def test_every_allowed_read_leaves_one_row(canaries: Store, as_person: AsPerson) -> None:
    client = as_person(Role.EDITOR, districts=("黄浦区",))
    shown = [client.get(f"/desk/contacts/place/{number}") for number in (1, 2, 1)]
    assert [answer.status_code for answer in shown] == [200, 404, 200]
    assert [CANARIES[1] in answer.text for answer in shown] == [True, False, True]
    assert shown[0].headers["Cache-Control"] == "no-store"
    assert reads(canaries) == 2


def test_a_contact_is_added_changed_and_deleted_on_the_page(
    city: Store, as_person: AsPerson
) -> None:
    client = as_person(Role.EDITOR, districts=("黄浦区",))
    given: dict[str, Any] = {"name": "示例新人", "mobile": "021-55550000"}
    added = client.post("/desk/contacts/place/1?lang=en", data=given)
    assert added.headers["Location"] == "/desk/contacts/place/1?lang=en"
    with city.reading() as session:
        number = session.scalars(select(Contact.id)).one()
    at = f"/desk/contacts/place/1/{number}"
    client.post(at, data=given | {"email": "a@example.invalid"})
    assert "a@example.invalid" in client.get("/desk/contacts/place/1").text
    assert client.post(f"/desk/contacts/place/2/{number}", data=given).status_code == 404
    assert client.post(at, data=given | {"name": "a\x00b"}).status_code == 400
    client.post(f"{at}/remove")
    assert "示例新人" not in client.get("/desk/contacts/place/1").text


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**30])
def test_a_number_no_record_can_have_is_not_found(planner: FlaskClient, number: int) -> None:
    assert planner.get(f"/desk/contacts/place/{number}").status_code == 404
