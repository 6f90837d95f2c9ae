"""The page of one point: its forms, what is refused with what was typed, and whose it is."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from geodata.accounts.roles import Role
from geodata.inspections.due import cards
from geodata.kinds import Status
from geodata.lifecycle.gone import Gone, gone
from geodata.points.subsidies import subsidies
from geodata.store import Store
from geodata.tables import AuditEvent, DutyEvent, Inspection, ServicePoint
from service.clock import today

HEALTH, ROOM = 3, 4
SignIn = Callable[..., FlaskClient]
Form = Mapping[str, str]


def mark(client: FlaskClient, point: int) -> str:
    found = re.search(r'name="mark" value="(\w+)"', client.get(f"/desk/points/{point}").text)
    assert found
    return found[1]


def send(client: FlaskClient, point: int, path: str, form: Form) -> TestResponse:
    given = {"mark": mark(client, point), **form}
    return client.post(f"/desk/points/{point}/{path}", data=given)


def status(store: Store, point: int) -> str:
    with store.reading() as session:
        return session.get_one(ServicePoint, point).status


def day(ahead: int = 0) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def test_the_page_says_all_that_is_on_record(planner: FlaskClient) -> None:
    page = planner.get(f"/desk/points/{ROOM}").text
    for said in (
        "福州路休息室",
        "福州路100号",
        "误差 ≤ 300 米",
        "导入 示例.xlsx",
        "示例.xlsx · 表1 · 第 4 行",
    ):
        assert said in page
    assert 'href="/desk/contacts/service_point/4"' in page
    assert "示例・广场驿站</a> 职工书屋 · 已挂牌" in planner.get("/desk/points/1").text


def test_only_legal_moves_are_offered(planner: FlaskClient, as_person: SignIn) -> None:
    def offered(client: FlaskClient) -> list[str]:
        return re.findall(r'name="to" value="(\w+)"', client.get(f"/desk/points/{ROOM}").text)

    assert offered(planner) == ["delisted", "closed", "moved"]
    assert offered(as_person(Role.EDITOR, districts=("黄浦区",))) == ["closed", "moved"]
    assert offered(as_person(Role.VIEWER)) == []
    assert offered(as_person(Role.REVIEWER, districts=("静安区",))) == []


def test_a_move_leads_to_the_new_place(city: Store, planner: FlaskClient) -> None:
    form = {"to": "moved", "on": day(), "reason": "租约到期", "new_place": "张江健康服务点"}
    answer = send(planner, ROOM, "move", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/points/4?said=move")
    assert "搬到编号 2 的地方" in planner.get("/desk/points/4").text
    with city.reading() as session:
        assert gone(session, 3) == Gone(Status.MOVED, date.fromisoformat(form["on"]), moved_to=2)


def test_a_draft_of_another_district_is_no_new_place(city: Store, as_person: SignIn) -> None:
    with city.writing() as session:
        health = session.scalars(select(ServicePoint).filter_by(kind="health_point")).one()
        health.status = "declared"
    form = {"to": "moved", "on": day(), "reason": "搬", "new_place": "张江健康服务点"}
    answer = send(as_person(Role.EDITOR, districts=("黄浦区",)), ROOM, "move", form)
    assert (answer.status_code, "没有叫“张江健康服务点”的地方" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"to": "closed", "reason": ""}, "改成“已关闭”要写原因"),
        ({"to": "accepted", "reason": "x"}, "“已挂牌”不能直接变成“已验收”"),
        ({"to": "moved", "reason": "搬", "new_place": "没有"}, "没有叫“没有”的地方"),
        ({"to": "", "reason": "搬"}, "先选要改成哪个状态"),
        ({"to": "closed", "reason": "拆", "on": "2999-01-01"}, "日期 2999-01-01 还没有到"),
    ],
)
def test_a_refused_move_keeps_what_was_typed(
    city: Store, planner: FlaskClient, form: dict[str, str], refusal: str
) -> None:
    answer = send(planner, ROOM, "move", {"on": day(), **form})
    assert (answer.status_code, refusal in answer.text) == (400, True)
    assert f'name="reason" value="{form["reason"]}"' in answer.text
    assert status(city, ROOM) == "plaqued"


def test_a_yellow_card_is_mended_and_the_public_page_follows_at_once(
    city: Store, planner: FlaskClient, client: FlaskClient
) -> None:
    card = {"colour": "yellow", "on": day(), "due_on": day(7), "reason": "环境差"}
    assert send(planner, ROOM, "cards", card).status_code == 303
    assert status(city, ROOM) == "rectifying"
    assert "福州路休息室" not in client.get("/nearest?lon=121.48&lat=31.23").text
    due = date.fromisoformat(card["due_on"])
    assert f"整改期限 {due:%Y年%-m月%-d日}" in planner.get("/desk/points/4").text
    seen = {"kind": "district", "on": day(), "office": "黄浦区总工会", "passed": "1"}
    assert send(planner, ROOM, "inspections", seen).status_code == 303
    assert send(planner, ROOM, "cards/resolve", {"inspection": "1", "on": day()}).status_code == 303
    assert status(city, ROOM) == "plaqued"
    assert "福州路休息室" in client.get("/nearest?lon=121.48&lat=31.23").text


def test_a_red_card_delists(city: Store, planner: FlaskClient) -> None:
    form = {"colour": "red", "on": day(), "reason": "挪作他用"}
    assert send(planner, ROOM, "cards", form).status_code == 303
    assert status(city, ROOM) == "delisted"
    with city.reading() as session:
        assert [one.colour for one in cards(session, service_id=ROOM)] == ["red"]


@pytest.mark.parametrize(
    ("form", "scheme", "items"),
    [
        (
            {"on": "2024-05-06", "item_six_2024_signs": "not_ok", "note_six_2024_signs": "掉了"},
            "six_2024",
            {"signs": ["not_ok", "掉了"]},
        ),
        (
            {"on": "2023-05-06", "item_eight_2023_staff": "ok"},
            "eight_2023",
            {"staff": ["ok", ""]},
        ),
        ({"on": "2025-05-06"}, "", {}),
    ],
)
def test_an_inspection_takes_the_checklist_of_its_year(
    city: Store,
    planner: FlaskClient,
    *,
    form: dict[str, str],
    scheme: str,
    items: dict[str, object],
) -> None:
    seen = {"kind": "city", "office": "市总工会", "passed": "", **form}
    assert send(planner, ROOM, "inspections", seen).status_code == 303
    with city.reading() as session:
        kept = session.scalars(select(Inspection)).one()
        looked = {code: found for code, found in kept.items.items() if found[0] != "not_looked"}
        assert (kept.scheme, looked) == (scheme, items)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"on": "2024-05-06", "item_eight_2023_rules": "ok"}, "2024 年用的是“六字诀”"),
        ({"on": "2025-05-06", "item_six_2024_rules": "ok"}, "2025 年没有检查清单"),
        ({"on": "2024-05-06", "item_six_2024_rules": "great"}, "逐项结果只有合格、不合格、没看"),
        ({"on": "2024-05-06", "kind": "mine"}, "先选检查的类别和结论"),
    ],
)
def test_checklists_are_never_mixed(
    city: Store, planner: FlaskClient, form: dict[str, str], refusal: str
) -> None:
    answer = send(
        planner, ROOM, "inspections", {"kind": "city", "office": "市总工会", "passed": "", **form}
    )
    assert (answer.status_code, refusal in answer.text) == (400, True)
    with city.reading() as session:
        assert session.scalars(select(Inspection)).all() == []


def test_fields_are_edited_and_hours_read_at_once(city: Store, planner: FlaskClient) -> None:
    form = {
        "hours_text": "周一至周五 9:00-17:00",
        "facilities": "空调、微波炉加热",
        "public_phone": "63212345",
        "workers": "约120人",
        "notes": "找张三 13900000001 开门",
        "plaque_on": "2024-05-06",
    }
    assert send(planner, ROOM, "edit", form).status_code == 303
    with city.reading() as session:
        kept = session.get_one(ServicePoint, ROOM)
        assert (kept.hours_text, kept.facilities, kept.public_phone, kept.workers) == (
            *("周一至周五 9:00-17:00", ["空调", "微波炉"], "63212345", 120),
        )
        assert kept.hours is not None
        assert ("13900000001" in kept.notes, "张三" in kept.notes) == (False, False)
    page = planner.get(f"/desk/points/{ROOM}").text
    assert "admin 改过，导入不再覆盖" in page
    assert 'name="base_plaque_on" value="2024-05-06"' in page


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"public_phone": "13900000001"}, "这里要单位的座机，不写手机和人名"),
        ({"workers": "很多"}, "“很多”没有存：这里要一个数"),
        ({"works": "extension"}, "“extension”没有存：这里要新建或升级"),
        ({"operator": "长" * 401}, "每一项最多 400 个字"),
    ],
)
def test_what_a_field_does_not_take_is_said_and_the_rest_is_kept_typed(
    city: Store, planner: FlaskClient, form: dict[str, str], refusal: str
) -> None:
    answer = send(planner, ROOM, "edit", {"grade": "五星", **form})
    assert (answer.status_code, refusal in answer.text) == (400, True)
    assert 'name="grade" value="五星"' in answer.text
    with city.reading() as session:
        assert session.get_one(ServicePoint, ROOM).grade == ""


def test_a_form_that_is_out_of_date_shows_both_values_and_saves_none(
    city: Store, planner: FlaskClient, as_person: SignIn
) -> None:
    old = mark(planner, ROOM)
    other = as_person(Role.EDITOR, districts=("黄浦区",))
    assert send(other, ROOM, "edit", {"grade": "三星", "operator": "区总"}).status_code == 303
    form = {"mark": old, "grade": "五星", "base_grade": "", "base_operator": "", "operator": ""}
    answer = planner.post(f"/desk/points/{ROOM}/edit", data=form)
    assert (answer.status_code, "没有存" in answer.text) == (409, True)
    assert 'name="grade" value="五星"' in answer.text
    assert "库里现在是：三星" in answer.text
    # What nobody touched follows what is stored now.
    assert 'name="operator" value="区总"' in answer.text
    with city.reading() as session:
        assert session.get_one(ServicePoint, ROOM).grade == "三星"


def test_signs_no_database_takes_are_left_out(city: Store, planner: FlaskClient) -> None:
    form = {"operator": "某\x00公司\x1b", "notes": "一行\r\n二行"}
    assert send(planner, ROOM, "edit", form).status_code == 303
    with city.reading() as session:
        kept = session.get_one(ServicePoint, ROOM)
        assert (kept.operator, kept.notes) == ("某 公司", "一行 二行")


def test_hours_can_be_looked_at_before_they_are_saved(city: Store, planner: FlaskClient) -> None:
    form = {"action": "preview", "hours_text": "每天 8:00-20:00", "base_hours_text": ""}
    page = send(planner, ROOM, "edit", form).text
    assert '<output id="hours-said" class="note">每天 8:00–20:00' in page
    with city.reading() as session:
        assert session.get_one(ServicePoint, ROOM).hours_text == ""


def test_subsidies_are_written_and_struck(city: Store, planner: FlaskClient) -> None:
    form = {"layer": "city", "year": "2023", "amount": "1.5万", "purpose": "装修"}
    assert send(planner, ROOM, "subsidies", form).status_code == 303
    page = planner.get("/desk/points/4").text
    assert ("市级补贴" in page, "15,000" in page) == (True, True)
    assert send(planner, ROOM, "subsidies/1/strike", {}).status_code == 303
    with city.reading() as session:
        assert subsidies(session, ROOM) == ()
    assert send(planner, ROOM, "subsidies", {"layer": "x", "year": "2023"}).status_code == 400


def test_a_duty_is_written_down_with_its_announcement(city: Store, planner: FlaskClient) -> None:
    form = {"duty": "visit", "on": day(10), "announced_on": day(), "note": "园区"}
    assert send(planner, HEALTH, "duties", form).status_code == 303
    with city.reading() as session:
        kept = session.scalars(select(DutyEvent)).one()
        actions = session.scalars(select(AuditEvent.action)).all()
        said = (kept.kind, kept.on.isoformat(), kept.by)
        assert said == ("visit", form["on"], "admin")
    assert "duty.add" in actions
    assert send(planner, HEALTH, "duties", {"duty": "nap", "on": day()}).status_code == 400


def test_a_point_is_shown_as_of_a_day_without_forms(planner: FlaskClient) -> None:
    before = planner.get(f"/desk/points/{ROOM}?as_of=2020-01-01").text
    assert ("当时还没有" in before, 'method="post" action="/desk' in before) == (True, False)
    assert planner.get(f"/desk/points/{ROOM}?as_of=2999-01-01").status_code == 400
    assert "已挂牌" in planner.get(f"/desk/points/{ROOM}?as_of={day()}").text


def test_what_is_not_there_is_not_found(planner: FlaskClient) -> None:
    assert planner.get("/desk/points/99").status_code == 404


POSTS: tuple[tuple[str, Form], ...] = (
    ("edit", {"grade": "五星"}),
    ("move", {"to": "withdrawn", "on": day(), "reason": "x"}),
    ("inspections", {"kind": "self", "on": day(), "office": "x", "passed": ""}),
    ("cards", {"colour": "yellow", "on": day(), "due_on": day(7), "reason": "x"}),
    ("cards/resolve", {"inspection": "1", "on": day()}),
    ("subsidies", {"layer": "city", "year": "2024"}),
    ("subsidies/1/strike", {}),
    ("duties", {"duty": "visit", "on": day()}),
)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ADMIN])
@pytest.mark.parametrize("state", [Status.DECLARED, Status.PLAQUED])
def test_an_account_of_one_district_reaches_nothing_of_another(
    city: Store, as_person: SignIn, role: Role, state: Status
) -> None:
    with city.writing() as session:
        session.get_one(ServicePoint, HEALTH).status = state.value
        session.get_one(ServicePoint, HEALTH).notes = "区里的草稿"
    other = as_person(role, districts=("黄浦区",))
    page = other.get(f"/desk/points/{HEALTH}")
    assert page.status_code == (404 if state is Status.DECLARED else 200)
    assert ("区里的草稿" in page.text, '<form method="post" action="/desk' in page.text) == (
        False,
        False,
    )
    answers = {
        path: other.post(f"/desk/points/{HEALTH}/{path}", data=form).status_code
        for path, form in POSTS
    }
    too_low = {"cards", "cards/resolve"} if role is Role.EDITOR else set()
    assert answers == {path: 403 if path in too_low else 404 for path in answers}
    bulk = other.post("/desk/points/bulk", data={"id": str(HEALTH), "grade": "五星"}).text
    assert "会改 0 处，不能改 1 处" in bulk
    with city.reading() as session:
        kept = session.get_one(ServicePoint, HEALTH)
        noted = session.scalars(
            select(AuditEvent).where(AuditEvent.record_table == "service_point")
        )
        assert (kept.grade, kept.status, noted.all()) == ("", state.value, [])
