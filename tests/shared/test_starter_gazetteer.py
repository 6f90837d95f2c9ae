"""Every shipped position against the facts it names as its source."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from geodata.declared import DeclaredPlace, Flag, Source
from geodata.geodesy import geodesic_m
from geodata.model import Level, Position
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer, starter_file
from geodata.place.locate import Locator

pytestmark = pytest.mark.shared

PAGE = Path(__file__).parents[2] / "docs" / "starter-gazetteer.md"

LOCATED = frozenset(
    f"{kind}{number:02}"
    for kind, numbers in {
        "T": (1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 14, 16, 17, 18, 19, 20, 21, 24),
        "C": (3, 8),
        "P": (6,),
    }.items()
    for number in numbers
)


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def starter():
    return table(files("geodata") / "data" / "starter_gazetteer.csv")


@pytest.fixture(scope="module")
def points(shared):
    return [row for row in table(shared / "seeds" / "seed_points.csv") if row["id"][0] in "TCP"]


def located(row):
    carried = (Flag("district_carried_down", ""),) if "merged" in row["district_how"] else ()
    source = Source("", "", 1, {}, "")
    declared = DeclaredPlace(
        row["name"], row["address"], row["district"], "", (), source, flags=carried
    )
    return Locator(Gazetteer.load([starter_file()]), load_districts(), {}).locate(declared)


def test_addresses_stand_where_the_list_has_them(shared, starter):
    listed = {
        row["district"] + row["address"]: (row["lng"], row["lat"])
        for row in table(shared / "data" / "addresses.csv")
    }
    shipped = {
        row["source"].removeprefix("地址表 "): (row["lng"], row["lat"])
        for row in starter
        if row["source"].startswith("地址表 ")
    }
    assert len(shipped) == 12
    assert shipped == {address: listed[address] for address in shipped}


def test_exits_and_stations_stand_where_the_tables_have_them(shared, starter):
    rows = table(shared / "data" / "metro_exits.csv") + table(
        shared / "data" / "metro_stations.csv"
    )
    listed = {row["poi_id"]: (row["lng_wgs84"], row["lat_wgs84"]) for row in rows}
    named = [(re.search(r"（(B[TV]\d+)）", row["source"]), row) for row in starter]
    wrong = [
        row["address"]
        for match, row in named
        if match and tuple(map(float, listed[match[1]])) != (float(row["lng"]), float(row["lat"]))
    ]
    assert (sum(match is not None for match, _ in named), wrong) == (75, [])


def test_every_shipped_position_lies_in_its_district(starter):
    lons, lats = [float(row["lng"]) for row in starter], [float(row["lat"]) for row in starter]
    assert load_districts().at_many(lons, lats) == [row["district"] for row in starter]


def test_interpolated_doors_lie_between_the_neighbours_they_name(shared, starter):
    listed = {
        row["address"]: (float(row["lng"]), float(row["lat"]))
        for row in table(shared / "data" / "addresses.csv")
    }
    checked = 0
    for row in starter:
        match = re.match(r"插值：同侧 ([^–]+)–([^，]+)，间距 (\d+) 米", row["source"])
        if match:
            low, high = listed[match[1]], listed[match[2]]
            here = float(row["lng"]), float(row["lat"])
            gap_m = float(geodesic_m(*low, *high))
            around_m = float(geodesic_m(*low, *here) + geodesic_m(*here, *high))
            assert gap_m == pytest.approx(float(match[3]), rel=0.01)
            assert around_m == pytest.approx(gap_m, rel=0.001)
            checked += 1
    assert checked == 4


def test_every_place_of_the_notices_is_located_within_200_m_or_listed_as_not_found(points):
    outcomes = {row["id"]: located(row).outcome for row in points}
    found = {key: o for key, o in outcomes.items() if isinstance(o, Position) and o.level.is_point}
    assert found.keys() == LOCATED
    assert max(position.error_m for position in found.values()) == 200.0
    unknown = {
        o.level for key, o in outcomes.items() if key not in found and isinstance(o, Position)
    }
    assert unknown == {Level.DISTRICT, Level.TOWN}


def test_the_page_about_the_gazetteer_lists_what_was_not_found(points):
    page = PAGE.read_text(encoding="utf-8").split("## Not found")[1]
    missing = {row["id"] for row in points if row["address"].strip()} - LOCATED
    assert set(re.findall(r"^\| ([TCP]\d\d) ", page, flags=re.MULTILINE)) == missing


def test_only_point_16_lies_in_another_district_than_declared(points):
    doubted = {
        row["id"]: located(row).district
        for row in points
        if any(flag.code == "district_mismatch" for flag in located(row).flags)
    }
    assert doubted == {"T16": "闵行区"}
