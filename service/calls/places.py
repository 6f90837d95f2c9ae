"""The nearest places, and what a point has within a walk: public, WGS-84."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request

from geodata.coverage.walk import DETOUR
from geodata.kinds import Kind
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Snapshot
from geodata.wanted import Near, Wanted
from service import caching
from service.calls import asked
from service.openapi.parameters import only
from service.public import Snapshots


def add(api: Blueprint, snapshots: Snapshots) -> None:
    """`/nearest` and `/coverage`."""

    @api.get("/nearest")
    def nearest() -> Response:
        only(asked.NEAREST, request.args)
        places = snapshots()
        wanted, near = asked.near(request.args)
        most = asked.K.of(request.args)
        return caching.fresh(
            str(places.version), lambda: jsonify(nearest_document(places, wanted, near, most))
        )

    @api.get("/coverage")
    def coverage() -> Response:
        only(asked.COVERAGE, request.args)
        places = snapshots()
        wanted, near = asked.near(request.args)
        return caching.fresh(
            str(places.version), lambda: jsonify(coverage_document(places, wanted, near))
        )


def nearest_document(places: Snapshot, wanted: Wanted, near: Near, most: int) -> dict[str, Any]:
    """The nearest places that fit, with metres of walk as estimated."""
    found = places.nearest(near.lon, near.lat, wanted, limit=most)
    return {
        "places": [place_document(place) | {"walk_m": round(walk_m)} for place, walk_m in found],
        "detour": DETOUR,
    }


def coverage_document(places: Snapshot, wanted: Wanted, near: Near) -> dict[str, Any]:
    """For each kind asked for the nearest place, and how many are within the walk."""
    rows = []
    for kind in wanted.kinds or tuple(Kind):
        of_kind = replace(wanted, kinds=(kind,))
        within = places.count(replace(of_kind, near=near))
        found = places.nearest(near.lon, near.lat, of_kind, limit=1)
        rows.append(
            {
                "kind": kind,
                "within": within,
                "nearest": {**_named(found[0][0]), "walk_m": round(found[0][1])} if found else None,
            }
        )
    return {
        "radius_m": near.walk_m,
        "detour": DETOUR,
        "within": places.count(replace(wanted, near=near)),
        "kinds": rows,
    }


def place_document(place: PublicPlace) -> dict[str, Any]:
    """A public place in WGS-84."""
    return _named(place) | {
        "district": place.district,
        "town": place.town,
        "address": place.address,
        "lon": place.lon,
        "lat": place.lat,
        "error_m": place.error_m,
        "sample": place.sample,
        "services": [_service(one) for one in place.services],
    }


def _named(place: PublicPlace) -> dict[str, Any]:
    return {"id": place.id, "name": place.name, "kinds": list(place.kinds)}


def _service(one: PublicService) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "hours": one.hours_text,
        "facilities": list(one.facilities),
        "phone": one.public_phone,
    }
