"""The planner's map: who is covered, who is not, and by what."""

from geodata.kinds import KINDS, Kind
from maps.base import Basemap, Bounds, ZhituMap
from maps.controls import Scale, Zoom
from maps.finder import credit
from maps.layers import Inset, Points, Shares, Sites
from maps.legend import KindLegend, ShareLegend

FIRST_SHOWN: tuple[Kind, ...] = (Kind.HEALTH_POINT,)

_SIDES_PX = (120, 250)


def planner_map(
    *,
    basemap: Basemap,
    bounds: Bounds,
    core: Bounds,
    data_url: str,
    outline_url: str,
    theme: str = "health",
) -> ZhituMap:
    """Shares by district, service points by kind, demand sites on top; `core` is enlarged."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title="覆盖", sides_px=_SIDES_PX)
    made.add_child(Inset(basemap.box(core)))
    made.add_child(Shares(data_url, outline_url=outline_url))
    shown = FIRST_SHOWN if theme == "health" else ()
    made.add_child(Points(data_url, shown=shown))
    made.add_child(Sites(data_url, theme=theme))
    made.add_child(KindLegend(KINDS, switch=True, shown=shown))
    made.add_child(ShareLegend(theme=theme))
    made.add_child(Zoom())
    made.add_child(Scale())
    made.add_child(credit(basemap, estimated=True))
    return made
