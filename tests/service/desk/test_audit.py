"""The audit trail on screen and as csv: all of it for administrators, his own for everyone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from geodata.accounts.audit import record
from geodata.accounts.roles import Role
from geodata.store import Store

AsPerson = Callable[..., FlaskClient]


@pytest.fixture
def noted(city: Store) -> None:
    with city.writing() as session:
        record(session, by="post.one", action="status.move", table="service_point", record_id=7)
        record(session, by="post.two", action="contact.read", table="place", record_id=3)
        record(session, by="post.two", action="=cmd", detail={"before": "<b>"})


def rows(client: FlaskClient, query: str = "") -> list[list[str]]:
    text = client.get(f"/desk/audit.csv{query}").get_data().decode("utf-8-sig")
    return [line.split(",")[1:5] for line in text.splitlines()[1:]]


@pytest.mark.usefixtures("noted")
def test_an_administrator_of_one_district_sees_his_own_only(as_person: AsPerson) -> None:
    client = as_person(Role.ADMIN, login="post.one", districts=("崇明区",))
    found = [["post.one", "status.move", "service_point", "7"]]
    assert (rows(client), rows(client, "?by=post.two")) == (found, found)


@pytest.mark.usefixtures("noted")
def test_an_administrator_finds_what_anyone_did(planner: FlaskClient) -> None:
    assert rows(planner) == [
        ["post.two", "'=cmd", "", ""],
        ["post.two", "contact.read", "place", "3"],
        ["post.one", "status.move", "service_point", "7"],
    ]
    assert rows(planner, "?by=post.one") == [["post.one", "status.move", "service_point", "7"]]
    assert rows(planner, "?table=place&id=3") == [["post.two", "contact.read", "place", "3"]]
    assert rows(planner, "?action=contact") == [["post.two", "contact.read", "place", "3"]]
    assert rows(planner, "?until=2020-01-01") == []


@pytest.mark.usefixtures("noted")
def test_everyone_else_finds_his_own_only(as_person: AsPerson) -> None:
    client = as_person(Role.REVIEWER, login="post.one")
    mine = [["post.one", "status.move", "service_point", "7"]]
    assert [rows(client, query) for query in ("", "?by=post.two", "?by=")] == [mine] * 3
    page = client.get("/desk/audit").text
    assert ("post.two" in page, "service_point 7" in page) == (False, True)


@pytest.mark.usefixtures("noted")
def test_the_page_says_it_in_words_and_as_text(planner: FlaskClient) -> None:
    page = planner.get("/desk/audit").text
    assert "看联系人" in page
    assert "3 条" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "query", ["id=x", "id=-1", "since=yesterday", "since=0001-01-01", "until=9999-12-31", "page=0"]
)
def test_a_question_that_makes_no_sense_is_refused(planner: FlaskClient, query: str) -> None:
    assert planner.get(f"/desk/audit?{query}").status_code == 400
