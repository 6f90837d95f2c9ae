"""Values of the data as the JSON that maps and lists read; positions in the basemap's datum."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from geodata.answers.question import Hour
from geodata.coverage.lunch import LunchBox
from geodata.hours import State, open_at_hour_of_week
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Clusters
from geodata.views import PlannerView, SiteCoverage
from maps.areas import district_area, hex_document, town_areas
from maps.base import Basemap
from maps.classes import BOX_MARKS, DRAWN, site_mark, state_of
from maps.directions import directions
from maps.facilities import facility_english, facility_icon
from maps.openings import times

Json = dict[str, Any]
WIDE_ERROR_M = 100.0
_CARD_FACILITIES = 4


def marks(
    places: Sequence[PublicPlace], basemap: Basemap, *, first: Collection[Kind] = ()
) -> list[Json]:
    """Placed points as a map needs them: id, position, name and how to draw them.

    A place is drawn as the first of its kinds: those asked for, then those in service.
    """
    placed = [place for place in places if place.placed]
    at = basemap.put([place.lon or 0.0 for place in placed], [place.lat or 0.0 for place in placed])
    return [
        _mark(place, first) | {"at": list(spot)} for place, spot in zip(placed, at, strict=True)
    ]


def _mark(place: PublicPlace, first: Collection[Kind]) -> Json:
    open_now = {s.kind for s in place.services if s.status is Status.PLAQUED}
    kinds = sorted(place.kinds, key=lambda kind: (kind not in first, kind not in open_now))
    status = shown_status(place, kinds[0])
    return {
        "id": place.id,
        "name": place.name,
        "kinds": [str(kind) for kind in kinds],
        "status": str(status),
        "state": state_of(status),
        "hours": hours(place),
        "always": _always(_asked_for(place, first)),
        "sample": place.sample,
    }


def _asked_for(place: PublicPlace, first: Collection[Kind]) -> list[PublicService]:
    """The services whose hours matter: of the kinds asked for, or all."""
    return [service for service in place.services if not first or service.kind in first]


def _always(services: Iterable[PublicService]) -> bool:
    return any(service.hours is not None and service.hours.always for service in services)


def shown_status(place: PublicPlace, kind: Kind) -> Status:
    """The status of the kind a place is drawn as: plaqued when any service of it is."""
    statuses = [service.status for service in place.services if service.kind == kind]
    return Status.PLAQUED if Status.PLAQUED in statuses else statuses[0]


def hours(place: PublicPlace) -> str:
    """Hours as written of the first service that states any; empty when none does."""
    return next((service.hours_text for service in place.services if service.hours_text), "")


def cards(
    places: Sequence[tuple[PublicPlace, float | None]],
    basemap: Basemap,
    *,
    first: Collection[Kind] = (),
    when: datetime | None = None,
) -> list[Json]:
    """Places as a list shows them, with walking metres where known.

    `when` is this minute in Beijing; `times` are the states from then on of the kinds in `first`.
    """
    only = [place for place, _ in places]
    spots = {mark["id"]: mark["at"] for mark in marks(only, basemap)}
    return [
        card(place, first, when) | {"at": spots.get(place.id), "walk_m": walk_m}
        for place, walk_m in places
    ]


def card(place: PublicPlace, first: Collection[Kind] = (), when: datetime | None = None) -> Json:
    """What a card says about a place, without its position."""
    facilities = dict.fromkeys(item for service in place.services for item in service.facilities)
    return _mark(place, first) | {
        "times": times(_asked_for(place, first), when) if when and place.placed else [],
        "district": place.district,
        "address": place.address,
        "facilities": _facilities(list(facilities)[:_CARD_FACILITIES]),
        "reason": place.reason,
        "reason_en": place.reason_en,
        "doubt": list(place.flags),
        "placed": place.placed,
    }


def place_document(place: PublicPlace, basemap: Basemap, *, when: datetime | None = None) -> Json:
    """One place whole: card, services, routes."""
    (document,) = cards([(place, None)], basemap, when=when)
    routes: list[Json] = []
    if place.lon is not None and place.lat is not None:
        routes = [asdict(route) for route in directions(place.name, place.lon, place.lat)]
    error_m = place.error_m if place.error_m and place.error_m > WIDE_ERROR_M else None
    return document | {
        "town": place.town,
        "level": place.level,
        "error_m": error_m,
        "services": [service_document(service, when) for service in place.services],
        "routes": routes,
    }


def service_document(service: PublicService, when: datetime | None = None) -> Json:
    """One service with the states of its own hours."""
    return {
        "id": service.id,
        "kind": str(service.kind),
        "name": service.name,
        "status": str(service.status),
        "state": state_of(service.status),
        "hours": service.hours_text,
        "always": _always([service]),
        "times": times([service], when) if when else [],
        "facilities": _facilities(service.facilities),
        "services": list(service.services),
        "operator": service.operator,
        "public_phone": service.public_phone,
        "area_m2": service.area_m2,
        "year": service.year,
    }


def _facilities(names: Iterable[str]) -> list[Json]:
    return [
        {"name": name, "name_en": facility_english(name), "icon": facility_icon(name)}
        for name in names
    ]


def cluster_document(clusters: Clusters, basemap: Basemap, *, first: Collection[Kind] = ()) -> Json:
    """Single points and circles of one view."""
    circles = clusters.circles
    at = basemap.put([circle.lon for circle in circles], [circle.lat for circle in circles])
    return {
        "points": marks(clusters.points, basemap, first=first),
        "circles": [
            {"at": list(spot), "count": circle.count}
            for circle, spot in zip(circles, at, strict=True)
        ],
    }


def coverage_document(
    view: PlannerView, basemap: Basemap, *, before: PlannerView | None = None
) -> Json:
    """The planner's view: areas with their classes, sites with their marks, points.

    `before` is the data as they are where the view is a scenario's.
    """
    return {
        "radius_m": view.radius_m,
        "detour": view.detour,
        "points": _at_hour(_standing(view.points), view, basemap),
        "before": None if before is None else _fills(before, basemap),
        **_fills(view, basemap),
    }


def _fills(view: PlannerView, basemap: Basemap) -> Json:
    return {
        "districts": [district_area(row) for row in view.districts],
        "towns": town_areas(view),
        "hexes": hex_document(view, basemap),
        "sites": _sites(view.sites, basemap),
    }


def _at_hour(points: list[PublicPlace], view: PlannerView, basemap: Basemap) -> list[Json]:
    """Points as marks; at an hour of the week those that are closed, or perhaps, look so."""
    made = marks(points, basemap)
    asked = view.parameters.hour if view.parameters else ""
    if not asked:
        return made
    hour = Hour.read(asked)
    by_id = {place.id: place for place in points}
    return [_looks_at(hour, by_id[mark["id"]], mark) for mark in made]


def _looks_at(hour: Hour, place: PublicPlace, mark: Json) -> Json:
    states = {
        open_at_hour_of_week(service.hours, hour.weekday, hour.minute)
        for service in place.services
        if service.kind == mark["kinds"][0]
    }
    if State.OPEN in states or mark["state"]:
        return mark
    return mark | {"state": "is-unsure" if State.UNKNOWN in states else "is-closed"}


def _standing(points: Iterable[PublicPlace]) -> list[PublicPlace]:
    """Places without their delisted, closed or rejected services: those are never drawn."""
    left = [replace(p, services=tuple(s for s in p.services if s.status in DRAWN)) for p in points]
    return [place for place in left if place.services]


def _sites(sites: Iterable[SiteCoverage], basemap: Basemap) -> list[Json]:
    placed = [site for site in sites if site.placed]
    at = basemap.put([site.lon or 0.0 for site in placed], [site.lat or 0.0 for site in placed])
    return [_site(site) | {"at": list(spot)} for site, spot in zip(placed, at, strict=True)]


def _site(site: SiteCoverage) -> Json:
    return {
        "id": site.id,
        "name": site.name,
        "sample": site.sample,
        "workers": site.workers,
        "mark": site_mark(site.state, priority=site.priority),
        "box": BOX_MARKS[LunchBox(site.lunch.box)],
        "reason": {"zh": site.reason, "en": site.reason_en},
        "nearest_m": site.nearest_m,
        "nearest_name": site.nearest_name,
        "level": site.lunch.level,
        "doubts": list(site.lunch.doubts),
    }
