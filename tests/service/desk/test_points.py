"""The table of points: filters, order, its map, what another district sees, many at once."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.tables import ServicePoint
from service.clock import today

HUANGPU = {"districts": ("黄浦区",)}
PUDONG = {"districts": ("浦东新区",)}
SignIn = Callable[..., FlaskClient]
VIEW = "bbox=120.8,30.6,122.3,31.9&z=18"


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/desk/points/\d+">([^<]+)</a>', page)


@pytest.fixture
def drafts(city: Store) -> Store:
    """Beside the small city a draft of each of two districts: services 6 and 7."""

    def rows() -> Iterator[Placed]:
        for number, district in enumerate(("黄浦区", "浦东新区"), start=1):
            service = DeclaredService(Kind.HEALTH_POINT, "", Status.DECLARED, Tier.OTHER)
            source = Source("草稿.csv", "表", number, {}, "stations")
            place = DeclaredPlace(
                f"{district}草稿", f"草稿路{number}号", district, "", (service,), source
            )
            spot = Position(121.48 + number / 100, 31.22, Level.NUMBER, 90.0, "测试")
            yield Placed(place, None, spot, district)

    city.publish(ImportedFile("草稿.csv", "1" * 64, tuple(rows()), 2, 0, ("stations",)))
    return city


def test_the_table_lists_everything_of_a_city_account(drafts: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk/points").text
    assert "共 7 处点位" in page
    assert names(page) == [
        *("示例・广场驿站", "示例・广场驿站", "张江健康服务点", "福州路休息室", "无址书屋"),
        *("黄浦区草稿", "浦东新区草稿"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=rest_room", ["福州路休息室"]),
        ("kind=rest_room,health_point&district=浦东新区", ["张江健康服务点", "浦东新区草稿"]),
        ("status=declared&q=黄浦", ["黄浦区草稿"]),
        ("with=charging", ["示例・广场驿站", "示例・广场驿站"]),
        ("with=charging&kind=outdoor_station", ["示例・广场驿站"]),
        ("unplaced=1", ["无址书屋"]),
        ("year=1999", []),
        ("hours=0&status=plaqued&kind=rest_room", ["福州路休息室"]),
        ("overdue=1", []),
    ],
)
def test_filters_are_those_of_the_map_and_more(
    drafts: Store, planner: FlaskClient, query: str, found: list[str]
) -> None:
    assert names(planner.get(f"/desk/points?{query}").text) == found


def test_a_head_sorts_and_turns_around(drafts: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk/points?kind=health_point&sort=status").text
    assert names(page) == ["黄浦区草稿", "浦东新区草稿", "张江健康服务点"]
    assert 'aria-sort="ascending"' in page
    assert 'href="/desk/points?kind=health_point&amp;sort=-status"' in page
    turned = planner.get("/desk/points?kind=health_point&sort=-status").text
    assert names(turned) == ["张江健康服务点", "黄浦区草稿", "浦东新区草稿"]


@pytest.mark.parametrize(
    "query", ["sort=secret", "status=x", "year=99", "works=x", "hours=2", "page=2", "overdue=yes"]
)
def test_a_query_that_cannot_be_is_refused(planner: FlaskClient, query: str) -> None:
    assert planner.get(f"/desk/points?{query}").status_code == 400


def test_another_districts_drafts_are_in_no_table_and_no_map(
    drafts: Store, as_person: SignIn
) -> None:
    pudong = as_person(Role.EDITOR, **PUDONG)
    page = pudong.get("/desk/points").text
    assert ("浦东新区草稿" in page, "黄浦区草稿" in page) == (True, False)
    at_the_draft = "/desk/points/clusters.json?bbox=121.485,31.215,121.495,31.225&z=18"
    drawn = [
        [point["name"] for point in client.get(at_the_draft).json["points"]]
        for client in (pudong, as_person(Role.VIEWER))
    ]
    assert drawn == [[], ["黄浦区草稿"]]
    # One can be chosen only where it can be changed.
    assert re.findall(r'name="id" value="(\d+)"', page) == ["3", "7"]


def test_the_map_draws_the_selection_with_a_link_a_service(
    drafts: Store, planner: FlaskClient
) -> None:
    page = planner.get("/desk/points?kind=reading_room&q=广场").text
    assert 'data-query="q=%E5%B9%BF%E5%9C%BA&amp;kind=reading_room"' in page
    (point,) = planner.get(f"/desk/points/clusters.json?{VIEW}&kind=reading_room").json["points"]
    assert point["services"] == [
        {"id": 2, "name": "示例・广场驿站", "kind": "reading_room", "status": "plaqued"}
    ]


def test_hours_are_read_in_words(planner: FlaskClient) -> None:
    def said(text: str, lang: str = "zh") -> str:
        query = {"text": text, "lang": lang}
        return str(planner.get("/desk/points/hours.json", query_string=query).json["said"])

    assert said("周一至周五 9:00-17:00") == "周一至周五 9:00–17:00"
    assert said("周一至周五 9:00-17:00", "en") == "Mon–Fri 9:00–17:00"
    assert said("看情况") == "没有读懂，会按时间未知存"
    assert said(" ") == ""


def fields(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def test_many_are_changed_after_a_look_at_each(drafts: Store, as_person: SignIn) -> None:
    editor = as_person(Role.EDITOR, **HUANGPU)
    form = {
        "id": ["4", "6", "3"],
        "to": "withdrawn",
        "on": today().isoformat(),
        "reason": "不办了",
        "hours_text": "看情况",
    }
    page = editor.post("/desk/points/bulk", data=form | {"action": "preview"}).text
    assert "会改 1 处，不能改 2 处，不变 0 处" in page
    assert "“已挂牌”不能直接变成“已撤回”" in page
    assert "也可能属于别的区局" in page
    assert "<b>状态</b>：<del>已申报</del> → <ins>已撤回</ins>" in page
    with drafts.reading() as session:
        assert session.get_one(ServicePoint, 6).status == "declared"
    done = editor.post("/desk/points/bulk", data=fields(page) | {"action": "apply"})
    assert (done.status_code, "改了 1 处，没改成 2 处" in done.text) == (200, True)
    with drafts.reading() as session:
        found = session.execute(
            select(ServicePoint.id, ServicePoint.status, ServicePoint.hours_text)
            .where(ServicePoint.id.in_((3, 4, 6)))
            .order_by(ServicePoint.id)
        ).all()
    assert [tuple(row) for row in found] == [
        (3, "plaqued", ""),
        (4, "plaqued", ""),
        (6, "withdrawn", "看情况"),
    ]


def test_a_preview_that_is_out_of_date_saves_nothing(drafts: Store, planner: FlaskClient) -> None:
    page = planner.post("/desk/points/bulk", data={"id": ["4", "6"], "grade": "五星"}).text
    with drafts.writing() as session:
        session.get_one(ServicePoint, 4).grade = "三星"
    again = planner.post("/desk/points/bulk", data=fields(page) | {"action": "apply"})
    assert (again.status_code, "刚被别人改过，一处也没有存" in again.text) == (409, True)
    assert "<del>三星</del> → <ins>五星</ins>" in again.text
    with drafts.reading() as session:
        assert session.get_one(ServicePoint, 6).grade == ""


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"grade": "五星"}, "还没有选点位"),
        ({"id": "1"}, "还没有写要改什么"),
        ({"id": "1", "to": "moved"}, "这一步要逐个点位办"),
        ({"id": "1", "year": "去年"}, "“去年”没有存：这里要四位数的年份"),
        ({"id": "1", "grade": "五星", "on": "昨天"}, "日期要写成"),
        ({"id": "x", "grade": "五星"}, "一次最多改 100 处"),
    ],
)
def test_what_a_bulk_edit_lacks_is_said(
    planner: FlaskClient, form: dict[str, str], refusal: str
) -> None:
    answer = planner.post("/desk/points/bulk", data=form)
    assert (answer.status_code, refusal in answer.text) == (400, True)


def test_a_viewer_looks_and_changes_nothing(as_person: SignIn) -> None:
    viewer = as_person(Role.VIEWER)
    page = viewer.get("/desk/points").text
    assert ("福州路休息室" in page, 'name="id"' in page, 'name="to"' in page) == (
        True,
        False,
        False,
    )
    assert viewer.post("/desk/points/bulk", data={"id": "1", "grade": "五星"}).status_code == 403
