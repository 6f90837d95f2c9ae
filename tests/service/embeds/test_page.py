"""The embedded map: who may frame it, what it shows, what its script line loads."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.embeds.sites import add_site, listed, remove_site
from geodata.hours import ALL_DAY, Hours
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store

FRAMED = {"Sec-Fetch-Dest": "iframe"}


def ancestors(client: FlaskClient, path: str = "/embed", **headers: str) -> str:
    policy = client.get(path, headers=headers).headers["Content-Security-Policy"]
    return policy.partition("frame-ancestors ")[2]


def test_the_list_is_the_settings_then_the_administrators(
    make_app: Callable[..., Flask], city: Store
) -> None:
    client = make_app(ZHITU_EMBED_SITES="https://a.example").test_client()
    assert ancestors(client) == "'self' https://a.example"
    with city.writing() as session:
        add_site(session, "https://*.b.example", label="", asked_by="", by="甲")
        add_site(session, "https://a.example", label="", asked_by="", by="甲")
    assert ancestors(client) == "'self' https://a.example https://*.b.example"
    with city.writing() as session:
        remove_site(session, listed(session)[0].id, by="甲")
    assert ancestors(client) == "'self' https://a.example"


@pytest.mark.parametrize(
    ("referrer", "status"),
    [
        ("https://www.listed.example/", 200),
        ("https://sub.wild.example/", 200),
        ("http://localhost/embed/builder", 200),
        ("", 200),
        ("https://wild.example/", 403),
        ("http://www.listed.example/", 403),
        ("https://www.listed.example.evil.example/", 403),
        ("https://evil.example/?https://www.listed.example", 403),
        ("https://evil.example/", 403),
    ],
)
def test_a_frame_on_a_site_that_is_not_listed_gets_the_sentence(
    make_app: Callable[..., Flask], referrer: str, status: int
) -> None:
    sites = "https://www.listed.example https://*.wild.example"
    client = make_app(ZHITU_EMBED_SITES=sites).test_client()
    headers = FRAMED | ({"Referer": referrer} if referrer else {})
    answer = client.get("/embed", headers=headers)
    strict = f"frame-ancestors 'self' {sites}"
    wanted = "frame-ancestors *" if status == 403 else strict
    assert (answer.status_code, wanted) == (
        status,
        "frame-ancestors " + answer.headers["Content-Security-Policy"].partition("ancestors ")[2],
    )


def test_the_sentence_comes_with_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/embed?kind=rest_room", headers=FRAMED | {"Referer": "https://a.example/"})
    assert "你的网站还不在名单里，请联系" in answer.text
    assert "<b>https://a.example</b>" in answer.text
    assert [word in answer.text for word in ("<script", "card", "data-", "休息室", "/p/")] == [
        *(False, False, False, False, False)
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert ["Referer" in answer.vary, "Sec-Fetch-Dest" in answer.vary] == [True, True]


def test_a_link_from_elsewhere_is_no_frame(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Dest": "document", "Referer": "https://evil.example/"}
    assert ancestors(client, **headers) == "'self'"
    assert client.get("/embed", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/p/1", "/embed/builder", "/embed/check", "/embed/list.html"]
)
def test_no_other_page_may_be_framed(client: FlaskClient, path: str) -> None:
    assert ancestors(client, path, **FRAMED, Referer="https://evil.example/") == "'none'"


def test_only_the_builder_frames_pages_and_only_ours(client: FlaskClient) -> None:
    def frames(path: str) -> bool:
        return "frame-src 'self';" in client.get(path).headers["Content-Security-Policy"]

    assert [frames(path) for path in ("/embed/builder", "/embed", "/", "/embed/check")] == [
        *(True, False, False, False)
    ]


def test_a_park_shows_what_is_near_it_nearest_first(client: FlaskClient) -> None:
    page = client.get("/embed?park=张江科技园&radius=1500").text
    assert "张江科技园周边 1 处站点" in page
    assert 'data-filters="near=121.597000%2C31.205000&amp;radius=1500"' in page


def test_the_locate_button_can_be_left_out(client: FlaskClient) -> None:
    shown = ["data-locate" in client.get(f"/embed?locate={n}").text for n in ("1", "0")]
    assert shown == [True, False]


def test_the_start_view_is_in_the_map(client: FlaskClient) -> None:
    page = client.get("/embed?lon=121.47&lat=31.23&z=14").text
    assert 'data-bounds="121.449401,31.218257,121.490599,31.241743"' in page


def test_own_colours_are_a_style_sheet_of_their_own(client: FlaskClient) -> None:
    page = client.get("/embed?accent=red&mode=dark").text
    assert '<link rel="stylesheet" href="/embed/theme.css?accent=9C2A20&amp;mode=dark">' in page
    sheet = client.get("/embed/theme.css?accent=9C2A20&mode=light")
    assert (sheet.content_type, sheet.text) == (
        "text/css; charset=utf-8",
        ":root{--primary:#9C2A20;--primary-weak:#F7EEED;"
        "--primary-deep:#752018;--on-primary:#FFFFFF}\n",
    )


@pytest.mark.parametrize("accent", ["red;}", "url(x)", "</style>", "%0d%0aX: y", "ffff00"])
def test_no_parameter_gets_into_the_style_sheet(client: FlaskClient, accent: str) -> None:
    usual = client.get("/embed/theme.css").text
    assert client.get("/embed/theme.css", query_string={"accent": accent}).text == usual


def test_the_script_is_one_file_under_two_names_that_browsers_keep(client: FlaskClient) -> None:
    one, two = client.get("/embed.js"), client.get("/embed/v1.js")
    assert (one.data, one.headers["Cache-Control"]) == (two.data, "public, max-age=3600")
    again = client.get("/embed.js", headers={"If-None-Match": one.headers["ETag"]})
    assert again.status_code == 304


def test_the_page_tells_sites_of_its_oembed(client: FlaskClient) -> None:
    page = client.get("/embed?v=1&kind=rest_room").text
    assert (
        'type="application/json+oembed" href="http://localhost/oembed?format=json&amp;'
        'url=http%3A//localhost/embed%3Fv%3D1%26kind%3Drest_room"'
    ) in page


def test_who_is_open_stands_on_the_page_however_many_there_are(
    client: FlaskClient, city: Store
) -> None:
    rows = []
    for row in range(1, 52):
        hours = Hours(week=(ALL_DAY,) * 7, on_holidays=True) if row == 51 else None
        service = DeclaredService(Kind.DRIVERS_HOME, "", Status.PLAQUED, Tier.OTHER, hours=hours)
        district = "黄浦区" if row == 51 else "崇明区"
        source = Source("多.xlsx", "表1", row, {}, "stations")
        place = DeclaredPlace(f"之家{row}", f"测试路{row}号", district, "", (service,), source)
        spot = Position(121.4 + row / 1000, 31.6, Level.NUMBER, 90.0, "测试")
        rows.append(Placed(place, None, spot, district))
    city.publish(ImportedFile("多.xlsx", "1" * 64, tuple(rows), len(rows), 0, ("stations",)))
    page = client.get("/embed?kind=drivers_home").text
    names = [part.partition("<")[0] for part in page.split('class="card-link" href="')[1:]]
    assert names[0].partition(">")[2] == "之家51"


def test_no_symbol_comes_from_another_file(client: FlaskClient) -> None:
    page = client.get("/embed").text
    assert ('data-assets=""' in page, '<use href="#' in page) == (True, True)
    assert ".svg#" not in page
