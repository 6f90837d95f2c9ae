"""The builder, as a form without any script and as its script asks."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

QUERY = "kind=rest_room&kind=health_point&district=黄浦区&list=below&height=600&width=700"
LINE = (
    '<iframe src="http://localhost/embed?v=1&amp;kind=rest_room%2Chealth_point'
    '&amp;district=%E9%BB%84%E6%B5%A6%E5%8C%BA&amp;list=below" title="黄浦区职工服务站地图"'
    ' width="700" height="600" frameborder="0" loading="lazy" allow="geolocation"></iframe>'
)


def pasted(page: str, name: str) -> str:
    found = re.search(rf'<textarea id="text-{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_without_a_script_the_form_shows_the_lines(client: FlaskClient) -> None:
    page = client.get(f"/embed/builder?{QUERY}").text
    assert pasted(page, "frame") == LINE
    assert pasted(page, "script") == (
        '<script src="http://localhost/embed/v1.js" data-kind="rest_room,health_point"'
        ' data-district="黄浦区" data-list="below" data-title="黄浦区职工服务站地图" async>'
        "</script>"
    )
    assert pasted(page, "oembed") == (
        "http://localhost/oembed?url=http%3A%2F%2Flocalhost%2Fembed%3Fv%3D1%26kind%3Drest_room"
        "%252Chealth_point%26district%3D%25E9%25BB%2584%25E6%25B5%25A6%25E5%258C%25BA%26list%3Dbelow"
    )
    assert "福州路休息室" in pasted(page, "list")
    assert 'value="rest_room" checked' in page
    assert '<option value="黄浦区" selected>黄浦区</option>' in page


def test_the_script_gets_the_same_lines(client: FlaskClient) -> None:
    data = client.get(f"/embed/builder.json?{QUERY}").get_json()
    page = client.get(f"/embed/builder?{QUERY}").text
    assert {name: data[name] for name in ("frame", "script", "oembed", "list")} == {
        name: pasted(page, name) for name in ("frame", "script", "oembed", "list")
    }
    assert data["address"].startswith("/embed?v=1&kind=rest_room%2Chealth_point&")
    assert "外滩街道" in data["towns"]


def test_what_a_map_is_like_anyway_makes_no_line_longer(client: FlaskClient) -> None:
    query = "list=left&accent=teal&mode=light&locate=1&speak=zh&radius=1000&width=&height=480"
    data = client.get(f"/embed/builder.json?{query}").get_json()
    assert data["address"] == "/embed?v=1"


@pytest.mark.parametrize(
    ("query", "fault", "address"),
    [
        ("park=月球园区&kind=rest_room", "没有叫“月球园区”的园区、楼宇或商圈", "/embed?v=1"),
        (
            "colour=ffff00&kind=rest_room",
            "颜色 ffff00 不能用：要写 #0B5D66 这样的，而且白字在上面看得清",
            "/embed?v=1&kind=rest_room",
        ),
        ("height=20", "height 要 200 到 4000 之间的整数（像素）", "/embed?v=1"),
        ("lon=121", "起始位置要 lon、lat、z 三个一起写", "/embed?v=1"),
        (
            "site=javascript:alert(1)",
            "“javascript:alert(1)”不是网站地址，要写成 https://www.example.org",
            "/embed?v=1",
        ),
    ],
)
def test_what_cannot_be_is_said(client: FlaskClient, query: str, fault: str, address: str) -> None:
    data = client.get(f"/embed/builder.json?{query}").get_json()
    assert (data["fault"], data["address"]) == (fault, address)


def test_an_own_colour_is_taken_without_its_sign(client: FlaskClient) -> None:
    data = client.get("/embed/builder.json?accent=red&colour=%235a2d82").get_json()
    assert data["address"] == "/embed?v=1&accent=5A2D82"


def test_a_view_of_the_preview_is_turned_to_wgs84(make_app, city) -> None:  # type: ignore[no-untyped-def]
    client = make_app(ZHITU_BASEMAP="amap").test_client()
    query = "lon=121.53154186&lat=31.17530398&z=15&datum=map"
    data = client.get(f"/embed/builder.json?{query}").get_json()
    assert data["start"] == ["121.52721", "31.17743", "15"]


def test_the_site_is_looked_up_on_the_list(make_app) -> None:  # type: ignore[no-untyped-def]
    client = make_app(ZHITU_EMBED_SITES="https://a.example").test_client()
    sites = ("", "https://a.example/page", "https://b.example")
    listed = [
        client.get("/embed/builder.json", query_string={"site": site}).get_json()["listed"]
        for site in sites
    ]
    assert listed == [None, True, False]


def test_english_speaks_english_and_makes_english_maps(client: FlaskClient) -> None:
    page = client.get("/embed/builder?lang=en").text
    assert "Put the map into your site" in page
    assert 'src="http://localhost/embed?v=1&amp;lang=en"' in pasted(page, "frame")


@pytest.mark.parametrize(
    "text",
    ['"></iframe><script>alert(1)</script>', "</textarea><script>alert(1)</script>", "{{7*7}}"],
)
def test_no_text_becomes_markup(client: FlaskClient, text: str) -> None:
    for name in ("q", "site", "colour", "town", "park"):
        page = client.get("/embed/builder", query_string={name: text}).text
        assert ("<script>alert" in page, page.count("</textarea>")) == (False, 4)
        line = pasted(page, "frame")
        assert line.count("<") == 2
