"""A set of tiles described as TileJSON 3.0."""

from typing import Any

from geodata.model import Datum
from geodata.tiles.grid import DEEPEST
from maps.outline import city_bounds
from service.tiles.sets import SETS, TileSet

_DATUM = {
    Datum.WGS84: (
        "坐标是 WGS-84（与 CGCS2000 差不到一米），不能叠在高德、腾讯等 GCJ-02 底图上。"
        " / WGS-84: not for base maps in GCJ-02 such as AMap."
    ),
    Datum.GCJ02: (
        "坐标是 GCJ-02（火星坐标），只能叠在高德、腾讯底图上。"
        " / GCJ-02: only for base maps in GCJ-02 such as AMap."
    ),
}


def tilejson(one: TileSet, *, root: str) -> dict[str, Any]:
    """One set; `root` is the address that `/tiles` lies under."""
    return {
        "tilejson": "3.0.0",
        "name": one.title,
        "description": _DATUM[one.datum],
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [f"{root}/tiles/{one.id}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "bounds": list(city_bounds()),
        "vector_layers": [
            {
                "id": one.layer,
                "description": one.title,
                "minzoom": 0,
                "maxzoom": DEEPEST,
                "fields": dict(one.fields),
            }
        ],
        "datum": one.datum.value,
    }


def index(*, root: str) -> dict[str, Any]:
    """All sets there are."""
    return {
        "sets": [
            {
                "id": one.id,
                "title": one.title,
                "datum": one.datum.value,
                "role": one.role.value if one.role else None,
                "tilejson": f"{root}/tiles/{one.id}.json",
            }
            for one in SETS.values()
        ]
    }
