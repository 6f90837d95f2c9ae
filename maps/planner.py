"""The planner's map: who is covered, who is not, and by what."""

from dataclasses import dataclass

from geodata.kinds import KINDS, Kind
from maps.base import Basemap, Bounds, ZhituMap
from maps.controls import Scale, Zoom
from maps.finder import credit
from maps.layers import Hexes, Inset, Points, Shares, Sites, Swipe
from maps.legend import KindLegend, ShareLegend

FIRST_SHOWN: tuple[Kind, ...] = (Kind.HEALTH_POINT,)

_SIDES_PX = (120, 250)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the map shows: `theme` health or lunch, `area` district, town or hex, a slider."""

    theme: str = "health"
    area: str = "district"
    swipe: bool = False


def planner_map(
    *,
    basemap: Basemap,
    bounds: Bounds,
    core: Bounds,
    data_url: str,
    outline_url: str,
    towns_url: str = "",
    shown: Shown | None = None,
    estimated: bool = True,
    approximate: bool = False,
) -> ZhituMap:
    """Shares by area, service points by kind, demand sites on top; `core` is enlarged."""
    shown = shown or Shown()
    theme, area = shown.theme, shown.area
    made = ZhituMap(basemap=basemap, bounds=bounds, title="覆盖", sides_px=_SIDES_PX)
    made.add_child(Inset(data_url, basemap.box(core)))
    made.add_child(
        Shares(data_url, outline_url=outline_url, towns_url=towns_url, theme=theme, area=area)
    )
    made.add_child(Hexes(data_url, area=area))
    kinds = FIRST_SHOWN if theme == "health" else ()
    made.add_child(Points(data_url, shown=kinds, area=area))
    made.add_child(Sites(data_url, theme=theme, area=area))
    made.add_child(Swipe(data_url, shown=shown.swipe))
    made.add_child(KindLegend(KINDS, switch=True, shown=kinds))
    made.add_child(ShareLegend(theme=theme, area=area))
    made.add_child(Zoom())
    made.add_child(Scale())
    made.add_child(credit(basemap, estimated=estimated, approximate=approximate and area == "town"))
    return made
