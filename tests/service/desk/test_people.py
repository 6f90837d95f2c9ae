"""The accounts' page and one's own, in a browser."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts import book
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import ApiToken, AuditEvent

MakeApp = Callable[..., Flask]
AsPerson = Callable[..., FlaskClient]
SECRET = re.compile(r'<code class="secret">([^<]+)</code>')
PASSWORD = "一个口令123456"
NEW = {"login": "pudong.post", "role": "editor", "district": "浦东新区", "unions": "市教育工会\n"}


def secret(page: str) -> str:
    found = SECRET.search(page)
    assert found is not None
    return found[1]


def comes_in(make_app: MakeApp, login: str, password: str) -> bool:
    client = make_app().test_client()
    answer = client.post("/sign-in", data={"username": login, "password": password})
    return answer.status_code == 303


def test_an_administrator_of_one_district_neither_makes_accounts_nor_widens_himself(
    as_person: AsPerson,
) -> None:
    client = as_person(Role.ADMIN, login="post.bound", districts=("崇明区",))
    given = {"login": "post.new", "role": "admin"}
    paths = ("", "/post.bound", "/post.bound/password", "/post.bound/on")
    tried = [client.post(f"/desk/people{path}", data=given).status_code for path in paths]
    shared = ("/desk/embed-sites", "/desk/programmes/2027/targets")
    lists = [client.post(path).status_code for path in shared]
    assert (tried, lists) == ([403] * 4, [403] * 2)
    assert 'href="/desk/people"' not in client.get("/desk/account").text


def test_an_administrator_makes_an_account_and_is_shown_its_password_once(
    planner: FlaskClient, make_app: MakeApp, city: Store
) -> None:
    made = planner.post("/desk/people", data=NEW)
    assert made.headers["Cache-Control"] == "no-store"
    assert comes_in(make_app, "pudong.post", secret(made.text))
    assert SECRET.search(planner.get("/desk/people/pudong.post").text) is None
    with city.reading() as session:
        reach = book.reach_of(book.find(session, "pudong.post"))
    assert reach == Reach(Role.EDITOR, ("浦东新区",), ("市教育工会",))


def test_the_list_says_who_may_what_and_where(planner: FlaskClient) -> None:
    planner.post("/desk/people", data=NEW)
    page = planner.get("/desk/people").text
    row = re.search(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row[0])).strip() == (
        "pudong.post 编辑 浦东新区、市教育工会 可用 从未"
    )


def test_role_and_reach_can_be_changed(planner: FlaskClient, city: Store) -> None:
    planner.post("/desk/people", data=NEW)
    changed = planner.post("/desk/people/pudong.post", data={"role": "reviewer"})
    assert (changed.status_code, changed.headers["Location"]) == (303, "/desk/people/pudong.post")
    with city.reading() as session:
        assert book.reach_of(book.find(session, "pudong.post")) == Reach(Role.REVIEWER)


def test_a_forgotten_password_is_replaced(planner: FlaskClient, make_app: MakeApp) -> None:
    old = secret(planner.post("/desk/people", data=NEW).text)
    new = secret(planner.post("/desk/people/pudong.post/password").text)
    assert [comes_in(make_app, "pudong.post", word) for word in (old, new)] == [False, True]


def test_an_account_is_shut_out_and_let_in(planner: FlaskClient, make_app: MakeApp) -> None:
    word = secret(planner.post("/desk/people", data=NEW).text)
    planner.post("/desk/people/pudong.post/off")
    out = comes_in(make_app, "pudong.post", word)
    planner.post("/desk/people/pudong.post/on")
    assert (out, comes_in(make_app, "pudong.post", word)) == (False, True)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"login": "张三"}, 400),
        ({"login": "admin"}, 400),
        ({"role": "king"}, 400),
        ({"district": "浦西区"}, 404),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    planner: FlaskClient, changes: dict[str, str], status: int
) -> None:
    assert planner.post("/desk/people", data=NEW | changes).status_code == status
    assert "还没有账号" in planner.get("/desk/people").text


def test_one_changes_ones_own_password_and_stays_signed_in(
    as_person: AsPerson, make_app: MakeApp
) -> None:
    here = as_person(Role.VIEWER, login="post.one")
    there = make_app().test_client()
    there.post("/sign-in", data={"username": "post.one", "password": PASSWORD})
    given = {"old": PASSWORD, "new": "another word 7", "again": "another word 7"}
    changed = here.post("/desk/account/password", data=given)
    assert changed.headers["Location"] == "/desk/account?said=password_changed"
    assert here.get("/desk/account?said=password_changed").text.count("口令已换") == 1
    assert there.get("/planner").status_code == 302
    assert [comes_in(make_app, "post.one", word) for word in (PASSWORD, "another word 7")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"old": "wrong"}, "现在的口令不对"),
        ({"again": "another word 8"}, "两遍新口令不一样"),
        ({"new": "short", "again": "short"}, "口令要 10 到 200 个字符"),
    ],
)
def test_a_password_is_changed_by_its_owner_only_and_to_a_good_one(
    as_person: AsPerson, make_app: MakeApp, changes: dict[str, str], said: str
) -> None:
    here = as_person(Role.VIEWER, login="post.one")
    given = {"old": PASSWORD, "new": "another word 7", "again": "another word 7"} | changes
    answer = here.post("/desk/account/password", data=given)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert comes_in(make_app, "post.one", PASSWORD)


def test_the_built_in_account_is_told_where_its_password_is(planner: FlaskClient) -> None:
    assert "ZHITU_PLANNER_PASSWORD" in planner.get("/desk/account").text
    answer = planner.post("/desk/account/password", data={"old": "x", "new": "y", "again": "y"})
    assert (answer.status_code, "ZHITU_PLANNER_PASSWORD" in answer.text) == (403, True)


@pytest.mark.parametrize("built_in", [True, False])
def test_signing_out_everywhere_ends_the_other_browsers_too(
    planner: FlaskClient, as_person: AsPerson, make_app: MakeApp, built_in: bool
) -> None:
    here = planner if built_in else as_person(Role.VIEWER, login="post.one")
    there = make_app(ZHITU_SECRET_KEY="k" * 32).test_client()
    here = here if not built_in else make_app(ZHITU_SECRET_KEY="k" * 32).test_client()
    given = {"password": "一个口令"} if built_in else {"username": "post.one", "password": PASSWORD}
    for client in (here, there):
        client.post("/sign-in", data=given)
    before = there.get("/planner").status_code
    assert here.post("/desk/account/sign-out").headers["Location"] == "/sign-in"
    assert (before, there.get("/planner").status_code) == (200, 302)
    there.post("/sign-in", data=given)
    assert there.get("/planner").status_code == 200


def test_a_token_is_shown_once_and_can_be_revoked(as_person: AsPerson, city: Store) -> None:
    here = as_person(Role.EDITOR, login="post.one")
    given = {"name": "报表", "role": "viewer", "expires_on": "2999-01-01"}
    assert here.post("/desk/account/tokens", data=given).status_code == 400
    last = re.search(r'max="([\d-]+)"', here.get("/desk/account").text)
    assert last is not None
    made = here.post("/desk/account/tokens", data=given | {"expires_on": last[1]})
    token = secret(made.text)
    assert token not in here.get("/desk/account").text
    assert "报表" in here.get("/desk/account").text
    with city.reading() as session:
        number = session.scalars(select(ApiToken.id)).one()
    here.post(f"/desk/account/tokens/{number}/revoke")
    with city.reading() as session:
        assert session.scalars(select(ApiToken)).all() == []
        done = session.scalars(
            select(AuditEvent.action).where(AuditEvent.by == "post.one").order_by(AuditEvent.id)
        ).all()
    assert done == ["token.make", "token.revoke"]


@pytest.mark.parametrize("path", ["/desk/people", "/desk/people/post.one", "/desk/account"])
def test_the_pages_are_there_in_english(planner: FlaskClient, path: str) -> None:
    planner.post("/desk/people", data=NEW | {"login": "post.one"})
    page = planner.get(f"{path}?lang=en").text
    assert '<html lang="en"' in page
    assert "Shut out" in page or "Sign out everywhere" in page or "New account" in page
