"""What a tile of places holds."""

from typing import Any

import mapbox_vector_tile

from geodata.kinds import Kind, Status
from geodata.model import Datum
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Snapshot
from geodata.tiles.grid import Tile
from geodata.tiles.places import places_tile
from geodata.wanted import EVERYTHING, Wanted


def place(number: int, lon: float | None, lat: float | None, *kinds: Kind) -> PublicPlace:
    services = tuple(
        PublicService(kind, "", Status.PLAQUED, "", (), (), "", "", None, None)
        for kind in kinds or (Kind.REST_ROOM,)
    )
    return PublicPlace(
        id=number,
        name=f"第{number}站",
        district="黄浦区",
        town="",
        address="",
        lon=lon,
        lat=lat,
        level="number",
        error_m=90.0,
        reason="",
        reason_en="",
        flags=(),
        services=services,
        sample=False,
    )


CITY = Snapshot(
    1,
    (
        place(7, 121.4710, 31.2349, Kind.REST_ROOM, Kind.READING_ROOM),
        place(8, 121.4715, 31.2349),
        place(9, None, None),
    ),
)
# What QGIS and gdal call the tile of People's Square at this zoom.
SQUARE = Tile(16, 54881, 26777)
ALL = Tile(0, 0, 0)


def decoded(tile: bytes) -> Any:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})


def test_close_up_each_place_has_its_id_and_words() -> None:
    found = decoded(places_tile("places", SQUARE, CITY, EVERYTHING))["places"]
    assert (found["extent"], found["version"]) == (4096, 2)
    assert [(one["id"], one["properties"]) for one in found["features"]] == [
        (
            7,
            {
                "name": "第7站",
                "kind": "rest_room",
                "kinds": "rest_room,reading_room",
                "district": "黄浦区",
            },
        ),
        (
            8,
            {"name": "第8站", "kind": "rest_room", "kinds": "rest_room", "district": "黄浦区"},
        ),
    ]


def test_far_out_neighbours_are_one_circle_with_a_count_and_no_id() -> None:
    (found,) = decoded(places_tile("places", ALL, CITY, EVERYTHING))["places"]["features"]
    assert found["properties"] == {"count": 2}
    # What has no id is decoded as 0, which no place has.
    assert found["id"] == 0
    assert found["geometry"]["coordinates"] == [3430, 1674]


def test_a_set_of_one_kind_names_that_kind_first() -> None:
    wanted = Wanted(kinds=(Kind.READING_ROOM,))
    (found,) = decoded(places_tile("reading_room", SQUARE, CITY, wanted))["reading_room"][
        "features"
    ]
    assert (found["id"], found["properties"]["kind"]) == (7, "reading_room")
    assert found["properties"]["kinds"] == "reading_room,rest_room"


def test_where_nothing_is_the_tile_is_empty() -> None:
    assert places_tile("places", Tile(16, 0, 0), CITY, EVERYTHING) == b""
    assert places_tile("places", ALL, Snapshot(1, ()), EVERYTHING) == b""


def test_a_tile_in_another_datum_has_the_places_half_a_kilometre_off() -> None:
    here = decoded(places_tile("places", Tile(14, 13720, 6694), CITY, EVERYTHING))
    there = decoded(
        places_tile("places", Tile(14, 13720, 6694), CITY, EVERYTHING, datum=Datum.GCJ02)
    )
    ((x, y), (to_x, to_y)) = (
        found["places"]["features"][0]["geometry"]["coordinates"] for found in (here, there)
    )
    # 432 m east and 214 m south, of 0.512 m a unit at this zoom and latitude.
    assert (round((to_x - x) / 100), round((to_y - y) / 100)) == (8, 4)
