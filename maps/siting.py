"""The two maps of a siting answer: as it is, and as it would be, with the picks by number."""

from maps.base import Basemap, Bounds, Piece, ZhituMap
from maps.controls import Scale, Zoom
from maps.finder import credit


class Siting(Piece):
    """Districts by share and sites; `side` is `before`, or `after` with the picks on top."""

    template = "layer"

    def __init__(self, url: str, *, outline_url: str, side: str) -> None:
        options = {"outline": outline_url, "side": side}
        super().__init__(f"siting-{side}", layer="siting", url=url, options=options)


def siting_map(
    *, basemap: Basemap, bounds: Bounds, data_url: str, outline_url: str, side: str
) -> ZhituMap:
    """One of the two maps; both read the same document."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title="选址", key=f"map-{side}")
    made.add_child(Siting(data_url, outline_url=outline_url, side=side))
    made.add_child(Zoom(key=f"zoom-{side}"))
    made.add_child(Scale(key=f"scale-{side}"))
    made.add_child(credit(basemap))
    return made
