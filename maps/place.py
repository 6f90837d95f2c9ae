"""The small map of one place."""

from maps.base import Basemap, ZhituMap
from maps.controls import Scale
from maps.finder import credit
from maps.layers import Pin, landmarks

_REACH_DEG = 0.004
# Without tiles an empty grid says nothing: this far there is nearly always a metro station.
_SKETCH_REACH_DEG = 0.008


def place_map(
    *, basemap: Basemap, place_id: int, lon: float, lat: float, root: str = ""
) -> ZhituMap:
    """The place's pin and error circle; about 400 m around it, or 800 m where no tiles are."""
    reach = _REACH_DEG if basemap.tiles else _SKETCH_REACH_DEG
    bounds = (lon - reach, lat - reach, lon + reach, lat + reach)
    made = ZhituMap(basemap=basemap, bounds=bounds, title="位置")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    made.add_child(Pin(f"{root}/places/{place_id}.json"))
    made.add_child(Scale())
    made.add_child(credit(basemap))
    return made
