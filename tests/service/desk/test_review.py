"""Addresses in doubt on the desk: whose they are, what is shown, what a decision does."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.declared import DeclaredPlace, DeclaredService, Flag, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.place.address import canonical, parse
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.review.queue import ref_of
from geodata.store import Store
from geodata.tables import AuditEvent, Decision, Place

AsPerson = Callable[..., FlaskClient]
THERE = (121.4700, 31.2300)
ASKED = (
    ("牯岭路174号", "黄浦区", 300),
    ("昌平路888号", "静安区", 50),
    ("凤阳路200号", "黄浦区", 9),
)


def key(address: str, district: str) -> str:
    return canonical(parse(address), district)


GULING = ref_of(key("牯岭路174号", "黄浦区"))
CHANGPING = ref_of(key("昌平路888号", "静安区"))


def doubted(row: int, address: str, district: str, workers: int) -> Placed:
    """A record that two sources put 482 m apart, as a forgotten datum does."""
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER, workers=workers)
    source = Source("休息室.xlsx", "表1", row, {"address": ("E", address)}, "rest_rooms_2024")
    declared = DeclaredPlace(f"{address}休息室", address, district, "", (service,), source)
    road = parse(address).road
    lon, lat = THERE
    here = Position(lon, lat, Level.NUMBER, 60.0, "高德")
    there = Position(lon + 0.00453, lat - 0.00193, Level.NUMBER, 120.0, "腾讯")
    wide = Position(lon, lat, Level.ROAD, 1500.0, "天地图")
    return Placed(
        declared,
        parse(address),
        Unlocated(Reason.REVIEW, "坐标系可能弄错"),
        district,
        flags=(Flag("provider_disagree", "几个来源相差太远：请核对。"),),
        verdict=Verdict.REVIEW,
        doubts=(Doubt.DATUM_SUSPECT,),
        candidates=(
            Candidate(here, "amap", road=road),
            Candidate(there, "tencent", road=road),
            Candidate(wide, "tianditu"),
        ),
    )


@pytest.fixture
def city(store: Store) -> Store:
    found = tuple(doubted(row, *one) for row, one in enumerate(ASKED, start=2))
    store.publish(ImportedFile("休息室.xlsx", "1" * 64, found, 3, 0, ("rest_rooms_2024",)))
    return store


def seen(client: FlaskClient, ref: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(f"/desk/review/{ref}").text)
    assert found is not None
    return found[1]


def decide(client: FlaskClient, ref: str, action: str, **form: str) -> tuple[int, str]:
    given = {"seen": seen(client, ref), **form}
    answer = client.post(f"/desk/review/{ref}/{action}", data=given)
    return answer.status_code, answer.headers.get("Location", "")


def stored(store: Store, address: str) -> tuple[float | None, str | None, str]:
    with store.reading() as session:
        row = session.scalars(select(Place).where(Place.address == address)).one()
        return row.lon, row.level, row.reason


def audited(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(row.action, row.by, row.district) for row in rows if "review" in row.action]


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/desk/review/\w+[^"]*">([^<]+)</a>', page)


def test_the_queue_lists_what_touches_most_workers_first(planner: FlaskClient) -> None:
    page = planner.get("/desk/review").text
    assert listed(page) == ["黄浦区 · 牯岭路174号", "静安区 · 昌平路888号", "黄浦区 · 凤阳路200号"]
    assert "3 个地址等人来定。" in page


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("district=静安区", "静安区 · 昌平路888号", 1),
        ("doubt=datum_suspect&order=oldest", "黄浦区 · 凤阳路200号", 3),
        ("form=rest_rooms_2024", "黄浦区 · 牯岭路174号", 3),
    ],
)
def test_the_queue_is_narrowed_by_district_doubt_and_form(
    planner: FlaskClient, query: str, first: str, count: int
) -> None:
    found = listed(planner.get(f"/desk/review?{query}").text)
    assert (first in found, len(found)) == (True, count)


@pytest.mark.parametrize("query", ["doubt=x", "order=x", "page=0", "district=火星"])
def test_what_the_queue_cannot_be_narrowed_by_is_refused(planner: FlaskClient, query: str) -> None:
    assert planner.get(f"/desk/review?{query}").status_code == 400


def test_an_address_is_shown_with_its_parts_origin_reasons_and_candidates(
    planner: FlaskClient,
) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", planner.get(f"/desk/review/{GULING}").text))
    for told in (
        *("坐标系可能弄错", "几个来源相差太远：请核对。", "休息室.xlsx · 表1 · 第 2 行 · E 列"),
        *("区 黄浦区", "街镇 未填", "路 牯岭路", "号 174", "影响约 300 名职工"),
        *("高德 基准 门牌 误差 60 米 原为 WGS-84", "腾讯 距 1：482 米", "路名一致"),
        "比 1 偏东 432 米、偏南 214 米，正好是把 GCJ-02 当成 WGS-84 的差",
        "这只是一条路或一片地方，不能选；请拖针。",
    ):
        assert told in page


def drawing(page: str) -> dict[str, Any]:
    found = re.search(r'data-drawing="([^"]+)"', page)
    assert found is not None
    return dict(json.loads(unescape(found[1])))


def test_the_map_draws_what_the_list_numbers(planner: FlaskClient) -> None:
    drawn = drawing(planner.get(f"/desk/review/{GULING}/part").text)
    assert [(one["n"], one["shape"], one["error_m"], one["apart"]) for one in drawn["marks"]] == [
        (1, "circle", 60, ""),
        (2, "square", 120, "482 米"),
        (3, "diamond", 1500, "0 米"),
    ]
    assert (drawn["district"], drawn["own"]) == ("黄浦区", None)


def test_a_plain_form_picks_and_leads_on_to_the_next(planner: FlaskClient, city: Store) -> None:
    version = city.version()
    done = decide(planner, GULING, "pick", n="1", next=CHANGPING)
    assert done == (303, f"/desk/review/{CHANGPING}?said=pick&last={GULING}")
    assert stored(city, "牯岭路174号") == (THERE[0], "number", "")
    assert city.version() == version + 1
    assert "已存：选定了候选。" in planner.get(done[1]).text
    assert listed(planner.get("/desk/review").text) == [
        "静安区 · 昌平路888号",
        "黄浦区 · 凤阳路200号",
    ]
    assert audited(city) == [("review.pick", "admin", "黄浦区")]


def test_undoing_puts_back_what_was(planner: FlaskClient, city: Store) -> None:
    before, page = stored(city, "牯岭路174号"), planner.get(f"/desk/review/{GULING}/part").text
    decide(planner, GULING, "not-a-place")
    assert stored(city, "牯岭路174号") == (None, None, "not_a_place")
    undone = planner.post(f"/desk/review/{GULING}/undo")
    assert undone.headers["Location"] == f"/desk/review/{GULING}?said=undo&last={GULING}"
    assert stored(city, "牯岭路174号") == before == (None, None, "review")
    assert drawing(planner.get(f"/desk/review/{GULING}/part").text) == drawing(page)
    assert len(listed(planner.get("/desk/review").text)) == 3
    assert [one[0] for one in audited(city)] == ["review.not_a_place", "review.undo"]


def test_a_position_is_given_in_the_datum_that_is_named(planner: FlaskClient, city: Store) -> None:
    form = {"lon": "121.47453", "lat": "31.22807", "datum": Datum.GCJ02.value}
    assert decide(planner, GULING, "move", **form)[0] == 303
    lon, level, _ = stored(city, "牯岭路174号")
    assert (round(lon or 0.0, 4), level) == (THERE[0], "manual")
    assert decide(planner, GULING, "move", **form | {"datum": "火星"})[0] == 400
    assert decide(planner, GULING, "move", **form | {"lon": "116.4"})[0] == 400


def test_a_correction_is_tried_before_it_is_kept(planner: FlaskClient, city: Store) -> None:
    page = planner.get(f"/desk/review/{GULING}?address=人民广场地铁站1号口").text
    assert ("改成“人民广场地铁站1号口”" in page, city.decisions()) == (True, {})
    decide(planner, GULING, "correct", address="人民广场地铁站1号口")
    assert stored(city, "牯岭路174号")[1] in {"metro_exit", "metro_station"}


def test_a_decision_about_what_was_not_shown_is_refused(planner: FlaskClient) -> None:
    old = seen(planner, GULING)
    decide(planner, GULING, "pick", n="2")
    again = planner.post(f"/desk/review/{GULING}/pick", data={"seen": old, "n": "1"})
    assert (again.status_code, "请重新看一眼再定" in again.text) == (409, True)
    assert planner.post(f"/desk/review/{GULING}/pick", data={"n": "1"}).status_code == 409


def test_a_script_is_told_in_json(planner: FlaskClient) -> None:
    form = {"seen": seen(planner, GULING), "n": "1"}
    headers = {"Accept": "application/json"}
    answer = planner.post(f"/desk/review/{GULING}/pick", data=form, headers=headers)
    assert answer.get_json() == {"ref": GULING, "said": "已存：牯岭路174号 选定了候选"}
    refused = planner.post(f"/desk/review/{GULING}/pick", data=form, headers=headers)
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")


def test_the_office_is_asked_by_a_link_that_is_shown_once(
    planner: FlaskClient, city: Store
) -> None:
    page = planner.post(f"/desk/review/{GULING}/ask").text
    found = re.search(r'value="http://localhost(/pin/[\w-]{32})"', page)
    assert found is not None
    assert "牯岭路174号" in planner.get(found[1]).text
    assert found[1] not in planner.get(f"/desk/review/{GULING}").text
    assert audited(city) == [("review.ask", "admin", "黄浦区")]


def test_a_reviewer_of_one_district_gets_and_decides_only_his_own(
    as_person: AsPerson, city: Store
) -> None:
    client = as_person(Role.REVIEWER, districts=("静安区",))
    assert listed(client.get("/desk/review").text) == ["静安区 · 昌平路888号"]
    looked = [client.get(f"/desk/review/{GULING}{more}").status_code for more in ("", "/part")]
    form = {"n": "1", "lon": "121.4", "lat": "31.2", "datum": "WGS-84", "address": "南京西路1号"}
    tried = [
        client.post(f"/desk/review/{GULING}/{action}", data=form).status_code
        for action in ("pick", "move", "correct", "not-a-place", "undo", "ask")
    ]
    assert (looked, tried, city.decisions()) == ([404] * 2, [404] * 6, {})
    assert decide(client, CHANGPING, "pick", n="1")[0] == 303
    assert len(city.decisions()) == 1


def test_an_editor_looks_and_asks_but_does_not_decide(as_person: AsPerson, city: Store) -> None:
    client = as_person(Role.EDITOR, districts=("黄浦区",))
    page = client.get(f"/desk/review/{GULING}").text
    assert ("/pick" in page, "/ask" in page) == (False, True)
    assert client.post(f"/desk/review/{GULING}/pick", data={"n": "1"}).status_code == 403
    assert client.post(f"/desk/review/{GULING}/ask").status_code == 200
    assert as_person(Role.VIEWER).get("/desk/review").status_code == 403


def test_no_note_or_person_of_a_correction_reaches_the_trail(
    planner: FlaskClient, city: Store
) -> None:
    decide(planner, GULING, "correct", address="南京西路1号 联系人：金丝雀 13800138000")
    with city.reading() as session:
        kept = session.scalars(select(Decision.corrected_address)).all()
        told = json.dumps([row.detail for row in session.scalars(select(AuditEvent))])
    assert "13800138000" not in f"{kept}{told}"


@pytest.mark.parametrize("ref", ["0000000000", "x", "%00", "a" * 300])
def test_a_name_nobody_gave_is_not_found(planner: FlaskClient, ref: str) -> None:
    assert planner.get(f"/desk/review/{ref}").status_code == 404


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({}, 200),
        ({"ZHITU_SITE_URL": "https://map.example.org"}, 200),
        ({"ZHITU_PRODUCTION": "1"}, 500),
        ({"ZHITU_PRODUCTION": "1", "ZHITU_SITE_URL": "https://map.example.org"}, 200),
    ],
)
def test_in_production_no_one_time_link_is_made_for_a_host_anybody_may_name(
    as_person: AsPerson, make_app: Callable[..., Any], settings: dict[str, str], status: int
) -> None:
    key = {"ZHITU_SECRET_KEY": "q7Zk3vT0xR9cWm5LbE1hYd8sNf2uJp6A", "ZHITU_PLANNER_PASSWORD": ""}
    editor = as_person(Role.EDITOR, app=make_app(**key, **settings))
    asked = {"Accept": "application/json", "Host": "evil.example"}
    editor.set_cookie("zhitu", editor.get_cookie("zhitu").value, domain="evil.example")
    answer = editor.post(f"/desk/review/{GULING}/ask", headers=asked)
    assert answer.status_code == status
    if "ZHITU_SITE_URL" in settings:
        assert answer.get_json()["link"].startswith("https://map.example.org/pin/")
