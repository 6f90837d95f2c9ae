"""What public pages ask of 100,000 places, beside plain loops over the places.

`python -m bench.snapshot [places]`: milliseconds a request, the median of several; `first` is a
view nobody has asked for since the data changed.
"""

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from bench.invented_places import drawn
from geodata.clusters import grouped
from geodata.coverage.walk import DETOUR
from geodata.geodesy import geodesic_m
from geodata.kinds import Kind
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.wanted import Wanted

SPOT = (121.4710, 31.2349)
VIEW = (121.44, 31.21, 121.50, 31.26)
FOUR = list(Kind)[:4]


def loop(city: Snapshot, kinds: list[Kind]) -> tuple[list[PublicPlace], np.ndarray]:
    """Placed places of the kinds and where they are, one after the other."""
    found = [p for p in city.places if p.placed and (not kinds or set(kinds) & set(p.kinds))]
    return found, np.array([(p.lon, p.lat) for p in found], dtype=np.float64)


def loop_clusters(city: Snapshot, kinds: list[Kind], zoom: int) -> int:
    """The whole city grouped anew."""
    found, spots = loop(city, kinds)
    groups = grouped(np.arange(len(found)), spots[:, 0], spots[:, 1], zoom)
    return len(groups.circles(VIEW))


def loop_nearest(city: Snapshot, kinds: list[Kind]) -> list[PublicPlace]:
    """All walks measured."""
    found, spots = loop(city, kinds)
    walk_m = geodesic_m(*SPOT, *spots.T) * DETOUR
    return [found[n] for n in np.argsort(walk_m, kind="stable")[:30]]


def ms(ask: Callable[[], object], times: int) -> float:
    """Median milliseconds of a request."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        ask()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def main() -> None:
    """Print milliseconds and ratios."""
    city = drawn(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    start = perf_counter()
    city.find(Wanted(district="示例1区"))
    print(f"{len(city.places):,} places; arrays once a version: {perf_counter() - start:.2f} s")
    for kinds in ([], FOUR):
        wanted = Wanted(kinds=tuple(kinds))
        of = f"{len(kinds) or 'all'} kinds"
        for zoom in (10, 13, 16):
            ask = partial(city.clusters, VIEW, zoom, wanted)
            first, again = ms(ask, 1), ms(ask, 30)
            plain = ms(partial(loop_clusters, city, kinds, zoom), 3)
            print(
                f"clusters, zoom {zoom}, {of}: {again:.2f} ms (first {first:.0f}), loop {plain:.0f}"
            )
        near = ms(partial(city.nearest, *SPOT, wanted), 30)
        print(
            f"nearest 30, {of}: {near:.2f} ms, loop {ms(partial(loop_nearest, city, kinds), 3):.0f}"
        )
    text = ms(lambda: city.unplaced(Wanted(text="示例9")), 30)
    plain = ms(lambda: [p for p in city.places if "示例9" in p.searched and not p.placed], 3)
    print(f"unplaced by a text: {text:.2f} ms, loop {plain:.0f}")


if __name__ == "__main__":
    main()
