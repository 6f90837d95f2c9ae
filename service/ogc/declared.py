"""The operations of OGC API – Features as the OpenAPI document shows them."""

from typing import Any

from geodata.kinds import KINDS
from service.ogc import asked
from service.ogc.asked import LOOK
from service.ogc.collections import COLLECTIONS, KIND_COLLECTIONS, Collection, parameters
from service.ogc.links import SCHEMA
from service.openapi.document import MEDIA
from service.openapi.operations import GEOJSON, HTML, JSON, Answer, Operation
from service.openapi.parameters import Parameter, Schema, choice
from service.openapi.schemas import COUNT, MOMENT, TEXT, listed, record, ref

_LINKS = listed(ref("Link"))
_HEADERS = {
    "Content-Crs": "坐标系的 URI / URI of the system",
    "ETag": "数据版本和问法 / The version",
}
_PAGE: Schema = {"type": "string"}
LANDING = record({"title": TEXT, "description": TEXT, "links": _LINKS})
CONFORMANCE = record({"conformsTo": listed(TEXT), "links": _LINKS})
EXTENT: Schema = {
    "type": "object",
    "properties": {
        "spatial": record({"bbox": listed(listed({"type": "number"})), "crs": TEXT}),
        "temporal": record({"interval": listed(listed({"type": "string", "nullable": True}))}),
    },
}
COLLECTION = record(
    {
        "id": TEXT,
        "title": TEXT,
        "description": TEXT,
        "itemType": {"type": "string", "enum": ["feature"]},
        "links": _LINKS,
        "crs": listed(TEXT),
        "storageCrs": TEXT,
        "extent": EXTENT,
    },
    optional=("extent",),
)
SCHEMAS: dict[str, Schema] = {}
Parameters = tuple[Parameter[Any], ...]
# What it is, the path below its collection's, a summary, the answer, parameters, faults.
Row = tuple[str, str, str, Answer, Parameters, tuple[int, ...]]


def _kind_id() -> Parameter[str]:
    return choice(
        "collectionId",
        "类别。 / Kind.",
        tuple(one.id for one in KIND_COLLECTIONS),
        where="path",
    )


FEATURE_ID: Parameter[str] = Parameter(
    "featureId",
    "path",
    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[A-Za-z0-9_-]+$"},
    "要素编号。 / Id of the feature.",
    str,
    "",
    required=True,
)


def feature_schema(collection: Collection, *, whole: bool = True) -> Schema:
    """One feature; in a list an answer may have been asked for some properties only."""
    each = {one.name: one.schema for one in collection.fields}
    identity: Schema = {"type": "integer"}
    if collection.id in {"districts", "towns", "district_areas", "town_areas", "proposals"}:
        identity = TEXT
    outlined = collection.id.endswith("_areas")
    shape = {"type": "object", "nullable": True} if outlined else ref("Point")
    properties = {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": identity,
        "geometry": shape,
        "properties": record(each, optional=() if whole else tuple(each)),
        "links": _LINKS,
    }
    return record(properties, optional=() if whole else ("links",))


def _features_schema(collection: Collection) -> Schema:
    return record(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": listed(feature_schema(collection, whole=False)),
            "links": _LINKS,
            "numberMatched": COUNT,
            "numberReturned": COUNT,
            "timeStamp": MOMENT,
        }
    )


def _both(schema: Schema, media: str = JSON, headers: dict[str, str] | None = None) -> Answer:
    return Answer(200, "找到了 / Found", {media: schema, HTML: _PAGE}, headers or {})


def _entrance() -> tuple[Operation, ...]:
    definition = Answer(200, "OpenAPI 3.0.3", {MEDIA: {"type": "object"}, HTML: _PAGE})
    guide = Answer(200, "给人看的文档 / For people", {HTML: _PAGE})
    every = record({"links": _LINKS, "collections": listed(ref("Collection")), "crs": listed(TEXT)})
    rows: tuple[tuple[str, str, str, Answer, tuple[int, ...]], ...] = (
        ("landing", "", "入口 / Landing page", _both(LANDING), ()),
        ("conformance", "/conformance", "符合的标准 / Conformance", _both(CONFORMANCE), ()),
        ("definition", "/api", "OpenAPI 文档 / This document", definition, ()),
        ("guide", "/api.html", "文档页 / Documentation", guide, ()),
        ("collections", "/collections", "全部集合 / Collections", _both(every), (401,)),
    )
    return tuple(
        Operation(
            f"ogc_{name}",
            f"/ogc{path}",
            summary,
            (answer,),
            tag="OGC",
            parameters=LOOK,
            faults=faults,
            html=True,
        )
        for name, path, summary, answer, faults in rows
    )


def _of(collection: Collection, name: str, path: str, first: Parameters = ()) -> list[Operation]:
    """The four resources of a collection, or (with a parameter `first`) of all that are alike."""
    title = "各类服务点 / Points of one kind" if first else " / ".join(collection.title)
    here = f"/ogc/collections/{path}"
    lost = (404,) if first else ()
    found, one = f"{name}Features", f"{name}Feature"
    SCHEMAS[found], SCHEMAS[one] = _features_schema(collection), feature_schema(collection)
    schema = _both({"type": "object"}, SCHEMA)
    item = (*first, FEATURE_ID, asked.CRS, *LOOK)
    rows: tuple[Row, ...] = (
        ("collection", "", "", _both(ref("Collection")), (*first, *LOOK), lost),
        ("queryables", "/queryables", "：筛选 / Filters", schema, (*first, *LOOK), lost),
        (
            *("items", "/items", "：要素 / Features"),
            *(_both(ref(found), GEOJSON, _HEADERS), (*first, *parameters(collection)), lost),
        ),
        (
            *("item", "/items/{featureId}", "：一个要素 / One feature"),
            *(_both(ref(one), GEOJSON, _HEADERS), item, (404,)),
        ),
    )
    return [
        Operation(
            f"{name}_{what}",
            here + below,
            title + about,
            (answer,),
            tag=title,
            parameters=takes,
            faults=faults,
            role=collection.role,
            html=True,
        )
        for what, below, about, answer, takes, faults in rows
    ]


def _all() -> tuple[Operation, ...]:
    alone = [one for one in COLLECTIONS if one.id not in set(KINDS)]
    found = [*_entrance()]
    for collection in alone:
        found += _of(collection, collection.id, collection.id)
    found += _of(KIND_COLLECTIONS[0], "kind", "{collectionId}", (_kind_id(),))
    return tuple(found)


OPERATIONS = _all()
SCHEMAS["Collection"] = COLLECTION
