"""Tiles over HTTP: what is public, what takes a role, what clients and caches need."""

import gzip
from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import ServicePoint
from geodata.version import grow_version
from service.tiles.sets import SETS

SQUARE = "/tiles/places/16/54881/26777.mvt"
CITY = "0/0/0"


def features(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    (layer,) = mapbox_vector_tile.decode(answer.data).values()
    found: list[dict[str, Any]] = layer["features"]
    return found


def test_a_tile_holds_the_public_places(client: FlaskClient) -> None:
    (found,) = features(client, SQUARE)
    assert found["properties"]["name"] == "示例・广场驿站"


def test_a_delisted_place_is_in_no_tile_and_the_old_tag_is_worth_nothing(
    client: FlaskClient, city: Store
) -> None:
    tag = client.get(SQUARE).headers["ETag"]
    assert client.get(SQUARE, headers={"If-None-Match": tag}).status_code == 304
    with city.writing() as session:
        for point in session.query(ServicePoint).all():
            point.status = "delisted"
        grow_version(session)
    assert client.get(SQUARE, headers={"If-None-Match": tag}).status_code == 204


def test_an_answer_is_asked_for_again_and_open_to_any_script(client: FlaskClient) -> None:
    headers = client.get(SQUARE).headers
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_a_large_tile_is_packed(client: FlaskClient) -> None:
    path = "/tiles/coverage/8/214/104.mvt"
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_a_tile_without_anything_is_no_content(client: FlaskClient) -> None:
    assert client.get("/tiles/places/16/0/0.mvt").status_code == 204


@pytest.mark.parametrize("path", ["/tiles/places/17/0/0.mvt", "/tiles/places/3/8/0.mvt"])
def test_a_tile_off_the_grid_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_an_unknown_set_or_parameter_is_refused(client: FlaskClient) -> None:
    assert client.get("/tiles/nothing.json").status_code == 404
    assert client.get(f"{SQUARE}?kind=rest_room").status_code == 400


def test_districts_are_outlines_where_those_may_be_drawn_and_points_elsewhere(
    make_app: Callable[..., Flask], production: dict[str, str]
) -> None:
    drawn = features(make_app().test_client(), "/tiles/coverage/8/214/104.mvt")
    bare = make_app(**production).test_client()
    points = features(bare, f"/tiles/coverage/{CITY}.mvt")
    assert {one["geometry"]["type"] for one in drawn} <= {"Polygon", "MultiPolygon"}
    assert {one["geometry"]["type"] for one in points} == {"Point"}
    assert len(points) == 16
    assert {one["properties"]["code"] for one in drawn} <= {
        one["properties"]["code"] for one in points
    }


@pytest.mark.parametrize("name", [one.id for one in SETS.values() if one.role])
def test_towns_and_hexagons_take_a_role(
    client: FlaskClient, as_person: Callable[..., FlaskClient], name: str
) -> None:
    path = f"/tiles/{name}/{CITY}.mvt"
    assert client.get(path).status_code == 401
    viewer = as_person(Role.VIEWER)
    answer = viewer.get(path)
    assert answer.status_code in {200, 204}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert client.get(f"/tiles/{name}.json").status_code == 401


def test_hexagons_count_workers_nobody_serves(as_person: Callable[..., FlaskClient]) -> None:
    found = features(as_person(Role.VIEWER), "/tiles/coverage_hexes/8/214/104.mvt")
    assert [one["properties"]["workers"] for one in found] == [1500]


def test_every_public_set_is_described_and_has_the_tile_of_the_world(client: FlaskClient) -> None:
    listed = client.get("/tiles.json").get_json()["sets"]
    assert [one["id"] for one in listed] == list(SETS)
    for one in listed:
        if one["role"] is None:
            said = client.get(f"/tiles/{one['id']}.json").get_json()
            assert said["tilejson"] == "3.0.0"
            assert said["datum"] == one["datum"]
            path = said["tiles"][0].removeprefix("http://localhost")
            tile = client.get(path.format(z=0, x=0, y=0))
            assert tile.status_code in {200, 204}, one["id"]


def test_a_set_in_another_datum_says_what_it_is_for(client: FlaskClient) -> None:
    here, there = (
        client.get(f"/tiles/{name}.json").get_json() for name in ("places", "places_gcj02")
    )
    assert (here["datum"], there["datum"]) == ("WGS-84", "GCJ-02")
    assert "不能叠在高德" in here["description"]
    assert here["vector_layers"] == there["vector_layers"]
