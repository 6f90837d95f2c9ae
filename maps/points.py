"""The map beside the desk's table of points: the same selection, of every status that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.points.rows import PointRow, places_of
from geodata.public_places import PublicPlace
from geodata.snapshot import Clusters
from maps.base import Basemap, Bounds, Piece, ZhituMap
from maps.classes import DRAWN
from maps.controls import Scale, Zoom
from maps.features import cluster_document
from maps.finder import credit
from maps.layers import landmarks

Json = dict[str, Any]


class DeskPoints(Piece):
    """Points of the table by JSON; its builder stands in `static/desk_points.js`.

    `query` are the table's filters, `page` is the address of a point's page up to its number.
    """

    template = "layer"

    def __init__(self, url: str, *, query: str, page: str, key: str = "desk-points") -> None:
        options = {"query": query, "page": page}
        super().__init__(key, layer="desk_points", url=url, options=options)


def points_map(*, basemap: Basemap, bounds: Bounds, query: str, root: str = "") -> ZhituMap:
    """Marks and circles of what the table lists."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title="点位")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    pages = f"{root}/desk/points/"
    made.add_child(DeskPoints(f"{pages}clusters.json", query=query, page=pages))
    made.add_child(Zoom())
    made.add_child(Scale(corner="bottomleft"))
    made.add_child(credit(basemap))
    return made


def drawn_places(rows: Sequence[PointRow]) -> tuple[PublicPlace, ...]:
    """The places of the listed services, with these services only; the delisted are not drawn."""
    shown = [row for row in rows if row.status in DRAWN and row.place.placed]
    return tuple(
        replace(its[0].place, services=tuple(row.service for row in its))
        for its in places_of(shown).values()
    )


def points_document(
    clusters: Clusters, listed: Mapping[int, Sequence[PointRow]], basemap: Basemap
) -> Json:
    """One view: circles, and marks with the listed services at each."""
    made = cluster_document(clusters, basemap)
    for mark in made["points"]:
        mark["services"] = [
            {"id": row.id, "name": row.name, "kind": str(row.kind), "status": str(row.status)}
            for row in listed[mark["id"]]
        ]
    return made
