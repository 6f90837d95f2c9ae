"""A fifth of the listed addresses, located from the other four fifths."""

import csv

import pytest

from geodata.geodesy import geodesic_m
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer_file import Row

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def located(shared):
    """(level, within its error) of each held-out address that got a position to walk to."""
    with (shared / "data" / "addresses.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [
            Row(row["address"], (), row["district"], position(row)) for row in csv.DictReader(file)
        ]
    gazetteer = Gazetteer(row for index, row in enumerate(listed) if index % 5)
    found = [
        (gazetteer.find(parse(row.address), district=row.district), row.position)
        for row in listed[::5]
    ]
    return [
        (here.level, float(geodesic_m(here.lon, here.lat, true.lon, true.lat)) <= here.error_m)
        for here, true in found
        if isinstance(here, Position) and here.level.is_point
    ]


def position(row):
    return Position(float(row["lng"]), float(row["lat"]), Level.NUMBER, 90.0, "")


def test_nine_unlisted_addresses_in_ten_lie_within_the_error_claimed(located):
    within = [is_within for _, is_within in located]
    assert len(within) > 700
    assert sum(within) / len(within) >= 0.9


def test_most_of_them_are_interpolated(located):
    levels = [level for level, _ in located]
    assert levels.count(Level.INTERPOLATED) > 0.9 * len(levels)
