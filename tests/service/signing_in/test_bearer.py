"""Programs come in by a token in a header, never by a cookie."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts import book, tokens
from geodata.accounts.roles import Person, Role
from geodata.store import Store
from geodata.tables import ApiToken
from service.clock import today

MakeApp = Callable[..., Flask]
AsPerson = Callable[..., FlaskClient]


@pytest.fixture
def token(city: Store, as_person: AsPerson) -> str:
    """Of an editor's account, in the role of a viewer."""
    as_person(Role.EDITOR, login="post.one", districts=("黄浦区",))
    with city.writing() as session:
        return tokens.make(
            session,
            Person("post.one", Role.EDITOR, ("黄浦区",)),
            name="报表",
            role=Role.VIEWER,
            expires_on=today() + timedelta(days=7),
            today=today(),
        )


def headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_opens_what_its_role_may(client: FlaskClient, token: str, city: Store) -> None:
    assert client.get("/planner/outline.json", headers=headers(token)).status_code == 200
    refused = client.get("/desk/contacts/place/1", headers=headers(token))
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    with city.reading() as session:
        assert session.scalars(select(ApiToken.used_on)).one() == today()


@pytest.mark.parametrize("bad", ["", "zhitu_wrong", "x y", "é"])
def test_a_token_that_does_not_hold_is_told_as_a_problem(client: FlaskClient, bad: str) -> None:
    given = {"Authorization": f"Bearer {bad}".encode().decode("latin-1")}
    answer = client.get("/planner", headers=given)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert "令牌" in answer.get_json()["detail"]


def test_with_a_token_the_cookie_counts_for_nothing(planner: FlaskClient, token: str) -> None:
    assert planner.get("/planner").status_code == 200
    assert planner.get("/planner", headers=headers("zhitu_wrong")).status_code == 401
    assert planner.get("/desk/people", headers=headers(token)).status_code == 403
    assert "Set-Cookie" not in planner.get("/planner", headers=headers(token)).headers


def test_with_a_token_a_script_of_any_origin_may_write(client: FlaskClient, token: str) -> None:
    foreign = headers(token) | {"Sec-Fetch-Site": "cross-site", "Origin": "https://a.example"}
    assert client.post("/desk/contacts/place/1", headers=foreign).status_code == 403
    assert client.post("/sign-out", headers=foreign).status_code == 303


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/desk/account"),
        ("POST", "/desk/account/password"),
        ("POST", "/desk/account/tokens"),
        ("POST", "/desk/account/tokens/1/revoke"),
        ("POST", "/desk/account/sign-out"),
        ("GET", "/desk/people"),
        ("POST", "/desk/people"),
    ],
)
def test_a_token_makes_no_token_and_no_account(
    client: FlaskClient, city: Store, method: str, path: str
) -> None:
    with city.writing() as session:
        whole = tokens.make(
            session,
            Person("admin", Role.ADMIN),
            name="x",
            role=Role.ADMIN,
            expires_on=today(),
            today=today(),
        )
    answer = client.open(path, method=method, headers=headers(whole))
    assert (answer.status_code, "不能用令牌" in answer.get_json()["detail"]) == (403, True)


def test_revoked_expired_and_shut_out_tokens_open_nothing(
    client: FlaskClient, city: Store, token: str
) -> None:
    statuses = []
    with city.writing() as session:
        book.switch(session, "post.one", on=False, by="admin")
    statuses.append(client.get("/planner", headers=headers(token)).status_code)
    with city.writing() as session:
        book.switch(session, "post.one", on=True, by="admin")
    statuses.append(client.get("/planner", headers=headers(token)).status_code)
    with city.writing() as session:
        session.scalars(select(ApiToken)).one().expires_on = today() - timedelta(days=1)
    statuses.append(client.get("/planner", headers=headers(token)).status_code)
    assert statuses == [401, 200, 401]
