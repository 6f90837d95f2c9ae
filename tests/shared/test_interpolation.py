"""Leave one out: is a listed door found again, within its error, from its neighbours?"""

import csv
from collections import defaultdict

import pytest

from geodata.geodesy import geodesic_m
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.interpolate import ERROR_BY_GAP_M, Door, between, door_number

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def left_out(shared):
    """(claimed error, metres to the true door) of every door that has two neighbours."""
    roads = defaultdict(list)
    with (shared / "data" / "addresses.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            address = parse(row["address"])
            number = door_number(address)
            if address.road and number is not None:
                lon, lat = float(row["lng"]), float(row["lat"])
                position = Position(lon, lat, Level.NUMBER, 90.0, "")
                roads[address.road, row["district"]].append(Door(number, position))
    return [
        (found.error_m, float(geodesic_m(found.lon, found.lat, true.lon, true.lat)))
        for doors in roads.values()
        for number, true in ((door.number, door.position) for door in doors)
        if (found := between(doors, number)) is not None
    ]


@pytest.mark.parametrize("error_m", [error for _, error in ERROR_BY_GAP_M])
def test_nine_doors_in_ten_lie_within_the_error_of_their_gap(left_out, error_m):
    within = [away_m <= claimed for claimed, away_m in left_out if claimed == error_m]
    assert len(within) > 400
    assert sum(within) / len(within) >= 0.9
