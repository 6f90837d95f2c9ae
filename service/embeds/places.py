"""Which places an embedded map, its list and its picture show, and what part of the city."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from geodata.coverage.walk import DETOUR
from geodata.geodesy import metres_per_degree
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.wanted import Near, Wanted
from maps.base import Bounds
from maps.outline import city_bounds, district_bounds
from service.embeds.asked import Embed
from service.search import Search, Station, understood

# Bounds of one door, or of several at one address, would be a point.
_LEAST_DEG = 0.004


def search_of(embed: Embed, gazetteers: tuple[Path, ...], places: Snapshot) -> Search:
    """What is looked for, and from where it is measured: a park, a metro station, or nowhere."""
    asked, around = understood(embed.wanted, gazetteers, places), embed.around
    if around is None:
        return asked
    return Search(asked.wanted, Station(around.name, around.lon, around.lat))


def chosen(places: Snapshot, asked: Search) -> list[PublicPlace]:
    """All that fit: nearest first where it is measured from somewhere, else by district."""
    found = places.find(asked.wanted)
    spot = asked.station
    if spot is None:
        return sorted(found, key=lambda place: place.district)
    walks = places.nearest(spot.lon, spot.lat, asked.wanted, limit=len(found))
    return [*(place for place, _ in walks), *(place for place in found if not place.placed)]


def bounds_of(embed: Embed, found: Iterable[PublicPlace]) -> Bounds:
    """West, south, east, north (WGS-84) of the first view: as asked, else what there is to see."""
    if embed.start:
        return embed.start
    wanted = embed.wanted
    if wanted.near:
        return _within_walk(wanted.near)
    narrowed = replace(wanted, kinds=(), district="", open_at=None) != Wanted()
    if narrowed and (spots := [(p.lon, p.lat) for p in found if p.placed]):
        return _around(spots)
    return district_bounds(wanted.district) if wanted.district else city_bounds()


def _within_walk(near: Near) -> Bounds:
    straight_m = near.walk_m / DETOUR
    east, north = (straight_m / float(metres) for metres in metres_per_degree(near.lat))
    return near.lon - east, near.lat - north, near.lon + east, near.lat + north


def _around(spots: list[tuple[float | None, float | None]]) -> Bounds:
    (west, south), (east, north) = (
        edge(np.array(spots, dtype=np.float64), axis=0).tolist() for edge in (np.min, np.max)
    )
    wide, high = (max(0.0, _LEAST_DEG - size) / 2 for size in (east - west, north - south))
    return west - wide, south - high, east + wide, north + high
