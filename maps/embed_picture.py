"""A still picture of a map for places that allow no frame, drawn without a basemap.

Matplotlib is an extra and is loaded when the first picture is asked for. It is not safe to use
from several threads at once: one picture is drawn at a time, on a figure of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
import shapely

from geodata.clusters import TILE_PX
from geodata.kinds import KINDS, Kind
from geodata.place.district import load_districts
from geodata.snapshot import Circle, PublicPlace
from maps.base import Bounds
from maps.silhouettes import silhouette
from maps.words import Words

FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
_DPI = 100
_NAME_PX = 22
_MARK_PT = 17.0
_GROUND, _LINE, _EDGE, _LABEL, _CLUSTER = "#F1EFE9", "#E3E1DA", "#8A929B", "#6A665C", "#2B3644"
_PAPER = "#FFFFFF"
_drawing = Lock()


class CannotDrawError(Exception):
    """Something to draw with is not installed; the message says what to install."""


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


def filled(bounds: Bounds, width: int, height: int) -> Bounds:
    """The bounds grown to the shape of the picture, so that a kilometre is as long both ways."""
    west, south, east, north = bounds
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrow, north - south
    per_px = max(wide / width, high / height) * 1.08
    across, up = width * per_px / narrow / 2, height * per_px / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - across, y - up, x + across, y + up


def png(picture: Picture, words: Words, *, fonts: Sequence[str] = FONTS) -> bytes:
    """The picture as a PNG, its words in the first of the fonts that is there.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    with _drawing:
        return _drawn(picture, words, _font(fonts))


def _drawn(picture: Picture, words: Words, font: Any) -> bytes:
    figure = _figure(picture)
    axes = figure.add_axes((0, 0, 1, 1), facecolor=_GROUND)
    west, south, east, north = picture.bounds
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    for side in axes.spines.values():
        side.set_visible(False)
    if picture.outlines:
        _districts(axes, picture, font)
    else:
        _grid(axes, picture)
    for circle in picture.circles:
        _cluster(axes, circle, font)
    for kind, spots in _by_kind(picture).items():
        axes.plot(
            *zip(*spots, strict=True),
            linestyle="none",
            marker=_outline_of(kind),
            markersize=_MARK_PT,
            color=KINDS[kind].colour,
            markeredgecolor=_PAPER,
            markeredgewidth=1.2,
        )
    _legend(axes, picture, words, font)
    _foot(axes, picture.foot, font)
    file = BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def _figure(picture: Picture) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(picture.width / _DPI, picture.height / _DPI), dpi=_DPI)
    FigureCanvasAgg(figure)
    return figure


def _font(families: Sequence[str]) -> Any:
    try:
        from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CannotDrawError(
            "画图片要用 Matplotlib，这台服务器没有装：请管理员装 zhitu[report]。"
        ) from error
    for family in families:
        try:
            return FontProperties(fname=findfont(FontProperties(family), fallback_to_default=False))
        except ValueError:
            continue
    raise CannotDrawError("这台服务器没有中文字体，图片上的字画不出来：请管理员装 fonts-noto-cjk。")


def _outline_of(kind: Kind) -> Any:
    from matplotlib.path import Path  # noqa: PLC0415 - an extra

    corners = silhouette(kind)
    return Path([*corners, corners[0]], closed=True)


def _by_kind(picture: Picture) -> dict[Kind, list[tuple[float | None, float | None]]]:
    """Positions by the kind a place is drawn as, in the order of the legend."""
    spots: dict[Kind, list[tuple[float | None, float | None]]] = {}
    for place in picture.points:
        drawn = next((kind for kind in picture.first if kind in place.kinds), place.kinds[0])
        spots.setdefault(drawn, []).append((place.lon, place.lat))
    return {kind: spots[kind] for kind in Kind if kind in spots}


def _districts(axes: Any, picture: Picture, font: Any) -> None:
    window, found = shapely.box(*picture.bounds), load_districts()
    per_px = (picture.bounds[3] - picture.bounds[1]) / picture.height
    for name in found.names:
        seen = shapely.intersection(found.outline(name), window)
        parts = [part for part in shapely.get_parts(seen) if shapely.area(part) > 0]
        for part in parts:
            axes.fill(*_ring(part), facecolor=_PAPER, edgecolor=_EDGE, linewidth=0.8, alpha=0.7)
        if parts:
            _name(axes, max(parts, key=shapely.area), name, font, least=_NAME_PX * per_px)


def _name(axes: Any, area: Any, name: str, font: Any, *, least: float) -> None:
    """The name where the area has most room, if it has enough."""
    radius = shapely.maximum_inscribed_circle(area, tolerance=least / 4)
    if radius.length >= least:
        _write(axes, radius.coords[0], name, font, size=9, color=_LABEL)


def _ring(part: Any) -> Sequence[Any]:
    lons, lats = np.array(part.exterior.coords).T
    return lons, lats


def _grid(axes: Any, picture: Picture) -> None:
    west, south, east, north = picture.bounds
    step = (east - west) / 6
    for number in range(1, 6):
        axes.axvline(west + number * step, color=_LINE, linewidth=1)
    rows = max(1, round((north - south) / step))
    for number in range(1, rows):
        axes.axhline(south + number * (north - south) / rows, color=_LINE, linewidth=1)


def _cluster(axes: Any, circle: Circle, font: Any) -> None:
    size = _MARK_PT * (1.2 if circle.count < 10 else 1.5 if circle.count < 100 else 1.8)
    axes.plot(
        [circle.lon],
        [circle.lat],
        marker="o",
        markersize=size,
        color=_CLUSTER,
        markeredgecolor=_PAPER,
        markeredgewidth=1.2,
    )
    _write(axes, (circle.lon, circle.lat), str(circle.count), font, size=8, color=_PAPER)


def _write(
    axes: Any, spot: tuple[float, float], text: str, font: Any, *, size: int, color: str
) -> None:
    axes.text(
        *spot,
        text,
        fontproperties=font,
        fontsize=size,
        color=color,
        ha="center",
        va="center_baseline",
    )


def _legend(axes: Any, picture: Picture, words: Words, font: Any) -> None:
    kinds = list(_by_kind(picture))
    if not kinds:
        return
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra

    handles = [
        Line2D([], [], linestyle="none", marker=_outline_of(kind), markersize=11,
               color=KINDS[kind].colour, markeredgecolor=_PAPER)
        for kind in kinds
    ]  # fmt: skip
    axes.legend(
        handles,
        [words.kind_short(kind) for kind in kinds],
        loc="upper right",
        prop=_sized(font, 9),
        frameon=True,
        framealpha=0.92,
        edgecolor=_LINE,
    )


def _foot(axes: Any, text: str, font: Any) -> None:
    axes.text(
        0.008,
        0.012,
        text,
        transform=axes.transAxes,
        fontproperties=font,
        fontsize=8,
        color="#465160",
        va="bottom",
        bbox={"facecolor": _PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 2},
    )


def _sized(font: Any, points: int) -> Any:
    sized = font.copy()
    sized.set_size(points)
    return sized
