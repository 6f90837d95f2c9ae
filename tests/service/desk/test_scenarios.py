"""Scenarios on the desk: listed with what they gain, compared, renamed, dropped."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.kinds import Status
from geodata.scenarios.kept import keep, scenarios
from geodata.scenarios.model import NewPoint, Upgrade
from geodata.store import Store
from geodata.tables import AuditEvent, ServicePoint

NEAR_GAP = NewPoint("枫泾新点", 121.0101, 30.8901, half_days=1.0)
FAR_AWAY = NewPoint("崇明新点", 121.40, 31.62, half_days=1.0)


@pytest.fixture
def two(city: Store) -> Store:
    with city.writing() as session:
        keep(session, "补金山", [NEAR_GAP], note="选址：试算", by="admin")
        keep(session, "<b>补崇明</b>", [FAR_AWAY], by="admin")
    return city


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.name for one in scenarios(session)]


def test_each_scenario_says_what_it_gains_over_today(two: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk/scenarios").text
    assert ("+1500" in page, "&lt;b&gt;补崇明" in page, "<b>补崇明" in page) == (True, True, False)


def test_without_a_scenario_the_page_says_where_they_come_from(planner: FlaskClient) -> None:
    assert "还没有存过方案" in planner.get("/desk/scenarios").text


def test_two_are_set_side_by_side(two: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk/scenarios/compare?name=补金山&name=<b>补崇明</b>").text
    assert "枫泾产业园" in page
    assert page.index("已覆盖") < page.index("空白")
    assert "1.5 万元；三级合计 4.5 万元" in page


def test_one_is_set_beside_today(two: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk/scenarios/compare?name=补金山&lang=en").text
    assert "↑ +1,500 workers" in page
    assert page.index("Gap") < page.index("Covered")


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?name=a&name=b&name=c", 400), ("?name=没有", 404), ("?name=", 400)],
)
def test_what_cannot_be_compared_is_refused(planner: FlaskClient, query: str, status: int) -> None:
    assert planner.get(f"/desk/scenarios/compare{query}").status_code == status


def test_one_is_renamed_and_dropped_and_both_leave_an_audit_row(
    two: Store, planner: FlaskClient
) -> None:
    given = {"name": "补金山", "to": "金山一家"}
    assert planner.post("/desk/scenarios/rename", data=given).status_code == 303
    taken = {"name": "金山一家", "to": "<b>补崇明</b>"}
    assert planner.post("/desk/scenarios/rename", data=taken).status_code == 400
    assert names(two) == ["<b>补崇明</b>", "金山一家"]
    assert planner.post("/desk/scenarios/delete", data={"name": "金山一家"}).status_code == 303
    assert planner.post("/desk/scenarios/delete", data={"name": "金山一家"}).status_code == 404
    assert names(two) == ["<b>补崇明</b>"]
    with two.reading() as session:
        done = [row.action for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert done == ["scenario.rename", "scenario.delete"]


def test_an_office_changes_its_own_scenarios_only(
    two: Store, as_person: Callable[..., FlaskClient]
) -> None:
    client = as_person(Role.EDITOR, login="post.own", districts=("金山区",))
    with two.writing() as session:
        keep(session, "自己的", [NEAR_GAP], by="post.own")
    shown = client.get("/desk/scenarios").text
    assert ('name="name" value="自己的"' in shown, "删除 补金山" in shown) == (True, False)
    given = [("rename", {"name": "补金山", "to": "占了"}), ("delete", {"name": "补金山"})]
    refused = [client.post(f"/desk/scenarios/{what}", data=form) for what, form in given]
    assert [answer.status_code for answer in refused] == [403, 403]
    own = client.post("/desk/scenarios/rename", data={"name": "自己的", "to": "改了名"})
    assert (own.status_code, names(two)) == (303, ["<b>补崇明</b>", "改了名", "补金山"])


def test_a_scenario_names_no_draft_of_another_district(
    city: Store, as_person: Callable[..., FlaskClient]
) -> None:
    with city.writing() as session:
        point = session.scalars(select(ServicePoint).filter_by(kind="health_point")).one()
        point.status, point.name, number = Status.DECLARED, "草稿金丝雀", point.id
        keep(session, "升级", [Upgrade(number, 3.0)], by="admin")
    path = "/desk/scenarios/compare?name=升级"
    pages = [
        as_person(Role.EDITOR, login=login, districts=(district,)).get(path).text
        for login, district in (("post.own", "浦东新区"), ("post.other", "崇明区"))
    ]
    assert ["草稿金丝雀" in page for page in pages] == [True, False]
    assert f"“别的区局还没公开的点位”（{number}）改为每周 3 个半天" in pages[1]
