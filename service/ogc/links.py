"""Links between resources, with whole addresses: clients resolve relative ones differently."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from service.openapi.document import MEDIA as OPENAPI
from service.openapi.operations import GEOJSON, HTML, JSON

SCHEMA = "application/schema+json"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
Link = dict[str, str]


def link(href: str, rel: str, media: str, title: str = "") -> Link:
    """One link."""
    made = {"href": href, "rel": rel, "type": media}
    return made | {"title": title} if title else made


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses below `base` (http://host/root/ogc); `kept` is the part of a query all keep."""

    base: str
    kept: Mapping[str, str]

    def to(self, *path: str, **query: str) -> str:
        """An address by its parts."""
        where = "/".join([self.base, *(quote(part, safe="") for part in path)])
        asked = {**self.kept, **query}
        return f"{where}?{urlencode(asked)}" if asked else where

    def both(self, *path: str, rel: str = "self", media: str = JSON) -> list[Link]:
        """A resource and its page."""
        return [
            link(self.to(*path, f="json"), rel, media),
            link(self.to(*path, f="html"), "alternate" if rel == "self" else rel, HTML),
        ]

    def landing(self) -> list[Link]:
        """What the landing page leads to."""
        return [
            *self.both(),
            link(self.to("api"), "service-desc", OPENAPI, "OpenAPI 3.0"),
            link(self.to("api.html"), "service-doc", HTML),
            *self.both("conformance", rel="conformance"),
            *self.both("collections", rel="data"),
        ]

    def collection(self, id_: str) -> list[Link]:
        """What a collection leads to."""
        here = ("collections", id_)
        return [
            *self.both(*here),
            *self.both(*here, "items", rel="items", media=GEOJSON),
            *self.both(*here, "queryables", rel=QUERYABLES, media=SCHEMA),
        ]

    def feature(self, id_: str, feature: str, query: Mapping[str, str]) -> list[Link]:
        """What a feature leads to."""
        here = ("collections", id_, "items", feature)
        return [
            link(self.to(*here, **{**query, "f": "json"}), "self", GEOJSON),
            link(self.to(*here, **{**query, "f": "html"}), "alternate", HTML),
            *self.both("collections", id_, rel="collection"),
        ]

    def items(
        self, id_: str, query: Mapping[str, str], *, offset: int, limit: int, matched: int
    ) -> list[Link]:
        """What a page of features leads to."""
        here = f"{self.base}/collections/{id_}"
        asked = urlencode({k: v for k, v in query.items() if k not in {"f", "offset"}})
        more = f"&{asked}" if asked else ""
        items = f"{here}/items"
        at = f"&offset={offset}" if offset else ""
        links = [
            link(f"{items}?f=json{more}{at}", "self", GEOJSON),
            link(f"{items}?f=html{more}{at}", "alternate", HTML),
            link(f"{here}?f=json", "collection", JSON),
        ]
        if offset + limit < matched:
            links.append(link(f"{items}?f=json{more}&offset={offset + limit}", "next", GEOJSON))
        if offset:
            before = max(0, min(offset, matched) - limit)
            links.append(link(f"{items}?f=json{more}&offset={before}", "prev", GEOJSON))
        return links
