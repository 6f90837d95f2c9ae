"""Text is packed for who takes it, and is the same text."""

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from service import compression

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(
    "path", ["/", "/p/1", "/assets/map.js", "/stations.json", "/assets/ui.svg"]
)
def test_a_text_is_packed_and_the_same(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=GZIP)
    assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == (
        "gzip",
        None,
    )
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) * 0.6
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "identity"])
def test_who_does_not_take_it_gets_it_plain(client: FlaskClient, accept: str) -> None:
    answer = client.get("/", headers={"Accept-Encoding": accept})
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!DOCTYPE html>")


def test_small_answers_and_pictures_stay_as_they_are(client: FlaskClient) -> None:
    for path in ("/healthz", "/assets/leaflet/images/marker-icon.png"):
        assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


def test_a_kept_file_is_asked_for_by_its_tag_either_way(client: FlaskClient) -> None:
    plain = client.get("/assets/map.js").headers["ETag"]
    packed = client.get("/assets/map.js", headers=GZIP).headers["ETag"]
    assert packed == f"W/{plain}"
    for tag in (plain, packed):
        again = client.get("/assets/map.js", headers=GZIP | {"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_a_large_answer_is_packed_once_a_tag_and_a_private_one_never_kept() -> None:
    app = Flask("large")
    compression.install(app)
    bodies = iter(f"{n}" * 200_000 for n in range(9))

    @app.get("/<kept>/<tag>")
    def large(kept: str, tag: str) -> Response:
        answer = Response(next(bodies), content_type="application/json")
        answer.set_etag(tag)
        answer.headers["Cache-Control"] = kept
        return answer

    def first(path: str) -> str:
        return gzip.decompress(app.test_client().get(path, headers=GZIP).data).decode()[0]

    asked = ("/no-cache/a", "/no-cache/a", "/no-cache/b", "/private/c", "/private/c")
    assert [first(path) for path in asked] == ["0", "0", "2", "3", "4"]


def test_of_large_answers_only_the_last_are_kept() -> None:
    kept = compression.Kept()
    for number in range(compression.MOST_KEPT + 1):
        kept.packed(f"{number}", b"old")
    assert gzip.decompress(kept.packed("0", b"new")) == b"new"
    assert gzip.decompress(kept.packed("2", b"new")) == b"old"
