"""Coverage of districts and towns: whole for planners, without small counts for the public."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.boundaries.store import load as load_boundaries
from geodata.coverage.gaps import GapState, Tally
from geodata.place.district import load_districts, load_towns
from geodata.queries import planner_view
from geodata.small_counts import Part, shown_parts, shown_wholes
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.views import DistrictCoverage, PlannerView, SiteCoverage
from service.ogc.features import Features
from service.ogc.geometry import Areas, Geometry, nowhere

NONE = Tally(0, 0, 0, 0, 0, 0, 0, 0)
# What a share is made of, and what the numbers of sites by state are made of.
_SHARE, _STATES = ("share",), ("gaps", "unknown", "uncounted")
_SERVED = frozenset({GapState.OWN_CLINIC, GapState.COVERED})
Town = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The districts and towns of which shares, and of which numbers by state, may be public."""

    districts: Mapping[str, frozenset[str]]
    towns: Mapping[str, frozenset[Town]]

    @classmethod
    def of(cls, view: PlannerView, fewest: int) -> "Shown":
        """What may be shown of a view."""
        districts, towns = {}, {}
        lonely = _lonely(view.sites)
        for names, count, alone in ((_SHARE, _counted, lonely), (_STATES, _every, frozenset())):
            wholes = {one.name: count(_tally(one)) for one in view.districts}
            parts = {
                (one.within, one.key): Part(
                    one.within, count(one.tally), (one.within, one.key) in alone
                )
                for one in view.towns
                if (one.within, one.key) in _known_towns()
            }
            for name in names:
                districts[name] = shown_wholes(wholes, fewest=fewest)
                towns[name] = shown_parts(parts, wholes, fewest=fewest)
        return cls(districts, towns)


def _lonely(sites: Iterable[SiteCoverage]) -> frozenset[Town]:
    """The towns where one counted site alone is served, or alone is not."""
    sides: dict[Town, list[int]] = defaultdict(lambda: [0, 0])
    for site in sites:
        if site.workers is not None and site.state != GapState.NOT_PLACED:
            sides[site.district, site.town][site.state in _SERVED] += 1
    return frozenset(town for town, both in sides.items() if 1 in both)


def _counted(tally: Tally) -> int:
    return tally.sites - tally.uncounted


def _every(tally: Tally) -> int:
    return tally.sites


def _tally(one: DistrictCoverage) -> Tally:
    return one.cut.tally if one.cut else NONE


def _known_towns() -> frozenset[Town]:
    return frozenset((town.district, town.name) for town in load_towns())


def districts(store: Store, _places: Snapshot, fewest: int) -> Features:
    """Coverage of each district, as anybody may see it."""
    view = planner_view(store)
    return _districts(view, nowhere(len(load_districts().names)), Shown.of(view, fewest))


def district_areas(store: Store, _places: Snapshot, _fewest: int) -> Features:
    """All of it with outlines, for those who are signed in."""
    return _districts(planner_view(store), Areas(load_districts().outlines))


def _districts(view: PlannerView, geometry: Geometry, shown: Shown | None = None) -> Features:
    return Features(
        ids=[one.code for one in view.districts],
        properties=[
            {
                "name": one.name,
                "code": one.code,
                **_coverage(_tally(one), one.name, shown.districts if shown else None),
                "places": one.in_service,
                "training_points": one.training_points,
            }
            for one in view.districts
        ],
        geometry=geometry,
    )


def towns(store: Store, _places: Snapshot, fewest: int) -> Features:
    """Coverage of each town, as anybody may see it."""
    view = planner_view(store)
    return _towns(view, nowhere(len(load_towns())), Shown.of(view, fewest))


def town_areas(store: Store, _places: Snapshot, _fewest: int) -> Features:
    """All of it with the outlines that were loaded, for those who are signed in."""
    with store.reading() as session:
        loaded = load_boundaries(session)
    by_code = dict(zip(loaded.codes, loaded.areas, strict=True))
    outlines = Areas(tuple(by_code.get(town.code) for town in load_towns()))
    return _towns(planner_view(store), outlines)


def _towns(view: PlannerView, geometry: Geometry, shown: Shown | None = None) -> Features:
    tallies = {(one.within, one.key): one.tally for one in view.towns}
    return Features(
        ids=[town.code for town in load_towns()],
        properties=[
            {
                "name": town.name,
                "code": town.code,
                "district": town.district,
                **_coverage(
                    tallies.get((town.district, town.name), NONE),
                    (town.district, town.name),
                    shown.towns if shown else None,
                ),
            }
            for town in load_towns()
        ],
        geometry=geometry,
    )


def _coverage(tally: Tally, key: Any, shown: Mapping[str, frozenset[Any]] | None) -> dict[str, Any]:
    figures = {
        "share": None if tally.share is None else round(tally.share, 3),
        "sites": tally.sites,
        "gaps": tally.gaps,
        "unknown": tally.unknown,
        "uncounted": tally.uncounted,
    }
    # Where there is no site, nothing is told of any.
    if shown is None or not tally.sites:
        return figures
    kept = {name for name, those in shown.items() if key in those}
    return {
        name: value if name == "sites" or name in kept else None for name, value in figures.items()
    }
