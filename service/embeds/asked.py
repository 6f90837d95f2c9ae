"""The parameters of an embedded map, version 1: what is pasted today is read like this for ever.

docs/embedding.md says the same in words. A parameter may be added; none changes its meaning, and
an unknown one is left aside.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from geodata.clusters import TILE_PX
from geodata.embeds.around import Around, site_around
from geodata.errors import ParameterError
from geodata.store import Store
from geodata.wanted import Near, Wanted
from maps.base import Bounds
from maps.embed_theme import Theme, theme
from service import params

VERSION = "1"
# What chooses places, where the map begins, and how it looks; in the order lines are written.
FILTERS = ("kind", "district", "town", "q", "with", "open", "near", "park", "radius")
VIEW = ("lon", "lat", "z")
LOOKS = ("list", "accent", "mode", "locate", "fit", "lang")
PARAMETERS = ("v", *FILTERS, *VIEW, *LOOKS)
LISTS = ("left", "below", "none")
MAX_TEXT = 60
# A start view is shown whole in a frame of this size; a larger frame shows more around it.
_VIEW_PX = (480, 320)
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Embed:
    """One embedded map as asked for.

    `start` bounds the start view (WGS-84), None where the places themselves do; `fit` frames
    grow with their content.
    """

    wanted: Wanted
    around: Around | None
    start: Bounds | None
    theme: Theme
    list: str
    locate: bool
    fit: bool


def read_embed(query: Query, store: Store) -> Embed:
    """All parameters.

    A filter that cannot be read is refused: leaving it out would show other places than meant.
    Looks that cannot be read are the usual ones.

    Raises:
        ParameterError: the version, a filter or the start view.
    """
    if query.get("v", VERSION) != VERSION:
        raise ParameterError(f"v 只能是 {VERSION}")
    wanted, around = params.filters(query), _around(query.get("park", ""), store)
    if around:
        near = Near(around.lon, around.lat, params.radius(query))
        wanted = replace(wanted, near=near)
    shown_list = query.get("list", LISTS[0])
    return Embed(
        wanted=wanted,
        around=around,
        start=_start(query),
        theme=theme(query.get("accent", ""), query.get("mode", "")),
        list=shown_list if shown_list in LISTS else LISTS[0],
        locate=query.get("locate", "1") != "0",
        fit=query.get("fit", "0") == "1",
    )


def kept(query: Query) -> dict[str, str]:
    """The version and the known parameters that say something, in their one order."""
    given = {name: query.get(name, "").strip() for name in PARAMETERS[1:]}
    return {"v": VERSION} | {name: value for name, value in given.items() if value}


def scripts_query(embed: Embed, query: Query) -> str:
    """The filters as the page's scripts send them on: a park is its position by then."""
    given = {
        name: query.get(name, "") for name in FILTERS if name not in {"near", "park", "radius"}
    }
    near = embed.wanted.near
    if near:
        given |= {"near": f"{near.lon:.6f},{near.lat:.6f}", "radius": f"{near.walk_m:g}"}
    return urlencode({name: value for name, value in given.items() if value})


def _around(text: str, store: Store) -> Around | None:
    name = text.strip()
    if not name:
        return None
    if len(name) > MAX_TEXT:
        raise ParameterError(f"park 最多 {MAX_TEXT} 个字")
    with store.reading() as session:
        return site_around(session, name)


def _start(query: Query) -> Bounds | None:
    given = [bool(query.get(name)) for name in VIEW]
    if not any(given):
        return None
    if not all(given):
        raise ParameterError("起始位置要 lon、lat、z 三个一起写")
    lon, lat = params.degrees(query)
    return _around_spot(lon, lat, params.zoom(query))


def _around_spot(lon: float, lat: float, zoom: int) -> Bounds:
    """What a small frame shows of a spot at a zoom."""
    degrees = 360 / (TILE_PX * 2**zoom)
    east = _VIEW_PX[0] / 2 * degrees
    north = _VIEW_PX[1] / 2 * degrees * math.cos(math.radians(lat))
    return lon - east, lat - north, lon + east, lat + north
