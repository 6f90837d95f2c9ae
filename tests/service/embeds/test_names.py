"""Names of places and parks are text wherever an embedded map says them."""

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</iframe><script>alert(1)</script>",
    "'-alert(1)-'",
    "${alert(1)}",
    "{{7*7}}",
    "javascript:alert(1)",
    "a\u2028b\u2029c",
    "<!--",
    "]]>",
    "=cmd|' /C calc'!A0",
    "&lt;script&gt;",
)
AT = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "测试")


@pytest.fixture
def named(city: Store, request: pytest.FixtureRequest) -> str:
    """A place and a park that are both called so."""
    name = str(request.param)
    source = Source("恶意.xlsx", "表1", 1, {}, "stations")
    service = DeclaredService(
        kind=Kind.DRIVERS_HOME, name="", status=Status.PLAQUED, tier=Tier.OTHER
    )
    place = DeclaredPlace(name, "测试路1号", "黄浦区", "", (service,), source)
    site = DeclaredSite(name, SiteKind.PARK, "测试路2号", "黄浦区", "", source, workers=10)
    records = tuple(Placed(one, None, AT, "黄浦区") for one in (place, site))
    city.publish(ImportedFile("恶意.xlsx", "1" * 64, records, 2, 0, ("stations",)))
    return name


@pytest.mark.parametrize("named", HOSTILE, indirect=True)
def test_a_name_is_text_in_every_form(client: FlaskClient, named: str) -> None:
    query = {"kind": "drivers_home", "park": named}
    paths = ("/embed", "/embed/list.html", "/embed/builder")
    pages = [client.get(path, query_string=query).text for path in paths]
    assert [
        ("<script>alert" in page, "<img src=x" in page, "<svg onload" in page) for page in pages
    ] == [(False, False, False)] * 3
    assert str(escape(named)) in pages[0]
    assert f">{escape(named)}</a>" in pages[1]
    title = f"{named}周边职工服务站地图"
    data = client.get("/embed/builder.json", query_string=query).get_json()
    assert (data["title"], str(escape(title)) in data["frame"]) == (title, True)


@pytest.mark.parametrize("named", HOSTILE, indirect=True)
def test_a_name_is_text_in_oembed(client: FlaskClient, named: str) -> None:
    url = client.get("/embed/builder.json", query_string={"park": named}).get_json()["address"]
    query = {"url": f"http://localhost{url}", "format": "xml"}
    answer = ElementTree.fromstring(client.get("/oembed", query_string=query).data)
    assert answer.findtext("title") == f"{named}周边职工服务站地图"
    html = answer.findtext("html") or ""
    assert (html.count("<"), html.count(">")) == (2, 2)
