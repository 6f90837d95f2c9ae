"""What a map can show; each class here has a builder of the same name in `static/`.

`layers.js` builds what every map may show, `fills.js`, `demand.js`, `inset.js` and `swipe.js` what
only planners see.
"""

from maps.base import Basemap, Piece


class Outline(Piece):
    """District outlines and names from a JSON url; a grid where outlines may not be drawn."""

    template = "layer"

    def __init__(self, url: str, *, key: str = "outline") -> None:
        super().__init__(key, layer="outline", url=url, options={})


class Stations(Piece):
    """Metro stations by name, from the zoom at which streets would be told apart."""

    template = "layer"

    def __init__(self, url: str, *, key: str = "stations") -> None:
        super().__init__(key, layer="stations", url=url, options={})


def landmarks(basemap: Basemap, *, root: str) -> list[Piece]:
    """What tells a reader where he is when the basemap has no tiles to do so."""
    if basemap.tiles:
        return []
    return [Outline(f"{root}/outline.json"), Stations(f"{root}/stations.json")]


class Clusters(Piece):
    """Public points by JSON, asked for anew with each view: single marks and circles."""

    template = "layer"

    def __init__(self, url: str, *, key: str = "clusters") -> None:
        super().__init__(key, layer="clusters", url=url, options={})


class Points(Piece):
    """All points of a document at once, drawn where the reader looks; kinds can be switched."""

    template = "layer"

    def __init__(
        self,
        url: str,
        *,
        shown: tuple[str, ...] = (),
        area: str = "district",
        key: str = "points",
    ) -> None:
        options = {"shown": " ".join(shown), "area": area}
        super().__init__(key, layer="points", url=url, options=options)


class Shares(Piece):
    """Districts or towns filled by their class; `area` is `district`, `town` or `hex`.

    Towns are drawn where `towns_url` has outlines.
    """

    template = "layer"

    def __init__(
        self,
        url: str,
        *,
        outline_url: str,
        towns_url: str = "",
        theme: str = "health",
        area: str = "district",
        key: str = "shares",
    ) -> None:
        options = {"outline": outline_url, "towns": towns_url, "theme": theme, "area": area}
        super().__init__(key, layer="shares", url=url, options=options)


class Hexes(Piece):
    """Gap hexes by uncovered workers, finer where the reader looks closer; drawn for `hex`."""

    template = "layer"

    def __init__(self, url: str, *, area: str = "district", key: str = "hexes") -> None:
        super().__init__(key, layer="hexes", url=url, options={"area": area})


class Swipe(Piece):
    """A slider over the map: the data as they are at its left, a scenario at its right."""

    template = "swipe"

    def __init__(self, url: str, *, shown: bool = False, key: str = "swipe") -> None:
        super().__init__(key, url=url, shown=shown)


class Inset(Piece):
    """The crowded middle of a city enlarged in a corner; bounds in the basemap's datum."""

    template = "inset"

    def __init__(self, url: str, bounds: str, *, key: str = "inset") -> None:
        super().__init__(key, url=url, bounds=bounds)


class Sites(Piece):
    """Demand sites: `theme` is `health` (gap, P1, to check, covered) or `lunch` (four boxes)."""

    template = "layer"

    def __init__(self, url: str, *, theme: str, area: str = "district", key: str = "sites") -> None:
        super().__init__(key, layer="sites", url=url, options={"theme": theme, "area": area})


class Pin(Piece):
    """One place by JSON, with the circle its true position lies in when that is wide."""

    template = "layer"

    def __init__(self, url: str, *, key: str = "pin") -> None:
        super().__init__(key, layer="pin", url=url, options={})


class Here(Piece):
    """The reader's own position, drawn on top of all else once he asks for it."""

    template = "layer"

    def __init__(self, *, key: str = "here") -> None:
        super().__init__(key, layer="here", url="", options={})
