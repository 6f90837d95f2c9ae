"""A still picture of a map for places that allow no frame, drawn without a basemap.

Matplotlib is an extra and is loaded when the first picture is asked for.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from geodata.clusters import TILE_PX
from geodata.kinds import KINDS, Kind
from geodata.place.district import load_districts
from geodata.public_places import PublicPlace
from geodata.snapshot import Circle
from maps.base import Bounds
from maps.printed.drawing import (
    EDGE,
    FONTS,
    GROUND,
    LINE,
    PAPER,
    drawing,
    font,
    name_in,
    outline_of,
    parts_within,
    ready,
    ring,
    sized,
    write,
)
from maps.words import Words

_DPI = 100
_NAME_PX = 22
_MARK_PT = 17.0
_CLUSTER = "#2B3644"


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw: bounds in WGS-84 degrees, the size in pixels.

    `outlines`: whether districts may be drawn. `foot` is the line below: credit and day.
    """

    bounds: Bounds
    width: int
    height: int
    points: tuple[PublicPlace, ...]
    circles: tuple[Circle, ...]
    first: tuple[Kind, ...]
    outlines: bool
    foot: str


def zoom_of(bounds: Bounds, width: int) -> int:
    """The whole zoom of a map as wide as this picture."""
    return max(0, math.floor(math.log2(width * 360 / (TILE_PX * (bounds[2] - bounds[0])))))


def png(picture: Picture, words: Words, *, fonts: Sequence[str] = FONTS) -> bytes:
    """The picture as a PNG, its words in the first of the fonts that is there.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    with drawing:
        return _drawn(picture, words, font(fonts))


def _drawn(picture: Picture, words: Words, face: Any) -> bytes:
    figure = _figure(picture)
    axes = figure.add_axes((0, 0, 1, 1), facecolor=GROUND)
    ready(axes, picture.bounds)
    if picture.outlines:
        _districts(axes, picture, face)
    else:
        _grid(axes, picture)
    for circle in picture.circles:
        _cluster(axes, circle, face)
    for kind, spots in _by_kind(picture).items():
        axes.plot(
            *zip(*spots, strict=True),
            linestyle="none",
            marker=outline_of(kind),
            markersize=_MARK_PT,
            color=KINDS[kind].colour,
            markeredgecolor=PAPER,
            markeredgewidth=1.2,
        )
    _legend(axes, picture, words, face)
    _foot(axes, picture.foot, face)
    file = BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def _figure(picture: Picture) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(picture.width / _DPI, picture.height / _DPI), dpi=_DPI)
    FigureCanvasAgg(figure)
    return figure


def _by_kind(picture: Picture) -> dict[Kind, list[tuple[float | None, float | None]]]:
    """Positions by the kind a place is drawn as, in the order of the legend."""
    spots: dict[Kind, list[tuple[float | None, float | None]]] = {}
    for place in picture.points:
        drawn = next((kind for kind in picture.first if kind in place.kinds), place.kinds[0])
        spots.setdefault(drawn, []).append((place.lon, place.lat))
    return {kind: spots[kind] for kind in Kind if kind in spots}


def _districts(axes: Any, picture: Picture, face: Any) -> None:
    per_px = (picture.bounds[3] - picture.bounds[1]) / picture.height
    for name in load_districts().names:
        parts = parts_within(name, picture.bounds)
        for part in parts:
            axes.fill(*ring(part), facecolor=PAPER, edgecolor=EDGE, linewidth=0.8, alpha=0.7)
        if parts:
            name_in(axes, parts, name, face, least=_NAME_PX * per_px)


def _grid(axes: Any, picture: Picture) -> None:
    west, south, east, north = picture.bounds
    step = (east - west) / 6
    for number in range(1, 6):
        axes.axvline(west + number * step, color=LINE, linewidth=1)
    rows = max(1, round((north - south) / step))
    for number in range(1, rows):
        axes.axhline(south + number * (north - south) / rows, color=LINE, linewidth=1)


def _cluster(axes: Any, circle: Circle, face: Any) -> None:
    size = _MARK_PT * (1.2 if circle.count < 10 else 1.5 if circle.count < 100 else 1.8)
    axes.plot(
        [circle.lon],
        [circle.lat],
        marker="o",
        markersize=size,
        color=_CLUSTER,
        markeredgecolor=PAPER,
        markeredgewidth=1.2,
    )
    write(axes, (circle.lon, circle.lat), str(circle.count), face, size=8, colour=PAPER)


def _legend(axes: Any, picture: Picture, words: Words, face: Any) -> None:
    kinds = list(_by_kind(picture))
    if not kinds:
        return
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra

    handles = [
        Line2D([], [], linestyle="none", marker=outline_of(kind), markersize=11,
               color=KINDS[kind].colour, markeredgecolor=PAPER)
        for kind in kinds
    ]  # fmt: skip
    axes.legend(
        handles,
        [words.kind_short(kind) for kind in kinds],
        loc="upper right",
        prop=sized(face, 9),
        frameon=True,
        framealpha=0.92,
        edgecolor=LINE,
    )


def _foot(axes: Any, text: str, face: Any) -> None:
    axes.text(
        0.008,
        0.012,
        text,
        transform=axes.transAxes,
        fontproperties=face,
        fontsize=8,
        color="#465160",
        va="bottom",
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 2},
    )
