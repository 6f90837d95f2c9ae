"""What the page on privacy claims, as far as it can be tried."""

import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from geodata.store import Store
from geodata.tables import Base
from service.auth import PUBLIC_ENDPOINTS

AT = "lon=121.4711&lat=31.2350"
SEARCHED = "金丝雀路九弄"


def stored(store: Store) -> dict[str, int]:
    with store.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize(
    ("query", "said"), [("", "四舍五入到约 100 米"), ("?lang=en", "100 metres")]
)
def test_anybody_reads_it_and_every_foot_leads_to_it(
    client: FlaskClient, query: str, said: str
) -> None:
    assert said in client.get(f"/privacy{query}").text
    assert f'href="/privacy{query}"' in client.get(f"/{query}").text
    assert f'href="/privacy{query}"' in client.get(f"/p/1{query}").text


def test_a_map_provider_is_named_where_there_is_one(make_app: Callable[..., Flask]) -> None:
    bare = make_app().test_client().get("/privacy").text
    based = make_app(ZHITU_BASEMAP="osm").test_client().get("/privacy").text
    assert ("底图" in bare, "底图" in based) == (False, True)


def test_no_cookie_without_a_sign_in(
    make_app: Callable[..., Flask], paths_of: Callable[[Rule], Iterator[str]]
) -> None:
    app = make_app()
    given = [
        path
        for rule in app.url_map.iter_rules()
        if rule.endpoint in PUBLIC_ENDPOINTS and "GET" in (rule.methods or ())
        for path in paths_of(rule)
        if "Set-Cookie" in app.test_client().get(path).headers
    ]
    assert given == []


def test_a_search_and_a_position_are_written_down_nowhere(
    city: Store,
    make_app: Callable[..., Flask],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = make_app(ZHITU_LOG="json", ZHITU_METRICS_PORT="9100").test_client()
    before = stored(city)
    caplog.set_level(logging.DEBUG)
    for path in (f"/nearest?{AT}&limit=3", f"/?q={SEARCHED}", f"/api/v1/nearest?{AT}"):
        answer = client.get(path, environ_base={"REMOTE_ADDR": "203.0.113.77"})
        assert answer.status_code == 200
    client.get(f"/none/{SEARCHED}?{AT}", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    told = "".join(capfd.readouterr()) + caplog.text
    assert '"route":"/nearest"' in told.replace(" ", "")
    assert [one for one in (SEARCHED, "121.47", "31.235", "203.0.113.77") if one in told] == []
    assert stored(city) == before
