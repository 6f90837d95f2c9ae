"""Where the features of most collections come from: public places, demand, gaps, scenarios."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from geodata.coverage.gaps import GapState
from geodata.kinds import KINDS
from geodata.place.district import load_districts
from geodata.public_places import PublicPlace
from geodata.queries import planner_view
from geodata.scenarios.kept import Kept, scenarios
from geodata.scenarios.model import NewPoint
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.views import SiteCoverage
from service.ogc.features import Features
from service.ogc.geometry import Points
from service.ogc.lives import Days, Move, days_of, histories

_OPEN: list[Move] = []


def service_points(store: Store, places: Snapshot, _fewest: int) -> Features:
    """Each public service on its own, in the order of their places."""
    with store.reading() as session:
        moves = histories(session)
    single = tuple(
        place if len(place.services) == 1 else replace(place, services=(service,))
        for place in places.places
        for service in place.services
    )
    days = [days_of(moves.get(one.services[0].id, _OPEN)) for one in single]
    return Features(
        ids=[one.services[0].id for one in single],
        properties=[_service_point(one, its[-1]) for one, its in zip(single, days, strict=True)],
        geometry=_points(single),
        fitting=Snapshot(places.version, single).numbers,
        days=days,
    )


def _service_point(place: PublicPlace, days: Days) -> dict[str, Any]:
    (service,) = place.services
    since = days[0]
    return {
        "name": service.name or place.name,
        "kind": service.kind,
        "kind_name": KINDS[service.kind].label,
        "place": place.id,
        "district": place.district,
        "town": place.town,
        "address": place.address,
        "status": service.status,
        "since": since.isoformat() if since else None,
        "hours": service.hours_text,
        "always": service.hours is not None and service.hours.always,
        "facilities": service.facilities,
        "services": service.services,
        "operator": service.operator,
        "phone": service.public_phone,
        "area_m2": service.area_m2,
        "year": service.year,
        "error_m": place.error_m,
        "unplaced": place.reason,
        "sample": place.sample,
    }


def places(store: Store, places: Snapshot, _fewest: int) -> Features:
    """Each public place, which stood while any of its services did."""
    with store.reading() as session:
        moves = histories(session)
    every = places.places
    return Features(
        ids=[one.id for one in every],
        properties=[_place(one) for one in every],
        geometry=_points(every),
        fitting=places.numbers,
        days=[
            [days for its in one.services for days in days_of(moves.get(its.id, _OPEN))]
            for one in every
        ],
    )


def _place(place: PublicPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "kinds": place.kinds,
        "service_points": len(place.services),
        "district": place.district,
        "town": place.town,
        "address": place.address,
        "error_m": place.error_m,
        "unplaced": place.reason,
        "sample": place.sample,
    }


def demand_sites(store: Store, _places: Snapshot, _fewest: int) -> Features:
    """Parks, buildings and malls by name, kind, district and position: nothing else is public."""
    sites = planner_view(store).sites
    return Features(
        ids=[one.id for one in sites],
        properties=[
            {"name": one.name, "kind": one.kind, "district": one.district} for one in sites
        ],
        geometry=_sites(sites),
    )


def gaps(store: Store, _places: Snapshot, _fewest: int) -> Features:
    """Sites nobody serves within a walk, and those where that is to be verified."""
    states = {GapState.GAP.value, GapState.UNKNOWN_CLINIC.value}
    found = [one for one in planner_view(store).sites if one.state in states]
    return Features(
        ids=[one.id for one in found],
        properties=[_gap(one) for one in found],
        geometry=_sites(found),
    )


def _gap(site: SiteCoverage) -> dict[str, Any]:
    return {
        "name": site.name,
        "kind": site.kind,
        "district": site.district,
        "town": site.town,
        "state": site.state,
        "priority": site.priority,
        "workers": site.workers,
        "nearest_m": None if site.nearest_m is None else round(site.nearest_m),
        "nearest": site.nearest_name,
        "sample": site.sample,
    }


def proposals(store: Store, _places: Snapshot, _fewest: int) -> Features:
    """The new points of all scenarios that are kept."""
    found = [
        (f"{kept.name}-{number}", kept.name, change)
        for kept in all_scenarios(store)
        for number, change in enumerate(kept.changes, 1)
        if isinstance(change, NewPoint)
    ]
    points = [change for _, _, change in found]
    lon, lat = _axes((one.lon, one.lat) for one in points)
    return Features(
        ids=[key for key, _, _ in found],
        properties=[
            {
                "name": one.name,
                "scenario": name,
                "kind": one.kind,
                "district": load_districts().at(one.lon, one.lat) or "",
                "half_days": one.half_days,
                "operator": one.operator,
            }
            for _, name, one in found
        ],
        geometry=Points(lon, lat),
    )


def all_scenarios(store: Store) -> Sequence[Kept]:
    """What is kept now: scenarios change without the data growing a version."""
    with store.reading() as session:
        return scenarios(session)


def _points(found: Sequence[PublicPlace]) -> Points:
    return Points(*_axes((one.lon, one.lat) for one in found))


def _sites(found: Sequence[SiteCoverage]) -> Points:
    return Points(*_axes((one.lon, one.lat) for one in found))


def _axes(pairs: Iterable[tuple[float | None, float | None]]) -> tuple[Any, Any]:
    lon, lat = np.array(list(pairs), dtype=np.float64).reshape(-1, 2).T.copy()
    return lon, lat
