"""A search that is a metro station's name asks what is near it; any other is for words."""

from dataclasses import dataclass, replace
from pathlib import Path

from geodata.searching import LETTERS
from geodata.snapshot import Snapshot
from geodata.wanted import Wanted
from maps.stations import station_named, station_spelt


@dataclass(frozen=True, slots=True)
class Station:
    """A metro station that a search names, in WGS-84 degrees."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Search:
    """The filters that are left, and the station to measure from if one was named."""

    wanted: Wanted
    station: Station | None


def understood(
    wanted: Wanted, gazetteers: tuple[Path, ...], places: Snapshot | None = None
) -> Search:
    """What the text of a search means.

    Letters that no place is spelt with may still be the initials of one station.
    """
    found = station_named(wanted.text, gazetteers) if wanted.text else None
    if found is None and places is not None and LETTERS.fullmatch(wanted.text.casefold()):
        spelt = places.count(Wanted(text=wanted.text))
        found = None if spelt else station_spelt(wanted.text, gazetteers)
    if found is None:
        return Search(wanted, None)
    name, (lon, lat) = found
    return Search(replace(wanted, text=""), Station(name, lon, lat))
