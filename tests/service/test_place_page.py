"""One place's page: its services, the way in, what was said of it, and what became of it."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from geodata.tables import MistakeReport, Place, Relocation, ServicePoint, StatusChange
from geodata.version import grow_version

MakeApp = Callable[..., Flask]


def move(store: Store, place_id: int, status: str, *, to: int | None = None) -> None:
    """All services of a place go to a status, on a day."""
    with store.writing() as session:
        for service in session.query(ServicePoint).filter_by(place_id=place_id):
            change = StatusChange(
                service_point_id=service.id, before=service.status, after=status,
                on=date(2026, 3, 31), reason="", by="reviewer",
            )  # fmt: skip
            session.add(change)
            session.flush()
            if to:
                session.add(
                    Relocation(service_point_id=service.id, change_id=change.id, place_id=to)
                )
            service.status = status
        grow_version(session)


def test_search_engines_read_the_place_and_no_markup_of_it(make_app: MakeApp, city: Store) -> None:
    with city.writing() as session:
        row = session.get(Place, 3)
        assert row is not None
        row.address = "</script><script>alert(1)</script>"
        grow_version(session)
    page = make_app(ZHITU_SITE_URL="https://map.example.org").test_client().get("/p/3").text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(data)
    assert (found["name"], found["url"], found["address"]["streetAddress"]) == (
        "福州路休息室",
        "https://map.example.org/p/3",
        "</script><script>alert(1)</script>",
    )


def test_a_qr_code_is_a_picture_of_the_address(make_app: MakeApp) -> None:
    client = make_app(ZHITU_SITE_URL="https://map.example.org").test_client()
    one, other = client.get("/p/1/qr.svg"), client.get("/p/3/qr.svg")
    assert (one.content_type, other.status_code) == ("image/svg+xml", 200)
    assert one.data.startswith(b"<svg")
    assert one.data != other.data
    assert client.get("/p/99/qr.svg").status_code == 404


def test_a_delisted_place_says_so_and_offers_the_nearest(make_app: MakeApp, city: Store) -> None:
    move(city, 3, "delisted")
    client = make_app().test_client()
    answer = client.get("/p/3")
    assert answer.status_code == 410
    assert "这里已摘牌" in answer.text
    assert "2026年3月31日起" in answer.text
    assert "示例・广场驿站" in answer.text
    assert "noindex" in answer.text
    english = client.get("/p/3?lang=en").text
    assert "no longer a workers&#39; station" in english


def test_a_place_that_moved_says_where_to(make_app: MakeApp, city: Store) -> None:
    move(city, 3, "moved", to=1)
    answer = make_app().test_client().get("/p/3")
    assert answer.status_code == 410
    assert "这里已搬走" in answer.text
    assert '已搬到： <a href="/p/1">示例・广场驿站</a>' in answer.text


def test_who_moved_twice_is_where_he_moved_last(make_app: MakeApp, city: Store) -> None:
    move(city, 3, "moved", to=2)
    move(city, 2, "moved", to=1)
    assert '已搬到： <a href="/p/1">' in make_app().test_client().get("/p/3").text


def test_who_moved_in_a_circle_is_nowhere(make_app: MakeApp, city: Store) -> None:
    move(city, 3, "moved", to=2)
    move(city, 2, "moved", to=3)
    answer = make_app().test_client().get("/p/3")
    assert (answer.status_code, "已搬到" in answer.text) == (410, False)


def test_what_was_merged_into_a_place_that_is_gone_is_gone_too(
    make_app: MakeApp, city: Store
) -> None:
    move(city, 3, "delisted")
    with city.writing() as session:
        row = session.get(Place, 2)
        assert row is not None
        row.merged_into = 3
        grow_version(session)
    answer = make_app().test_client().get("/p/2")
    assert (answer.status_code, "这里已摘牌" in answer.text) == (410, True)


@pytest.mark.parametrize("status", ["delisted", "closed", "moved"])
def test_what_is_gone_is_in_no_list_map_or_document(
    make_app: MakeApp, city: Store, status: str
) -> None:
    client = make_app().test_client()
    paths = (
        "/", "/embed", "/nearest?lon=121.48&lat=31.23", "/sitemap-1.xml",
        "/clusters?bbox=121.46,31.22,121.50,31.25&z=18", "/places/3.json", "/p/3/qr.svg",
    )  # fmt: skip
    before = [client.get(path).status_code for path in paths]
    move(city, 3, status)
    told = [path for path in paths if re.search("福州路休息室|/p/3<", client.get(path).text)]
    after = [client.get(path).status_code for path in paths]
    assert (told, before, after) == ([], [200] * 7, [200] * 5 + [404] * 2)


def test_a_place_that_never_was_public_is_unknown(make_app: MakeApp, city: Store) -> None:
    move(city, 3, "declared")
    client = make_app().test_client()
    assert [client.get(path).status_code for path in ("/p/3", "/p/99")] == [404, 404]


def test_a_report_is_kept_and_nothing_is_published(client: FlaskClient, city: Store) -> None:
    before = client.get("/p/1").text
    said = {"what": "hours", "text": "八点关门，找王师傅13800138000"}
    answer = client.post("/p/1/report", data=said)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/p/1?reported=1#report")
    assert client.get("/p/1").text == before
    assert "收到了，谢谢" in client.get("/p/1?reported=1").text
    with city.reading() as session:
        (kept,) = session.query(MistakeReport).all()
        assert (kept.place_id, kept.what, kept.status) == (1, "hours", "new")
        assert kept.text.startswith("八点关门")
        assert "13800138000" not in kept.text


def test_a_report_of_nothing_or_of_no_place_or_from_elsewhere_is_refused(
    client: FlaskClient,
) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    answers = [
        client.post("/p/1/report", data={"what": "<b>"}),
        client.post("/p/99/report", data={"what": "hours"}),
        client.post("/p/1/report", data={"what": "hours"}, headers=elsewhere),
    ]
    assert [answer.status_code for answer in answers] == [400, 404, 401]


def test_a_flood_of_reports_is_stopped(client: FlaskClient) -> None:
    codes = [client.post("/p/1/report", data={"what": "other"}).status_code for _ in range(10)]
    assert codes == [303] * 8 + [429] * 2


def test_the_number_of_the_icp_stands_in_the_foot(make_app: MakeApp) -> None:
    client = make_app(ZHITU_ICP="沪ICP备00000000号").test_client()
    assert [client.get(path).text.count("沪ICP备00000000号") for path in ("/", "/p/1")] == [1, 1]
