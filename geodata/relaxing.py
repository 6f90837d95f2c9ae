"""When nothing fits: which filter to drop, and the nearest place that then does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Offer:
    """One filter less: `name` is its parameter, `dropped` the value taken out; `count` then fit."""

    name: str
    dropped: str
    wanted: Wanted
    count: int


@dataclass(frozen=True, slots=True)
class Instead:
    """The nearest place that fits once `name` (or "" for all filters) is dropped."""

    place: PublicPlace
    walk_m: float
    name: str


def offers(places: Snapshot, wanted: Wanted) -> list[Offer]:
    """The single filters whose lack finds something, those of place before those of need."""
    found = [
        Offer(name, dropped, less, places.count(less)) for name, dropped, less in _less(wanted)
    ]
    return [offer for offer in found if offer.count]


def instead(places: Snapshot, wanted: Wanted, lon: float, lat: float) -> Instead | None:
    """The nearest to a spot (WGS-84 degrees) that fits all filters but one, else any place."""
    for name, _, less in (*_less(wanted), ("", "", Wanted())):
        nearest = places.nearest(lon, lat, less, limit=1)
        if nearest:
            ((place, walk_m),) = nearest
            return Instead(place, walk_m, name)
    return None


def _less(wanted: Wanted) -> Iterator[tuple[str, str, Wanted]]:
    """Parameter, value and what is left, for each filter."""
    if wanted.near:
        yield "near", "", replace(wanted, near=None)
    if wanted.town:
        yield "town", wanted.town, replace(wanted, town="")
    if wanted.district:
        yield "district", wanted.district, replace(wanted, district="", town="")
    if wanted.text:
        yield "q", wanted.text, replace(wanted, text="")
    if wanted.open_at:
        yield "open", "now", replace(wanted, open_at=None)
    for code in wanted.facilities:
        left = tuple(each for each in wanted.facilities if each != code)
        yield "with", code, replace(wanted, facilities=left)
    if wanted.kinds:
        yield "kind", ",".join(wanted.kinds), replace(wanted, kinds=())
