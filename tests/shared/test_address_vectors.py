"""The worked examples: each address comes apart field by field as the example says."""

import csv
from pathlib import Path

import pytest

from geodata.place.address import parse

pytestmark = pytest.mark.shared

_LISTS = ("number", "metro_lines", "metro_exits", "near")
_ABOUT_THE_ROW = ("id", "source", "address", "declared_district")


def test_every_worked_example_comes_out_field_by_field(shared: Path) -> None:
    with (shared / "vectors" / "addresses.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = [name for name in rows[0] if name not in _ABOUT_THE_ROW]
    expected = {row["id"]: {name: row[name] for name in fields} for row in rows}
    parsed = {row["id"]: _cells(row["address"], fields) for row in rows}
    assert parsed == expected


def test_every_metro_station_keeps_its_name_with_a_line_and_without(shared: Path) -> None:
    with (shared / "data" / "metro_stations.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file) if "(" not in row["name"]}
    written = [(name, f"{before}{name}站3号口") for name in names for before in ("", "2号线")]
    wrong = [text for name, text in written if _station(text) not in {name, f"{name}站"}]
    assert wrong == []


def _station(text: str) -> str:
    return parse(text).metro_station


def _cells(text: str, fields: list[str]) -> dict[str, str]:
    address = parse(text)
    values = {name: getattr(address, name) for name in fields}
    return {
        name: "|".join(value) if name in _LISTS else "" if value is None else str(value)
        for name, value in values.items()
    }
