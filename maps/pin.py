"""The map a person on the spot pins an address on."""

from geodata.geodesy import metres_per_degree
from maps.base import Basemap, Bounds, Piece, ZhituMap
from maps.controls import Scale, Zoom
from maps.finder import credit
from maps.layers import Here, landmarks

_AROUND_M = 350.0


class Drag(Piece):
    """A pin to be dragged; its builder stands in `static/pin.js`.

    `at` is where it starts on the basemap, "" for nowhere; `shift` is added to a WGS-84 position
    to put it on the basemap.
    """

    template = "layer"

    def __init__(self, *, at: str, shift: str, key: str = "drag") -> None:
        super().__init__(key, layer="drag", url="", options={"at": at, "shift": shift})


def pin_map(
    *, basemap: Basemap, spot: tuple[float, float] | None, bounds: Bounds, root: str = ""
) -> ZhituMap:
    """Around a first guess (WGS-84), or over `bounds` where there is none."""
    shown = _around(*spot) if spot else bounds
    west, south, east, north = shown
    middle = (west + east) / 2.0, (south + north) / 2.0
    made = ZhituMap(basemap=basemap, bounds=shown, title="现场定位")
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    here = basemap.put(*middle)[0]
    shift = f"{here[0] - middle[0]:.6f},{here[1] - middle[1]:.6f}"
    at = ",".join(f"{value:.6f}" for value in basemap.put(*spot)[0]) if spot else ""
    made.add_child(Here())
    made.add_child(Drag(at=at, shift=shift))
    made.add_child(Zoom(corner="topright"))
    made.add_child(Scale(corner="bottomleft"))
    made.add_child(credit(basemap))
    return made


def _around(lon: float, lat: float) -> Bounds:
    east_m, north_m = metres_per_degree(lat)
    across, along = _AROUND_M / float(east_m), _AROUND_M / float(north_m)
    return lon - across, lat - along, lon + across, lat + along
