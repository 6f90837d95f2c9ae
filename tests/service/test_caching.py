"""Public answers: tagged, asked for again, sent only when they have changed."""

import pytest
from flask.testing import FlaskClient

from geodata.store import Store
from geodata.version import grow_version

VIEW = "/clusters?bbox=121,31,122,32&z=10"
KEPT = (VIEW, "/nearest?lon=121.47&lat=31.23", "/places/1.json", "/", "/p/1")


@pytest.mark.parametrize("path", KEPT)
def test_an_answer_the_asker_holds_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == first.headers["ETag"].removeprefix("W/")


def test_a_change_of_the_data_ends_every_tag(client: FlaskClient, city: Store) -> None:
    held = client.get(VIEW).headers["ETag"]
    with city.writing() as session:
        grow_version(session)
    answer = client.get(VIEW, headers={"If-None-Match": held})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != held


def test_another_question_has_another_tag(client: FlaskClient) -> None:
    tags = {client.get(path).headers["ETag"] for path in (VIEW, f"{VIEW}&kind=rest_room", "/")}
    assert len(tags) == 3


def test_what_is_wrong_or_missing_has_no_tag(client: FlaskClient) -> None:
    for path in ("/clusters", "/places/999.json", "/p/999"):
        answer = client.get(path)
        assert answer.status_code in {400, 404}
        assert "ETag" not in answer.headers


def test_a_tag_holds_for_the_packed_answer_too(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    tag = client.get("/", headers=packed).headers["ETag"]
    assert client.get("/", headers=packed | {"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/embed", "/embed/list.html", "/sitemap-1.xml", "/privacy"])
def test_no_cache_guesses_how_long_a_public_list_holds(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
