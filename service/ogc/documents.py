"""The JSON of landing page, conformance, collections and queryables."""

from typing import Any

from maps.words import Words
from service.ogc.collections import Collection
from service.ogc.crs import CRS84, SYSTEMS
from service.ogc.features import Features
from service.ogc.kept import Shelf, began, bounds
from service.ogc.links import SCHEMA, Urls

_PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
_COMMON = "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/"
CONFORMANCE = (
    f"{_COMMON}core",
    f"{_PART_1}core",
    f"{_PART_1}geojson",
    f"{_PART_1}html",
    f"{_PART_1}oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
TITLE = ("职图：工会服务点", "zhitu: where a trade union serves")
ABOUT = (
    "公开的工会服务点、服务地点、园区楼宇商圈和各区覆盖情况。",
    "Public service points, places, demand sites, and coverage by district.",
)


def landing(urls: Urls, words: Words) -> dict[str, Any]:
    """The landing page."""
    return {
        "title": words.both(*TITLE),
        "description": words.both(*ABOUT),
        "links": urls.landing(),
    }


def conformance(urls: Urls) -> dict[str, Any]:
    """The classes the service declares."""
    return {"conformsTo": list(CONFORMANCE), "links": urls.both("conformance")}


def collections(shelf: Shelf, seen: list[Collection], urls: Urls, words: Words) -> dict[str, Any]:
    """Every collection the asker may read."""
    return {
        "links": urls.both("collections"),
        "collections": [collection(one, shelf.features(one), urls, words) for one in seen],
        "crs": list(SYSTEMS),
    }


def collection(one: Collection, features: Features, urls: Urls, words: Words) -> dict[str, Any]:
    """One collection."""
    said = {
        "id": one.id,
        "title": words.both(*one.title),
        "description": words.both(*one.about),
        "itemType": "feature",
        "links": urls.collection(one.id),
        "crs": list(SYSTEMS),
        "storageCrs": CRS84.uri,
    }
    extent: dict[str, Any] = {}
    found = bounds(one, features)
    if found is not None:
        extent["spatial"] = {"bbox": [list(found)], "crs": CRS84.uri}
    if one.timed:
        extent["temporal"] = {"interval": [[began(one, features), None]]}
    return said | ({"extent": extent} if extent else {})


def queryables(one: Collection, urls: Urls, words: Words) -> dict[str, Any]:
    """What a collection's features can be asked by, as a JSON schema."""
    here = urls.to("collections", one.id, "queryables")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": here,
        "type": "object",
        "title": words.both(*one.title),
        "properties": {
            each.name: {"title": each.description.split(" / ")[words.language != "zh"]}
            | dict(each.schema)
            for each in one.asked
        },
        "additionalProperties": False,
        "links": urls.both("collections", one.id, "queryables", media=SCHEMA),
    }
