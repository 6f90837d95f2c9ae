"""Checklists by year: 八字律, 六字诀. What one year asks is never added to what another asks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a checklist."""

    code: str
    label: str
    english: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The checklist of some years."""

    key: str
    name: str
    english: str
    years: tuple[int, ...]
    items: tuple[Item, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items)


@cache
def schemes() -> Mapping[str, Scheme]:
    """All checklists by key, in the order of their years."""
    read = tomllib.loads(files("geodata").joinpath("data/checklists.toml").read_text("utf-8"))
    made = (
        Scheme(
            key=one["key"],
            name=one["name"],
            english=one["english"],
            years=tuple(one["years"]),
            items=tuple(Item(*item) for item in one["items"]),
        )
        for one in read["scheme"]
    )
    return {scheme.key: scheme for scheme in made}


def scheme_of(year: int) -> Scheme | None:
    """The checklist of a year; None when none was issued."""
    return next((scheme for scheme in schemes().values() if year in scheme.years), None)
