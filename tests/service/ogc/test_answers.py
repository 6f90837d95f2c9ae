"""Tags, 304, HEAD, OPTIONS, packing, other sites' scripts."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from geodata.tables import Place
from geodata.version import grow_version
from service.ogc import items

ITEMS = "/ogc/collections/rest_room/items"


def test_who_holds_an_answer_is_not_sent_it_again(
    ogc: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ogc.get(ITEMS)
    monkeypatch.delattr(items, "written")
    again = ogc.get(ITEMS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (
        304,
        b"",
        first.headers["ETag"],
    )
    assert again.headers["Cache-Control"] == "no-cache"


def test_a_tag_is_of_one_question_format_and_host(ogc: FlaskClient) -> None:
    asked = (ITEMS, f"{ITEMS}?limit=1", f"{ITEMS}?f=html", "/ogc/collections/places/items")
    tags = {ogc.get(path).headers["ETag"] for path in asked}
    tags.add(ogc.get(ITEMS, base_url="https://map.example.org").headers["ETag"])
    assert len(tags) == 5
    for path in asked:
        assert ogc.get(path, headers={"If-None-Match": "*"}).status_code == 200


def test_a_change_is_seen_at_once(make_app: Callable[..., Flask], city: Store) -> None:
    client = make_app().test_client()
    path = "/ogc/collections/places/items?q=福州路休息室"
    before = client.get(path)
    with city.writing() as session:
        session.get_one(Place, 3).name = "改了名的休息室"
        grow_version(session)
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert [one.get_json()["numberMatched"] for one in (before, after)] == [1, 0]


def test_head_is_get_without_a_body(ogc: FlaskClient) -> None:
    got, head = ogc.get(ITEMS), ogc.head(ITEMS)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", got.headers["ETag"])


def test_long_answers_are_packed_for_who_takes_it(ogc: FlaskClient) -> None:
    plain = ogc.get(f"{ITEMS}?limit=6").get_json()
    answer = ogc.get(f"{ITEMS}?limit=6", headers={"Accept-Encoding": "gzip"})
    packed = gzip.decompress(answer.data)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'"numberReturned":%d' % len(plain["features"]) in packed
    assert set(answer.vary) == {"Accept", "Accept-Encoding"}


def test_scripts_of_any_site_may_read(ogc: FlaskClient) -> None:
    assert ogc.get(ITEMS).headers["Access-Control-Allow-Origin"] == "*"
    ahead = ogc.options(ITEMS, headers={"Origin": "https://example.org"})
    assert (ahead.status_code, ahead.headers["Access-Control-Allow-Methods"]) == (
        200,
        "GET, HEAD, OPTIONS",
    )


def test_nothing_is_written_here(ogc: FlaskClient) -> None:
    answers = [call(ITEMS) for call in (ogc.post, ogc.put, ogc.patch, ogc.delete)]
    assert [(one.status_code, one.content_type) for one in answers] == [
        (405, "application/problem+json")
    ] * 4
