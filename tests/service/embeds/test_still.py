"""What of a map goes where no frame does: a list, a picture, a code."""

import re
import struct
from collections.abc import Callable
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.clock import today
from service.embeds.asked import LISTS


def test_the_list_is_links_and_a_date(client: FlaskClient) -> None:
    day = today()
    assert client.get("/embed/list.html?kind=rest_room").text.splitlines() == [
        f"<p>职工服务站地图（截至 {day.year}年{day.month}月{day.day}日）</p>",
        "<ul>",
        '<li><a href="http://localhost/p/3">福州路休息室</a> · 黄浦区 · 福州路100号</li>',
        "</ul>",
        '<p><a href="http://localhost/?kind=rest_room">看最新的地图</a></p>',
    ]


def test_the_list_needs_nothing_that_an_editor_would_strip(client: FlaskClient) -> None:
    page = client.get("/embed/list.html?lang=en").text
    signs = ("<script", "<iframe", "class=", "style=", "<img", " id=")
    assert [sign in page for sign in signs] == [False] * len(signs)
    assert 'href="http://localhost/p/3?lang=en"' in page


def test_addresses_are_the_ones_the_setting_names(make_app: Callable[..., Flask]) -> None:
    client = make_app(ZHITU_SITE_URL="https://map.example.org/zhitu").test_client()
    page = client.get("/embed/list.html?kind=rest_room").text
    assert 'href="https://map.example.org/zhitu/p/3"' in page
    assert "localhost" not in page


def test_the_code_is_a_drawing_without_script(client: FlaskClient) -> None:
    code = client.get("/embed/qr.svg?kind=rest_room")
    assert (code.status_code, code.content_type) == (200, "image/svg+xml; charset=utf-8")
    assert code.text.count("<svg") == 1
    assert [word in code.text for word in ("script", "style", "href")] == [False, False, False]


def test_what_no_code_can_hold_is_refused(client: FlaskClient) -> None:
    kinds = ",".join(["rest_room"] * 400)
    assert client.get(f"/embed/qr.svg?kind={kinds}").status_code == 400


@pytest.mark.parametrize(
    ("query", "size"), [("", (800, 500)), ("width=321&height=222", (321, 222))]
)
def test_the_picture_has_the_size_asked_for(
    client: FlaskClient, query: str, size: tuple[int, int]
) -> None:
    pytest.importorskip("matplotlib")
    drawn = client.get(f"/embed/map.png?district=黄浦区&{query}")
    assert (drawn.status_code, drawn.content_type) == (200, "image/png")
    assert struct.unpack(">II", drawn.data[16:24]) == size


@pytest.mark.parametrize(
    "query",
    ["width=99999", "height=0", "width=a", "width=-5", "width=0008009999", "lon=121&lat=31&z=9e9"],
)
def test_a_picture_of_any_other_size_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/embed/map.png?{query}").status_code == 400


def test_a_picture_is_the_same_each_time(client: FlaskClient, planner: FlaskClient) -> None:
    pytest.importorskip("matplotlib")
    one, two = (client.get("/embed/map.png?kind=rest_room").data for _ in range(2))
    assert one == two


def test_lists_have_the_places_of_the_map(client: FlaskClient) -> None:
    for query in ("", "kind=reading_room", "district=黄浦区&with=charging", "q=福州"):
        plain = client.get(f"/embed/list.html?{query}").text
        page = client.get(f"/embed?{query}&list={LISTS[1]}").text
        assert plain.count("<li>") == page.partition("<template")[0].count('class="card-link"')


KINDS = ("", "rest_room", "reading_room", "health_point,outdoor_station")
DISTRICTS = ("", "黄浦区", "金山区")
FACILITIES = ("", "charging", "charging,hot_meal")
MORE = ("", "open=2026-03-31T12:30", "q=福州", "near=121.471,31.2349&radius=1500")


@pytest.mark.parametrize("more", MORE)
def test_every_filter_gives_the_same_places_in_each_form(client: FlaskClient, more: str) -> None:
    for kind, district, codes in product(KINDS, DISTRICTS, FACILITIES):
        query = f"kind={kind}&district={district}&with={codes}&{more}"
        page = client.get(f"/embed?{query}").text.partition("<template")[0]
        plain = client.get(f"/embed/list.html?{query}").text
        near = client.get(f"/nearest?{query}&lon=121.47&lat=31.23&limit=100").get_json()
        drawn = client.get(f"/clusters?{query}&bbox=120,30,123,32&z=20").get_json()
        asked = {place["id"] for place in near["places"] + near["unplaced"]}
        placed = {place["id"] for place in near["places"]}
        assert set(map(int, re.findall(r'class="card" data-id="(\d+)"', page))) == asked
        assert set(map(int, re.findall(r"/p/(\d+)", plain))) == asked
        assert len(drawn["points"]) + sum(each["count"] for each in drawn["circles"]) == len(placed)
