"""The public map: find a station."""

from maps.base import Basemap, Bounds, ZhituMap
from maps.controls import Credit, Scale, Zoom
from maps.layers import Clusters, Here, landmarks


def finder_map(*, basemap: Basemap, bounds: Bounds, root: str = "") -> ZhituMap:
    """Districts, points in clusters, the reader's own position."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title="找站点")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    made.add_child(Clusters(f"{root}/clusters"))
    made.add_child(Here())
    made.add_child(Zoom())
    made.add_child(Scale(corner="bottomleft"))
    made.add_child(credit(basemap))
    return made


def credit(basemap: Basemap, *, estimated: bool = False, approximate: bool = False) -> Credit:
    """The credit line of a basemap."""
    return Credit(
        attribution=basemap.attribution,
        url=basemap.attribution_url,
        approval=basemap.approval,
        estimated=estimated,
        approximate=approximate,
    )
