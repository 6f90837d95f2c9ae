"""Records that may be one on the desk: side by side, merged, kept apart, parted, and by whom."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.declared import (
    Contact,
    DeclaredPlace,
    DeclaredService,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.store import Store
from geodata.tables import AuditEvent, ServicePoint

AsPerson = Callable[..., FlaskClient]


def station(row: int, name: str, address: str, lon: float, hours: str, *kinds: Kind) -> Placed:
    services = tuple(
        DeclaredService(kind, "", Status.PLAQUED, Tier.OTHER, hours_text=hours) for kind in kinds
    )
    source = Source("站点.csv", "", row, {}, "stations")
    contact = Contact("金丝雀", "19900000001", "canary@example.invalid", "联系人")
    declared = DeclaredPlace(name, address, "浦东新区", "", services, source, contacts=(contact,))
    spot = Position(lon, 31.16, Level.NUMBER, 30.0, "地址表")
    return Placed(declared, parse(address), spot, "浦东新区")


@pytest.fixture
def city(store: Store) -> Store:
    found = (
        station(2, "乐湾驿站", "海阳西路1号", 121.469, "24小时", Kind.REST_ROOM, Kind.READING_ROOM),
        station(3, "乐湾职工驿站", "海阳西路3号", 121.4694, "9:00-17:00", Kind.REST_ROOM),
        station(4, "高行驿站", "东靖路9号", 121.6, "", Kind.REST_ROOM),
    )
    store.publish(ImportedFile("站点.csv", "2" * 64, found, 3, 0, ("stations",)))
    return store


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def services_of(store: Store) -> dict[str, int]:
    return {place.name: len(place.services) for place in store.snapshot().places}


def audited(store: Store) -> list[tuple[str, str, object]]:
    with store.reading() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [
            (row.action, row.by, row.detail) for row in rows if row.action.startswith("duplicate")
        ]


def test_a_pair_is_listed_with_its_evidence(planner: FlaskClient) -> None:
    page = plain(planner.get("/desk/duplicates").text)
    assert "1 对等人来定" in page
    assert "同为职工工间休息室；名称相似 100%；相距 38 米（误差 30 米、30 米）" in page


def test_each_field_of_both_stands_side_by_side_and_what_differs_is_said(
    planner: FlaskClient,
) -> None:
    html = planner.get("/desk/duplicates/place/1/2").text
    page = plain(html)
    differing = re.findall(r'<tr class="is-differing"><th scope="row">([^<]+)<', html)
    assert differing == ["名称", "地址", "开放时间"]
    assert "开放时间 两边不同 24小时 9:00-17:00" in page
    assert "职工书屋（只在 1）" in page
    assert re.search("金丝雀|1990000|example.invalid", html) is None


def test_a_pair_is_merged_and_parted_again(planner: FlaskClient, city: Store) -> None:
    before = services_of(city)
    done = planner.post("/desk/duplicates/place/1/2/merge", data={"kept": "2"})
    assert done.headers["Location"] == "/desk/duplicates?of=place&said=merge&gone=1"
    assert services_of(city) == {"乐湾职工驿站": 2, "高行驿站": 1}
    page = plain(planner.get(done.headers["Location"]).text)
    assert ("已合并。" in page, "没有疑似重复。" in page, "浦东新区 · 2" in page) == (True,) * 3
    parted = planner.post("/desk/duplicates/place/1/unmerge")
    assert parted.headers["Location"] == "/desk/duplicates?of=place&said=unmerge"
    assert services_of(city) == before
    assert audited(city) == [
        ("duplicate.merge", "admin", {"kept": 2, "gone": 1}),
        ("duplicate.unmerge", "admin", {"kept": 2, "gone": 1}),
    ]


def test_a_service_that_stands_in_another_has_no_page_of_its_own(
    planner: FlaskClient, city: Store
) -> None:
    planner.post("/desk/duplicates/place/1/2/merge", data={"kept": "1"})
    with city.reading() as session:
        gone = session.scalars(select(ServicePoint.id).where(ServicePoint.place_id == 2)).all()
    look = {"app": "amap", "state": "listed", "on": "2026-03-02"}
    answers = [
        (
            planner.get(f"/desk/points/{number}").status_code,
            planner.post(f"/desk/reports/listings/{number}", data=look).status_code,
            planner.post("/desk/points/bulk", data={"id": number, "grade": "一级"}).status_code,
        )
        for number in gone
    ]
    assert answers == [(404, 404, 200)]


def test_a_pair_that_is_not_the_same_is_not_asked_again(planner: FlaskClient, city: Store) -> None:
    done = planner.post("/desk/duplicates/place/1/2/apart")
    assert "已记下：不是同一处。" in planner.get(done.headers["Location"]).text
    assert "没有疑似重复。" in planner.get("/desk/duplicates").text
    assert audited(city) == [("duplicate.apart", "admin", {"one": 1, "other": 2})]


@pytest.mark.parametrize(
    ("path", "kept", "status"),
    [
        ("place/1/2/merge", "3", 400),
        ("place/1/2/merge", "", 400),
        ("place/1/99/merge", "1", 404),
        ("palace/1/2/merge", "1", 404),
        ("place/1/unmerge", "", 404),
        ("place/1/1/merge", "1", 400),
    ],
)
def test_what_cannot_be_merged_is_refused(
    planner: FlaskClient, path: str, kept: str, status: int
) -> None:
    assert planner.post(f"/desk/duplicates/{path}", data={"kept": kept}).status_code == status


def test_who_does_not_reach_both_neither_sees_nor_merges_them(
    as_person: AsPerson, planner: FlaskClient, city: Store
) -> None:
    client = as_person(Role.REVIEWER, districts=("静安区",))
    assert "没有疑似重复。" in client.get("/desk/duplicates").text
    statuses = [
        client.get("/desk/duplicates/place/1/2").status_code,
        client.post("/desk/duplicates/place/1/2/merge", data={"kept": "1"}).status_code,
        client.post("/desk/duplicates/place/1/2/apart").status_code,
    ]
    planner.post("/desk/duplicates/place/1/2/merge", data={"kept": "1"})
    statuses.append(client.post("/desk/duplicates/place/2/unmerge").status_code)
    # Nor is he told which record another's stands in now.
    statuses.append(client.get("/desk/duplicates/place/1/2").status_code)
    assert (statuses, "还没有合并过。" in client.get("/desk/duplicates").text) == ([404] * 5, True)


def test_an_editor_looks_but_does_not_merge(as_person: AsPerson) -> None:
    client = as_person(Role.EDITOR, districts=("浦东新区",))
    page = client.get("/desk/duplicates/place/1/2").text
    assert ("要合并或分开，请找审核账号。" in page, "/merge" in page) == (True, False)
    refused = client.post("/desk/duplicates/place/1/2/merge", data={"kept": "1"})
    assert refused.status_code == 403


@pytest.mark.parametrize("of", ["site", "outlet"])
def test_sites_and_outlets_have_lists_of_their_own(planner: FlaskClient, of: str) -> None:
    assert "没有疑似重复。" in planner.get(f"/desk/duplicates?of={of}").text
