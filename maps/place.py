"""The small map of one place."""

from maps.base import Basemap, ZhituMap
from maps.controls import Scale
from maps.finder import credit
from maps.layers import Pin, landmarks

_REACH_DEG = 0.004


def place_map(
    *, basemap: Basemap, place_id: int, lon: float, lat: float, root: str = ""
) -> ZhituMap:
    """The place's pin and error circle; about 400 m around it."""
    west, east = lon - _REACH_DEG, lon + _REACH_DEG
    south, north = lat - _REACH_DEG, lat + _REACH_DEG
    made = ZhituMap(basemap=basemap, bounds=(west, south, east, north), title="位置")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    made.add_child(Pin(f"{root}/places/{place_id}.json"))
    made.add_child(Scale())
    made.add_child(credit(basemap))
    return made
