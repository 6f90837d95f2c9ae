"""Tiles beside those PostGIS makes of the same data: features, ids, attributes, coordinates."""

from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from shapely.geometry import shape

from geodata.kinds import Kind, Status
from geodata.place.district import load_districts
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Snapshot
from geodata.tiles.areas import Area
from geodata.tiles.coverage import areas_tile
from geodata.tiles.grid import Tile
from geodata.tiles.places import places_tile
from geodata.wanted import EVERYTHING

pytestmark = pytest.mark.postgis
CENTRE = Tile(16, 54879, 26778)
TILES = (Tile(16, 54879, 26777), CENTRE, Tile(16, 54880, 26777), Tile(16, 54878, 26780))
POINT_TILE = """
    WITH bounds AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
    SELECT ST_AsMVT(t, 'places', 4096, 'geom', 'id') FROM (
        SELECT id, name, kind, kinds, district,
               ST_AsMVTGeom(ST_Transform(p.geom, 3857), bounds.box, 4096, 256, true) AS geom
        FROM tile_place p, bounds ORDER BY id
    ) t WHERE t.geom IS NOT NULL
"""
AREA_TILE = """
    WITH bounds AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
    SELECT ST_AsMVT(t, 'coverage', 4096, 'geom', 'id') FROM (
        SELECT id, name, share,
               ST_AsMVTGeom(ST_Transform(a.geom, 3857), bounds.box, 4096, 256, true) AS geom
        FROM tile_area a, bounds ORDER BY id
    ) t WHERE t.geom IS NOT NULL
"""


def place(number: int) -> PublicPlace:
    kinds = (Kind.REST_ROOM, Kind.READING_ROOM) if number % 2 else (Kind.HEALTH_POINT,)
    services = tuple(
        PublicService(kind, "", Status.PLAQUED, "", (), (), "", "", None, None) for kind in kinds
    )
    return PublicPlace(
        id=number,
        name=f"第{number}站",
        district="黄浦区",
        town="",
        address="",
        lon=121.4500 + number % 20 * 0.0013,
        lat=31.2200 + number // 20 * 0.0011,
        level="number",
        error_m=90.0,
        reason="",
        reason_en="",
        flags=(),
        services=services,
        sample=False,
    )


CITY = Snapshot(1, tuple(place(number) for number in range(1, 301)))


@pytest.fixture
def postgis(postgis_url: str) -> Any:
    import psycopg  # noqa: PLC0415 - only this layer has the driver

    with psycopg.connect(postgis_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        yield connection
        connection.execute("DROP TABLE IF EXISTS tile_place, tile_area")


def decoded(tile: bytes | memoryview) -> dict[int, dict[str, Any]]:
    layers = mapbox_vector_tile.decode(bytes(tile), default_options={"y_coord_down": True})
    return {
        one["id"]: {"properties": one["properties"], "geometry": shape(one["geometry"])}
        for layer in layers.values()
        for one in layer["features"]
    }


def theirs(postgis: Any, query: str, tile: Tile) -> dict[int, dict[str, Any]]:
    row = postgis.execute(query, {"z": tile.z, "x": tile.x, "y": tile.y}).fetchone()
    return decoded(row[0])


def test_points_are_those_of_postgis_to_a_unit(postgis: Any) -> None:
    postgis.execute(
        "CREATE TABLE tile_place (id int, name text, kind text, kinds text, district text,"
        " geom geometry(Point, 4326))"
    )
    for one in CITY.places:
        postgis.execute(
            "INSERT INTO tile_place VALUES (%s, %s, %s, %s, %s,"
            " ST_SetSRID(ST_MakePoint(%s, %s), 4326))",
            (one.id, one.name, one.kinds[0], ",".join(one.kinds), one.district, one.lon, one.lat),
        )
    seen = set()
    for tile in TILES:
        ours = decoded(places_tile("places", tile, CITY, EVERYTHING))
        expected = theirs(postgis, POINT_TILE, tile)
        assert {key: one["properties"] for key, one in ours.items()} == {
            key: one["properties"] for key, one in expected.items()
        }
        apart = [one["geometry"].distance(expected[key]["geometry"]) for key, one in ours.items()]
        assert [far for far in apart if far > 1.5] == []
        seen |= ours.keys()
    assert len(seen) > 20


def test_areas_are_those_of_postgis_to_a_unit(postgis: Any) -> None:
    known = load_districts()
    areas: list[Area] = [
        (int(code), outline, {"name": name, "share": 0.5})
        for name, code, outline in zip(known.names, known.codes, known.outlines, strict=True)
    ]
    postgis.execute("CREATE TABLE tile_area (id int, name text, share float8, geom geometry)")
    for code, outline, said in areas:
        postgis.execute(
            "INSERT INTO tile_area VALUES (%s, %s, %s, ST_GeomFromWKB(%s, 4326))",
            (code, said["name"], said["share"], shapely.to_wkb(outline)),
        )
    for tile in (Tile(8, 214, 104), Tile(10, 857, 418), Tile(12, 3430, 1673), CENTRE):
        ours = decoded(areas_tile("coverage", tile, areas))
        expected = theirs(postgis, AREA_TILE, tile)
        assert {key: one["properties"] for key, one in ours.items()} == {
            key: one["properties"] for key, one in expected.items()
        }
        for key, one in ours.items():
            edge, their_edge = one["geometry"].boundary, expected[key]["geometry"].boundary
            corners = shapely.points(shapely.get_coordinates(their_edge))
            assert shapely.distance(corners, edge).max() < 1.5, (tile, key)
            # PostGIS drops corners nearer than half a unit to the one before, we keep them.
            assert edge.hausdorff_distance(their_edge) < 2.5, (tile, key)
