"""China's public holidays, and the weekend days worked in lieu, as the State Council sets them.

A year is known once its notice is in the data file; of other years nothing is said.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Holidays:
    """`free` gives each day off its holiday's name, 国庆节、中秋节 where two fall together."""

    free: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()

    def name(self, on: date) -> str:
        """The holiday of a date; "" on any other day and in a year that is not known."""
        return self.free.get(on, "")

    def is_worked(self, on: date) -> bool:
        """Whether a weekend day is worked in lieu of one off."""
        return on in self.worked

    def knows(self, on: date) -> bool:
        """Whether the holidays of a date's year are known."""
        return any(day.year == on.year for day in self.free)


NO_HOLIDAYS = Holidays()


@cache
def public_holidays() -> Holidays:
    """The holidays of the years that ship with the program."""
    free: dict[date, str] = {}
    worked: set[date] = set()
    with (files("geodata") / "data" / "holidays.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            on = date.fromisoformat(row["date"])
            if row["kind"] == "holiday":
                free[on] = row["name"]
            else:
                worked.add(on)
    return Holidays(free, frozenset(worked))
