"""Districts, towns and hexagons as the JSON that fills are drawn from."""

from collections.abc import Iterable
from typing import Any

from geodata.answers.cuts import Cut
from geodata.hexes import CITY, DISTRICT, TOWN, GapHex, gap_hexes
from geodata.views import DistrictCoverage, PlannerView
from maps.base import Basemap
from maps.classes import hex_class, meal_class, share_class

Json = dict[str, Any]


def district_area(row: DistrictCoverage) -> Json:
    """A district; its `key` is its code."""
    health = _health(row.share, row.uncovered_workers)
    return {"key": row.code, "name": row.name, "within": "", **health, **_lunch(row.cut)}


def town_area(cut: Cut) -> Json:
    """A town; its `key` is that of `town_key`."""
    key, health = (
        town_key(cut.within, cut.key),
        _health(cut.tally.share, cut.tally.uncovered_workers),
    )
    return {"key": key, "name": cut.key, "within": cut.within, **health, **_lunch(cut)}


def town_key(district: str, town: str) -> str:
    """What a town is called in JSON: two districts may have towns of one name."""
    return f"{district}/{town}"


def town_areas(view: PlannerView) -> list[Json]:
    """The towns that are known by name."""
    return [town_area(cut) for cut in view.towns if cut.key]


def _health(share: float | None, uncovered: int) -> Json:
    return {"share": share, "uncovered": uncovered, "class": share_class(share)}


def _lunch(cut: Cut | None) -> Json:
    unmet = cut.lunch.share if cut else None
    return {
        "unmet": unmet,
        "meals": round(cut.lunch.gap) if cut else None,
        "meal_class": meal_class(unmet),
    }


def hex_document(view: PlannerView, basemap: Basemap) -> Json:
    """Gap hexes in three sizes: for a whole city, a district, a town."""
    return {
        name: _hexes(gap_hexes(view.sites, resolution=resolution), basemap)
        for name, resolution in (("city", CITY), ("district", DISTRICT), ("town", TOWN))
    }


def _hexes(hexes: Iterable[GapHex], basemap: Basemap) -> list[Json]:
    return [
        {
            "ring": [list(spot) for spot in _ring(each, basemap)],
            "workers": each.workers,
            "sites": each.sites,
            "uncounted": each.uncounted,
            "class": hex_class(each.workers),
        }
        for each in hexes
    ]


def _ring(each: GapHex, basemap: Basemap) -> list[tuple[float, float]]:
    lons, lats = zip(*each.corners, strict=True)
    return basemap.put(lons, lats)
