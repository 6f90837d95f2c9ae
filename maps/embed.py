"""The map other sites put in a frame."""

from maps.base import Basemap, Bounds, ZhituMap
from maps.controls import Locate, Scale, Zoom
from maps.finder import credit
from maps.layers import Clusters, Here, landmarks


def embed_map(*, basemap: Basemap, bounds: Bounds, locate: bool = True, root: str = "") -> ZhituMap:
    """The public map, with its locate button inside unless left out, for a frame of any size."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title="职工服务站地图")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    made.add_child(Clusters(f"{root}/clusters"))
    made.add_child(Here())
    made.add_child(Zoom(corner="topright"))
    made.add_child(Scale(corner="bottomleft"))
    if locate:
        made.add_child(Locate())
    made.add_child(credit(basemap))
    return made
