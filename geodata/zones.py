"""Which zone of the city a district lies in (东西南北中), by a table that is easy to change."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_zones() -> Mapping[str, str]:
    """District to zone, zones in the order of the table.

    No notice says which district is in which zone: the table that ships is a proposal.
    """
    text = (files("geodata") / "data" / "zones.csv").read_text(encoding="utf-8")
    return {row["district"]: row["zone"] for row in csv.DictReader(text.splitlines())}
