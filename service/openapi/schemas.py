"""Schemas that several subjects share; each is named once under `components`."""

from collections.abc import Mapping
from typing import Any

from service.openapi.parameters import Schema


def ref(name: str) -> Schema:
    """A reference to a shared schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(properties: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """An object that has all of these but the optional ones."""
    needed = [name for name in properties if name not in optional]
    # OpenAPI takes no empty list of what is required.
    must = {"required": needed} if needed else {}
    return {"type": "object", **must, "properties": dict(properties)}


def listed(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_NO: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}

PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "一句中文，说怎么办 / What to do, in Chinese"},
        "instance": {"type": "string"},
        "parameter": {"type": "string", "description": "哪个参数 / The parameter at fault"},
    },
}
LINK: Schema = {
    "type": "object",
    "required": ["href", "rel", "type"],
    "properties": {
        "href": {"type": "string"},
        "rel": {"type": "string"},
        "type": {"type": "string"},
        "title": {"type": "string"},
        "hreflang": {"type": "string"},
    },
}
POINT: Schema = {
    "type": "object",
    "nullable": True,
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {"type": "number"},
        },
    },
}
SHARED: dict[str, Any] = {"Problem": PROBLEM, "Link": LINK, "Point": POINT}
