"""The one-time link: what it shows, what it takes, and that it works once."""

from datetime import datetime

import pytest

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, Status, Tier
from geodata.model import Datum, Level, Position, Reason, Unlocated
from geodata.moments import utc_now
from geodata.place.address import canonical, parse
from geodata.place.datum import convert
from geodata.review.links import LIVES, make_link
from geodata.tables import Decision
from service.pin import Pinned

ADDRESS = "人民大道300号"
KEY = canonical(parse(ADDRESS), "黄浦区")
SPOT = (121.4815, 31.2352)
PLAIN = {"lon": "121.4815", "lat": "31.2352", "accuracy": "12", "dragged": "", "note": ""}


def named(name):
    """A place at the address that nobody has found."""
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER)
    source = Source("示例.xlsx", "表1", 9, {}, "stations")
    declared = DeclaredPlace(name, ADDRESS, "黄浦区", "", (service,), source)
    return Placed(declared, parse(ADDRESS), Unlocated(Reason.NOT_FOUND), "黄浦区")


@pytest.fixture
def link(city):
    """Makes links for a place that is not on the map yet."""
    city.publish(
        ImportedFile("另.xlsx", "1" * 64, (named("示例・广场休息室"),), 1, 0, ("stations",))
    )

    def make(at: datetime | None = None) -> str:
        with city.writing() as session:
            return f"/pin/{make_link(session, KEY, now=at or utc_now())}"

    return make


def test_the_page_shows_name_and_address_as_text_and_no_person(client, link):
    page = client.get(link())
    assert page.status_code == 200
    assert "示例・广场休息室" in page.text
    assert ADDRESS in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_the_page_speaks_english_when_asked(client, link):
    page = client.get(link() + "?lang=en").text
    assert "Mark the door on the spot" in page
    assert "?lang=en" in page.partition("<form")[2].partition(">")[0]


def test_a_close_fix_is_taken_at_once_and_the_link_ends(client, link, city):
    address = link()
    answer = client.post(address, data=PLAIN)
    assert answer.status_code == 200
    assert "误差约 18 米" in answer.text
    assert city.decisions() == {KEY: Position(*SPOT, Level.MANUAL, 18.0, "现场核定")}
    (shown,) = [place for place in city.snapshot().places if place.address == ADDRESS]
    assert (shown.lon, shown.lat, shown.error_m) == (*SPOT, 18.0)
    assert (client.get(address).status_code, client.post(address, data=PLAIN).status_code) == (
        404,
        404,
    )


def test_looking_at_a_link_does_not_use_it_up(client, link):
    address = link()
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 200]
    assert client.post(address, data=PLAIN).status_code == 200


@pytest.mark.parametrize(
    "changes", [{"accuracy": "51"}, {"dragged": "1"}, {"accuracy": ""}, {"accuracy": "nan"}]
)
def test_a_rough_or_moved_position_is_taken_only_when_confirmed(client, link, city, changes):
    address = link()
    asked = client.post(address, data=PLAIN | changes)
    assert asked.status_code == 400
    assert "勾选确认" in asked.text
    assert city.decisions() == {}
    assert client.post(address, data=PLAIN | changes | {"sure": "1"}).status_code == 200
    assert len(city.decisions()) == 1


@pytest.mark.parametrize(
    ("given", "error_m"),
    [
        (Pinned(accuracy="5"), 15.0),
        (Pinned(accuracy="40"), 60.0),
        (Pinned(accuracy="200", sure="1"), 300.0),
        (Pinned(accuracy="12", dragged="1", sure="1"), 50.0),
        (Pinned(accuracy="80", dragged="1", sure="1"), 120.0),
        (Pinned(dragged="1", sure="1"), 100.0),
    ],
)
def test_the_error_follows_from_how_the_position_was_found(given, error_m):
    assert given.error_m == error_m


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lon": "", "lat": ""}, "还没有位置"),
        ({"lon": "x"}, "还没有位置"),
        ({"lon": "inf"}, "还没有位置"),
        ({"lon": "116.4", "lat": "39.9"}, "不在本市范围"),
        ({"lon": "31.2352", "lat": "121.4815"}, "不在本市范围"),
        ({"lon": "1e300"}, "不在本市范围"),
    ],
)
def test_a_position_that_is_none_or_elsewhere_is_asked_for_again(
    client, link, city, changes, words
):
    answer = client.post(link(), data=PLAIN | changes)
    assert (answer.status_code, words in answer.text, city.decisions()) == (400, True, {})


def test_a_position_is_read_in_the_datum_of_the_basemap(make_app, link, city):
    client = make_app(ZHITU_BASEMAP="amap").test_client()
    lon, lat = convert(*SPOT, source=Datum.WGS84, target=Datum.GCJ02)
    data = PLAIN | {"lon": f"{float(lon):.6f}", "lat": f"{float(lat):.6f}"}
    assert client.post(link(), data=data).status_code == 200
    (stored,) = city.decisions().values()
    assert (round(stored.lon, 5), round(stored.lat, 5)) == SPOT


def test_names_and_numbers_are_kept_out_of_the_note(client, link, city):
    client.post(link(), data=PLAIN | {"note": "东门进，联系人金丝雀甲 19900000001"})
    with city.reading() as session:
        note = session.get(Decision, KEY).note
    assert "东门进" in note
    assert "1990000" not in note


def test_an_old_link_is_gone(client, link):
    page = client.get(link(utc_now() - LIVES))
    assert page.status_code == 404
    assert "请向发链接的人再要一个" in page.text


def test_a_form_from_another_site_is_refused(client, link, city):
    answer = client.post(link(), data=PLAIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, city.decisions()) == (401, {})


def test_whoever_tries_many_wrong_links_has_to_wait(client, link):
    address = link()
    statuses = [client.get(f"/pin/{n}").status_code for n in range(25)]
    assert statuses == [404] * 20 + [429] * 5
    assert client.get(address).status_code == 429
