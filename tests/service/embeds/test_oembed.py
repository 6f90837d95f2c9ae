"""oEmbed: what a site is told that was given our address."""

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

OURS = "http://localhost/embed?v=1&kind=rest_room&district=黄浦区"
FRAME = (
    '<iframe src="http://localhost/embed?v=1&amp;kind=rest_room&amp;district='
    '%E9%BB%84%E6%B5%A6%E5%8C%BA" title="黄浦区职工服务站地图" width="800" height="480"'
    ' frameborder="0" loading="lazy" allow="geolocation"></iframe>'
)
DOCUMENT = {
    "version": "1.0",
    "type": "rich",
    "title": "黄浦区职工服务站地图",
    "provider_name": "职图",
    "provider_url": "http://localhost/",
    "cache_age": 3600,
    "html": FRAME,
    "width": 800,
    "height": 480,
}


def test_an_address_of_ours_is_a_frame(client: FlaskClient) -> None:
    answer = client.get("/oembed", query_string={"url": OURS})
    assert (answer.status_code, answer.get_json()) == (200, DOCUMENT)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_finder_becomes_a_map_with_its_filters(client: FlaskClient) -> None:
    url = "https://localhost/?kind=rest_room&district=黄浦区&page=2"
    assert client.get("/oembed", query_string={"url": url}).get_json() == DOCUMENT


def test_xml_says_the_same(client: FlaskClient) -> None:
    answer = client.get("/oembed", query_string={"url": OURS, "format": "xml"})
    found = {each.tag: each.text for each in ElementTree.fromstring(answer.data)}
    assert answer.content_type == "text/xml; charset=utf-8"
    assert found == {name: str(value) for name, value in DOCUMENT.items()}


def test_a_size_is_never_larger_than_asked_for(client: FlaskClient) -> None:
    query = {"url": OURS, "maxwidth": "300", "maxheight": "9000"}
    document = client.get("/oembed", query_string=query).get_json()
    assert (document["width"], document["height"]) == (300, 480)
    assert 'width="300" height="480"' in document["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": ""}, 404),
        ({"url": "http://evil.example/embed"}, 404),
        ({"url": "http://localhost.evil.example/embed"}, 404),
        ({"url": "http://user@localhost/embed"}, 404),
        ({"url": "javascript://localhost/embed"}, 404),
        ({"url": "http://localhost/planner"}, 404),
        ({"url": "http://[::1/embed"}, 400),
        ({"url": "http://localhost/embed?kind=teahouse"}, 400),
        ({"url": OURS, "maxwidth": "-1"}, 400),
        ({"url": OURS, "maxwidth": "9" * 5000}, 400),
        ({"url": f"{OURS}&lon=121&lat=31&z=0000000129999"}, 400),
        ({"url": OURS, "format": "yaml"}, 501),
    ],
)
def test_what_is_not_ours_or_not_right_is_refused(
    client: FlaskClient, query: dict[str, str], status: int
) -> None:
    assert client.get("/oembed", query_string=query).status_code == status


@pytest.mark.parametrize("wanted", ["json", "xml"])
def test_no_text_in_an_address_becomes_markup(client: FlaskClient, wanted: str) -> None:
    url = 'http://localhost/embed?q="></iframe><script>alert(1)</script>\x00\ufffe'
    answer = client.get("/oembed", query_string={"url": url, "format": wanted})
    if wanted == "xml":
        html = ElementTree.fromstring(answer.data).findtext("html")
    else:
        html = answer.get_json()["html"]
    assert html is not None
    assert html.count("<") == 2
    assert "<script" not in html
