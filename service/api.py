"""The JSON that maps and lists read; positions are in the basemap's datum."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.public_places import PublicPlace
from geodata.relaxing import instead
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.wanted import Wanted
from maps.base import Basemap
from maps.features import cards, cluster_document
from maps.features import place_document as document
from maps.outline import outline_document
from maps.stations import stations_document
from service import params
from service.clock import now
from service.public import place_now, public_places
from service.search import Station, understood
from service.settings import Settings
from service.workshop import gazetteer_files

MAX_UNPLACED = 60


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The public JSON routes."""
    api = Blueprint("api", __name__)
    basemap, snapshot = settings.basemap, public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    @api.get("/clusters")
    def clusters() -> Response:
        window, places = params.view(request.args), snapshot()
        # A station's name is where to look from, here as in the list: it leaves nothing out.
        wanted = understood(params.filters(request.args), known, places).wanted
        west, south, east, north = window.bbox
        bbox = (*basemap.take(west, south), *basemap.take(east, north))
        found = places.clusters(bbox, window.zoom, wanted)
        return jsonify(cluster_document(found, basemap, first=wanted.kinds))

    @api.get("/nearest")
    def nearest() -> Response:
        spot, places = params.spot(request.args), snapshot()
        asked = understood(params.filters(request.args), known, places)
        near = asked.station
        if near:
            spot = replace(spot, lon=near.lon, lat=near.lat, on_map=False)
        found = nearest_document(places, basemap, spot, asked.wanted)
        return jsonify(found | {"near": _near(near, basemap)})

    @api.get("/places/<int:place_id>.json")
    def place_document(place_id: int) -> Response:
        found = place_now(store, snapshot(), place_id)
        return jsonify(document(found, basemap, when=now()))

    @api.get("/outline.json")
    def outline() -> BaseResponse:
        return _kept(jsonify(outline_document(basemap, drawn=settings.draws_outlines)))

    @api.get("/stations.json")
    def stations() -> BaseResponse:
        return _kept(jsonify(stations_document(basemap, known)))

    return api


def nearest_document(
    snapshot: Snapshot, basemap: Basemap, spot: params.Spot, wanted: Wanted
) -> dict[str, Any]:
    """The nearest places and the unplaced ones.

    `shift` added to a WGS-84 position near the spot puts it on the basemap, so that a browser
    can draw its own exact position without telling it.
    """
    lon, lat = basemap.take(spot.lon, spot.lat) if spot.on_map else (spot.lon, spot.lat)
    ((x, y),) = basemap.put(lon, lat)
    found = snapshot.nearest(lon, lat, wanted, limit=spot.limit)
    unplaced, total = snapshot.unplaced(wanted)
    when = wanted.open_at or now()
    return {
        "shift": [round(x - lon, 6), round(y - lat, 6)],
        "total": total,
        "places": cards(found, basemap, first=wanted.kinds, when=when),
        "unplaced": cards(_unmeasured(unplaced[:MAX_UNPLACED]), basemap),
        "unplaced_total": len(unplaced),
        "instead": None if found or unplaced else _instead(snapshot, wanted, lon, lat),
    }


def _instead(snapshot: Snapshot, wanted: Wanted, lon: float, lat: float) -> dict[str, Any] | None:
    """Where nothing fits: the nearest place that does with the filter `dropped` (or all) less."""
    found = instead(snapshot, wanted, lon, lat)
    if found is None:
        return None
    place = found.place
    return {"id": place.id, "name": place.name, "walk_m": found.walk_m, "dropped": found.name}


def _near(station: Station | None, basemap: Basemap) -> dict[str, Any] | None:
    if station is None:
        return None
    return {"name": station.name, "at": list(basemap.put(station.lon, station.lat)[0])}


def _unmeasured(places: list[PublicPlace]) -> list[tuple[PublicPlace, float | None]]:
    return [(place, None) for place in places]


def _kept(response: Response) -> BaseResponse:
    response.headers["Cache-Control"] = "public, max-age=600"
    response.add_etag()
    return response.make_conditional(request)
