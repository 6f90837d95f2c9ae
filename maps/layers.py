"""What a map can show; each class here has a builder of the same name in `static/layers.js`."""

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

    def __init__(self, url: str, *, shown: tuple[str, ...] = (), key: str = "points") -> None:
        super().__init__(key, layer="points", url=url, options={"shown": " ".join(shown)})


class Shares(Piece):
    """Districts filled by their class of coverage share."""

    template = "layer"

    def __init__(self, url: str, *, outline_url: str, key: str = "shares") -> None:
        super().__init__(key, layer="shares", url=url, options={"outline": outline_url})


class Inset(Piece):
    """The crowded middle of a city enlarged in a corner; bounds in the basemap's datum."""

    template = "inset"

    def __init__(self, bounds: str, *, key: str = "inset") -> None:
        super().__init__(key, bounds=bounds)


class Sites(Piece):
    """Demand sites: `theme` is `health` (gap, P1, to check, covered) or `lunch`."""

    template = "layer"

    def __init__(self, url: str, *, theme: str, key: str = "sites") -> None:
        super().__init__(key, layer="sites", url=url, options={"theme": theme})


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
