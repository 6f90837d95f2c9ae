"""The 41 addresses the notices print, placed with a gazetteer built of an address list."""

import csv
import re
from pathlib import Path

import pytest

from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.district import canonical_district, load_districts
from geodata.place.gazetteer import Gazetteer, starter_file
from geodata.place.gazetteer.build import build
from geodata.place.gazetteer.lists import read_list

pytestmark = pytest.mark.shared

PAGE = Path(__file__).parents[2] / "docs" / "geocoding.md"
TABLES = ("addresses.csv", "metro_stations.csv", "metro_exits.csv")


@pytest.fixture(scope="module")
def gazetteer(shared, tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteer") / "gazetteer.sqlite"
    build([read_list(shared / "data" / name).input for name in TABLES], path)
    return Gazetteer.load([path, starter_file()])


@pytest.fixture(scope="module")
def points(shared):
    with (shared / "seeds" / "seed_points.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["id"][0] in "TC"]


def districts_of(row):
    """The district an address names itself, and the one its form declares."""
    own = canonical_district(parse(row["address"]).district) or ""
    return own, canonical_district(row["district"]) or ""


@pytest.fixture(scope="module")
def placed(gazetteer, points):
    found = {}
    for row in points:
        own, declared = districts_of(row)
        firm = "merged" not in row["district_how"]
        found[row["id"]] = gazetteer.find(
            parse(row["address"]), district=own or declared, firm=firm
        )
    return found


def test_level_and_error_are_those_of_the_page(placed):
    rows = re.findall(r"^\| ([TC]\d\d) \|[^|]*\| (\S+) \| (\S+) \|", PAGE.read_text(), re.MULTILINE)
    assert len(rows) == 41
    assert rows == [
        (key, str(one.level), f"{one.error_m:.0f}")
        if isinstance(one, Position)
        else (key, "–", "–")
        for key, one in placed.items()
    ]


def test_only_point_16_lies_in_another_district_than_declared(placed, points):
    districts = load_districts()
    elsewhere = {
        row["id"]: districts.at(one.lon, one.lat)
        for row in points
        if isinstance(one := placed[row["id"]], Position)
        and districts.at(one.lon, one.lat) not in districts_of(row)
    }
    assert elsewhere == {"T16": "闵行区"}


def test_only_listed_doors_are_claimed_to_be_doors(shared, placed, points):
    with (shared / "data" / "addresses.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {parse(row["address"]) for row in csv.DictReader(file)}
    known = {(one.road, one.lane, one.number) for one in listed}
    claimed = [
        (asked.road, asked.lane, asked.number)
        for row in points
        if isinstance(one := placed[row["id"]], Position)
        and one.level in {Level.NUMBER, Level.LANE_NUMBER, Level.LANE}
        and (asked := parse(row["address"]))
    ]
    assert len(claimed) == 4
    assert set(claimed) <= known
