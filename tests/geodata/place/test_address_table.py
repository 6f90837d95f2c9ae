"""Addresses as forms write them: towers, parks, lanes, crossings, exits, and in English.

addresses.csv says what a careful reader would put into each field; a field it does not name must
stay empty. Several values of a field are joined with |.
"""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from geodata.model import Address
from geodata.place.address import parse

LISTS = frozenset({"number", "metro_lines", "metro_exits", "near"})


def table():
    path = Path(__file__).with_name("addresses.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["address"], row["parts"]) for row in csv.DictReader(file)]


def expected(text, parts):
    written = dict(part.split("=", 1) for part in parts.split("; "))
    values = {
        name: tuple(value.split("|")) if name in LISTS else value for name, value in written.items()
    }
    if "floor" in values:
        values["floor"] = int(values["floor"])
    return Address(text=text, **values)


@pytest.mark.parametrize(("text", "parts"), table())
def test_an_address_of_the_table_comes_apart_field_by_field(text, parts):
    assert parse(text) == expected(text, parts)


def test_every_field_of_an_address_stands_in_the_table():
    named = {part.split("=")[0] for _, parts in table() for part in parts.split("; ")}
    assert {field.name for field in fields(Address)} - named == {"text", "city"}
