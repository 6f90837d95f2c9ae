"""Lines that were pasted into pages work for ever: none here may be changed, only added to."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from service.embeds.asked import PARAMETERS, kept
from service.embeds.snippet import pieces_of

DOCS = Path(__file__).parents[3] / "docs" / "embedding.md"

# The line as pasted, and the names its list shows.
OLD_LINES = (
    # Before there were versions.
    ('<iframe src="https://map.example.org/embed"></iframe>', 4),
    ('<iframe src="https://map.example.org/embed?kind=health_point"></iframe>', 1),
    ('<iframe src="https://map.example.org/embed?kind=health_point,rest_room"></iframe>', 2),
    ('<iframe src="https://map.example.org/embed?district=黄浦区"></iframe>', 3),
    ('<iframe src="https://map.example.org/embed?district=310101&lang=en"></iframe>', 3),
    (
        '<iframe src="https://map.example.org/embed?kind=reading_room&amp;district=%E9%BB%84%E6'
        '%B5%A6%E5%8C%BA&amp;lang=zh" width="600" height="400"></iframe>',
        2,
    ),
    # Version 1.
    (
        '<iframe src="https://map.example.org/embed?v=1&amp;kind=rest_room" title="职工服务站地图"'
        ' width="100%" height="480" frameborder="0" loading="lazy" allow="geolocation"></iframe>',
        1,
    ),
    ('<iframe src="https://map.example.org/embed?v=1&amp;q=%E7%A6%8F%E5%B7%9E"></iframe>', 1),
    ('<iframe src="https://map.example.org/embed?v=1&amp;with=charging"></iframe>', 1),
    ('<iframe src="https://map.example.org/embed?v=1&amp;with=charging,hot_meal"></iframe>', 1),
    ('<iframe src="https://map.example.org/embed?v=1&amp;open=2026-03-31T12:30"></iframe>', 0),
    ('<iframe src="https://map.example.org/embed?v=1&amp;park=张江科技园"></iframe>', 1),
    (
        '<iframe src="https://map.example.org/embed?v=1&amp;park=张江科技园&amp;radius=50">'
        "</iframe>",
        0,
    ),
    (
        '<iframe src="https://map.example.org/embed?v=1&amp;near=121.4710,31.2349&amp;radius=2000">'
        "</iframe>",
        2,
    ),
    (
        '<iframe src="https://map.example.org/embed?v=1&amp;lon=121.47&amp;lat=31.23&amp;z=14'
        '&amp;list=below&amp;accent=navy&amp;mode=dark&amp;locate=0&amp;fit=1"></iframe>',
        4,
    ),
    (
        '<iframe src="https://map.example.org/embed?v=1&amp;accent=0B5D66&amp;list=none"></iframe>',
        4,
    ),
    ('<script src="https://map.example.org/embed.js" data-kind="rest_room" async></script>', 1),
    (
        '<script src="https://map.example.org/embed/v1.js" data-district="黄浦区" data-list="left"'
        ' data-title="地图" data-height="600" async></script>',
        3,
    ),
    # What a later version might add, and what others' systems add, is left aside.
    ('<iframe src="https://map.example.org/embed?v=1&amp;utm_source=x&amp;theme=new"></iframe>', 4),
)


class Names(HTMLParser):
    """The names in the list of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found = 0

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += (
            dict(attrs).get("class") == "card-link" and dict(attrs).get("href") is not None
        )


@pytest.mark.parametrize(("line", "places"), OLD_LINES)
def test_an_old_line_still_shows_its_map(client: FlaskClient, line: str, places: int) -> None:
    (piece,) = pieces_of(line)
    if piece.tag == "script":
        path = "/" + piece.source.split("/", 3)[3]
        assert client.get(path).content_type == "text/javascript; charset=utf-8"
    page = client.get("/embed", query_string=piece.parameters)
    names = Names()
    names.feed(page.text)
    assert (page.status_code, names.found) == (200, places)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("v=2", "v 只能是 1"),
        ("kind=teahouse", "kind 里没有 teahouse"),
        ("district=火星区", "district 要写区名或六位代码"),
        ("with=pool", "with 里没有 pool"),
        ("park=月球园区", "没有叫“月球园区”的园区、楼宇或商圈"),
        ("park=张江科技园&radius=9", "radius 要 50 到 5000 之间的数"),
        ("near=1", "near 要两个数：经度,纬度"),
        ("lon=121&lat=31", "起始位置要 lon、lat、z 三个一起写"),
        ("lon=121&lat=31&z=99", "z 要 8 到 18 之间的整数"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_in_the_frame(
    client: FlaskClient, query: str, sentence: str
) -> None:
    answer = client.get(f"/embed?{query}")
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert 'class="card"' not in answer.text
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


@pytest.mark.parametrize(
    "query", ["accent=zzz", "accent=ffff00", "mode=night", "list=right", "fit=9"]
)
def test_looks_that_cannot_be_read_are_the_usual_ones(client: FlaskClient, query: str) -> None:
    usual, given = client.get("/embed?v=1"), client.get(f"/embed?v=1&{query}")
    assert given.status_code == 200
    assert 'class="embed list-left"' in given.text
    assert ("theme.css" in given.text, "theme.css" in usual.text) == (False, False)


def test_parameters_have_one_order_and_empty_ones_go() -> None:
    given = {"list": "none", "kind": "rest_room", "q": " ", "evil": "1", "v": "1", "park": "甲"}
    assert list(kept(MultiDict(given)).items()) == [
        ("v", "1"),
        ("kind", "rest_room"),
        ("park", "甲"),
        ("list", "none"),
    ]


def test_every_parameter_is_documented() -> None:
    rows = [line.split("|")[1].strip() for line in DOCS.read_text().splitlines() if "| `" in line]
    named = [name.strip("` ") for row in rows for name in row.split("、")]
    assert set(PARAMETERS) - set(named) == set()
