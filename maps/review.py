"""The map of one address in doubt, or of two records that may be one."""

from collections.abc import Sequence
from typing import Any

from geodata.place.candidate import Candidate
from maps.base import Basemap, Bounds, Piece, ZhituMap
from maps.controls import Scale, Zoom
from maps.finder import credit
from maps.layers import landmarks

# A mark's shape tells the candidates apart where colour does not; a fifth begins anew.
SHAPES = ("circle", "square", "diamond", "triangle")


class Candidates(Piece):
    """Numbered and shaped candidates with their error circles; its builder is `review_map.js`."""

    template = "layer"

    def __init__(self, outline_url: str, *, key: str = "candidates") -> None:
        super().__init__(key, layer="candidates", url=outline_url, options={})


def review_map(
    *, basemap: Basemap, bounds: Bounds, outline_url: str, root: str = "", title: str = "核对"
) -> ZhituMap:
    """Opens over `bounds` (WGS-84); the page hands it what to draw."""
    made = ZhituMap(basemap=basemap, bounds=bounds, title=title)
    for landmark in landmarks(basemap, root=root):
        made.add_child(landmark)
    made.add_child(Candidates(outline_url))
    made.add_child(Zoom(corner="topright"))
    made.add_child(Scale(corner="bottomleft"))
    made.add_child(credit(basemap))
    return made


def shape_of(n: int) -> str:
    """The shape of the n-th candidate, counted from 1."""
    return SHAPES[(n - 1) % len(SHAPES)]


def address_drawing(
    candidates: Sequence[Candidate],
    *,
    basemap: Basemap,
    district: str,
    own: tuple[float, float] | None,
    aparts: Sequence[str],
) -> dict[str, Any]:
    """What the map of one address draws, in the basemap's datum; `own` is where it stands now.

    `aparts` is the way of each candidate to the first, in words.
    """
    marks = [mark(n, one, basemap) for n, one in enumerate(candidates, start=1)]
    return {
        "marks": [one | {"apart": apart} for one, apart in zip(marks, aparts, strict=True)],
        "district": district,
        "own": list(basemap.put(*own)[0]) if own else None,
    }


def pair_drawing(
    spots: Sequence[tuple[float, float, float] | None], *, basemap: Basemap, district: str
) -> dict[str, Any]:
    """What the map of two records draws: lon, lat and error in metres of each, None for none."""
    marks = [
        _mark(n, spot[0], spot[1], spot[2], basemap, is_point=True)
        for n, spot in enumerate(spots, start=1)
        if spot is not None
    ]
    return {"marks": marks, "district": district, "own": None}


def mark(n: int, one: Candidate, basemap: Basemap) -> dict[str, Any]:
    """One candidate as scripts draw it; 0 is what a corrected address found."""
    spot = one.position
    return _mark(n, spot.lon, spot.lat, spot.error_m, basemap, is_point=spot.level.is_point)


def _mark(
    n: int, lon: float, lat: float, error_m: float, basemap: Basemap, *, is_point: bool
) -> dict[str, Any]:
    return {
        "n": n,
        "shape": shape_of(n) if n else "found",
        "at": list(basemap.put(lon, lat)[0]),
        "error_m": round(error_m),
        "is_point": is_point,
    }
