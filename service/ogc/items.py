"""One request for features: read, found, and written without touching a single feature twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from service.ogc import asked
from service.ogc.collections import Collection
from service.ogc.crs import Crs
from service.ogc.features import Features, Ints, Wish, encode
from service.ogc.links import Link, Urls
from service.openapi.parameters import Query


@dataclass(frozen=True, eq=False)
class Asked:
    """What a request asks of a collection; no `chosen` properties are all of them."""

    collection: Collection
    wish: Wish
    crs: Crs
    offset: int
    limit: int
    chosen: tuple[str, ...]


def read(collection: Collection, query: Query) -> Asked:
    """Read a query.

    Raises:
        ParameterError: a value is none the parameter takes.
    """
    return Asked(
        collection,
        collection.wish(query),
        asked.crs(query),
        asked.OFFSET.of(query),
        min(asked.LIMIT.of(query), asked.MOST),
        collection.chosen.of(query),
    )


def page_of(wanted: Asked, features: Features) -> tuple[Ints, int]:
    """The features of one page, and how many there are on all."""
    found = features.find(wanted.wish)
    return found[wanted.offset : wanted.offset + wanted.limit], len(found)


def written(wanted: Asked, features: Features, urls: Urls, query: Mapping[str, str]) -> bytes:
    """A GeoJSON FeatureCollection."""
    found, matched = page_of(wanted, features)
    body = (
        features.selected(found, wanted.crs, wanted.chosen)
        if wanted.chosen
        else features.written(found, wanted.crs)
    )
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = (
        f'{{"type":"FeatureCollection","numberMatched":{matched},"numberReturned":{len(found)},'
        f'"timeStamp":"{now}","links":{encode(links(wanted, urls, query, matched))},"features":['
    )
    return b"%b%b]}" % (head.encode(), body)


def links(wanted: Asked, urls: Urls, query: Mapping[str, str], matched: int) -> list[Link]:
    """What a page of features leads to."""
    return urls.items(
        wanted.collection.id,
        query,
        offset=wanted.offset,
        limit=wanted.limit,
        matched=matched,
    )


def written_one(features: Features, number: int, crs: Crs, its: Sequence[Link]) -> bytes:
    """One GeoJSON feature with its links."""
    whole = features.written(features.everything[number : number + 1], crs)
    return b'%b,"links":%b}' % (whole[:-1], encode(its).encode())


def shown(
    collection: Collection, features: Features, numbers: Sequence[int]
) -> list[dict[str, Any]]:
    """Features as a page for people shows them: titles and values in order."""
    return [
        {
            "id": features.ids[number],
            "values": [(one, features.properties[number][one.name]) for one in collection.fields],
        }
        for number in numbers
    ]
