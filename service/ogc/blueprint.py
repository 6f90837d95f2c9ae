"""`/ogc`: the map by a standard. Public collections need no sign-in, the others a role."""

from dataclasses import replace
from functools import partial

import numpy as np
from flask import Blueprint, Response, request

from geodata.errors import NotFoundError
from geodata.store import Store
from service.errors import wants_page
from service.ogc import documents, items, reading
from service.ogc.answers import PAGE, answer, document, page, urls
from service.ogc.asked import CRS, LOOK, crs
from service.ogc.collections import Collection, parameters
from service.ogc.features import Features, encode
from service.ogc.geometry import Points
from service.ogc.kept import Shelf, one
from service.ogc.links import SCHEMA
from service.openapi.document import MEDIA
from service.openapi.document import document as openapi
from service.openapi.operations import GEOJSON
from service.openapi.parameters import only
from service.openapi.published import operations, schemas
from service.public import public_places
from service.request import words_of
from service.settings import Settings

# These resources change with the program, not with the data.
FIXED = "1"
# More rows than this nobody reads on a page, and writing them takes seconds.
MOST_ON_A_PAGE = 500


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """All resources of OGC API – Features."""
    api = Blueprint("ogc", __name__, url_prefix="/ogc")
    shelf = Shelf(store, public_places(settings, store), settings.fewest)
    _add_entrance(api)
    _add_collections(api, shelf)
    _add_features(api, shelf)
    api.before_request(_look)
    api.after_request(_open_to_scripts)
    return api


def _add_entrance(api: Blueprint) -> None:
    @api.get("/", endpoint="landing_too")
    @api.get("", endpoint="landing")
    def landing() -> Response:
        only(LOOK, request.args)
        return document(FIXED, lambda: documents.landing(urls(), words_of(request)), "landing")

    @api.get("/conformance")
    def conformance() -> Response:
        only(LOOK, request.args)
        return document(FIXED, lambda: documents.conformance(urls()), "conformance")

    @api.get("/api.html", endpoint="guide")
    @api.get("/api", endpoint="definition")
    def definition() -> Response:
        only(LOOK, request.args)
        said = partial(openapi, operations(), server=urls().base, base="/ogc", schemas=schemas())
        if wants_page() or request.path.endswith(".html"):
            return answer(
                FIXED, lambda: page("api", document=said(), source=urls().to("api")), PAGE
            )
        return answer(FIXED, lambda: encode(said()), MEDIA)


def _add_collections(api: Blueprint, shelf: Shelf) -> None:
    @api.get("/collections")
    def collections() -> Response:
        only(LOOK, request.args)
        seen = reading.readable()
        words = words_of(request)
        closed = any(each.role for each in seen)
        return document(
            f"{shelf.stamp()} {len(seen)}",
            lambda: documents.collections(shelf, seen, urls(), words),
            "collections",
            closed=closed,
        )

    @api.get("/collections/<collection_id>")
    def collection(collection_id: str) -> Response:
        only(LOOK, request.args)
        found = reading.collection(collection_id)
        return document(
            shelf.stamp(found),
            lambda: documents.collection(found, shelf.features(found), urls(), words_of(request)),
            "collection",
            closed=found.role is not None,
        )

    @api.get("/collections/<collection_id>/queryables")
    def queryables(collection_id: str) -> Response:
        only(LOOK, request.args)
        found = reading.collection(collection_id)
        made = partial(documents.queryables, found, urls(), words_of(request))
        closed = found.role is not None
        return document(FIXED, made, "queryables", media=SCHEMA, closed=closed)


def _add_features(api: Blueprint, shelf: Shelf) -> None:
    @api.get("/collections/<collection_id>/items", endpoint="items")
    def several(collection_id: str) -> Response:
        found = reading.collection(collection_id)
        only(parameters(found), request.args)
        wanted = items.read(found, request.args)
        return _features(shelf, wanted)

    @api.get("/collections/<collection_id>/items/<feature_id>", endpoint="item")
    def single(collection_id: str, feature_id: str) -> Response:
        found = reading.collection(collection_id)
        only((CRS, *LOOK), request.args)
        return _feature(shelf, found, feature_id)


def _features(shelf: Shelf, wanted: items.Asked) -> Response:
    found, stamp = wanted.collection, shelf.stamp(wanted.collection)
    closed = found.role is not None
    if wants_page():
        fewer = replace(wanted, limit=min(wanted.limit, MOST_ON_A_PAGE))
        table = partial(_table, fewer, shelf.features(found, stamp))
        return answer(stamp, table, PAGE, closed=closed)

    def made() -> bytes:
        return items.written(wanted, shelf.features(found, stamp), urls(), request.args)

    return answer(stamp, made, GEOJSON, crs=wanted.crs, closed=closed)


def _feature(shelf: Shelf, found: Collection, feature_id: str) -> Response:
    system, stamp = crs(request.args), shelf.stamp(found)
    features = shelf.features(found, stamp)
    number = one(features, found.wish({}), feature_id)
    if number is None:
        raise NotFoundError(f"没有编号为 {feature_id[:60]} 的要素，可能已经摘牌、关闭或搬走。")
    closed = found.role is not None
    if wants_page():
        (shown,) = items.shown(found, features, [number])
        spot = _spot(features, number)
        sheet = partial(page, "item", collection=found, feature=shown, at=spot)
        return answer(stamp, sheet, PAGE, closed=closed)
    links = urls().feature(found.id, feature_id, request.args)
    made = partial(items.written_one, features, number, system, links)
    return answer(stamp, made, GEOJSON, crs=system, closed=closed)


def _table(wanted: items.Asked, features: Features) -> str:
    numbers, matched = items.page_of(wanted, features)
    return page(
        "items",
        collection=wanted.collection,
        features=items.shown(wanted.collection, features, numbers.tolist()),
        matched=matched,
        offset=wanted.offset,
        links=items.links(wanted, urls(), request.args, matched),
    )


def _spot(features: Features, number: int) -> str:
    geometry = features.geometry
    if not isinstance(geometry, Points) or np.isnan(geometry.lon[number]):
        return words_of(request)("ogc_nowhere")
    return f"{geometry.lon[number]:.6f}, {geometry.lat[number]:.6f}"


def _look() -> None:
    """Every resource takes a format and a language; the rest of the program reads them too."""
    for parameter in LOOK:
        parameter.of(request.args)


def _open_to_scripts(response: Response) -> Response:
    """Any site's script may read what needs no sign-in."""
    if "private" not in response.headers.get("Cache-Control", ""):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "Content-Crs, ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Authorization"
    return response
