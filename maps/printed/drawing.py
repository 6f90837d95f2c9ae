"""What every drawn map shares: fonts with Chinese in them, silhouettes, districts, the lock.

Matplotlib is not safe to use from several threads at once: `drawing` is held while one figure
is made, each on a figure of its own.
"""

import math
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import shapely

from geodata.kinds import Kind
from geodata.place.district import load_districts
from maps.base import Bounds
from maps.silhouettes import silhouette

FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
GROUND, LINE, EDGE, LABEL = "#F1EFE9", "#E3E1DA", "#8A929B", "#6A665C"
PAPER = "#FFFFFF"
drawing = Lock()


class CannotDrawError(Exception):
    """Something to draw with is not installed; the message says what to install."""


def font(families: Sequence[str] = FONTS, *, bold: bool = False) -> Any:
    """The first of the families that is there.

    Raises:
        CannotDrawError: Matplotlib or every one of the fonts is missing.
    """
    try:
        from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CannotDrawError(
            "画图片要用 Matplotlib，这台服务器没有装：请管理员装 zhitu[report]。"
        ) from error
    for family in families:
        wanted = FontProperties(family=family, weight=700 if bold else 400)
        try:
            return FontProperties(fname=findfont(wanted, fallback_to_default=False))
        except ValueError:
            continue
    raise CannotDrawError("这台服务器没有中文字体，图片上的字画不出来：请管理员装 fonts-noto-cjk。")


def sized(face: Any, points: float) -> Any:
    """The same font at another size."""
    copied = face.copy()
    copied.set_size(points)
    return copied


def filled(bounds: Bounds, width: float, height: float) -> Bounds:
    """The bounds grown to the shape of the picture, so that a kilometre is as long both ways."""
    west, south, east, north = bounds
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrow, north - south
    per_px = max(wide / width, high / height) * 1.08
    across, up = width * per_px / narrow / 2, height * per_px / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - across, y - up, x + across, y + up


def outline_of(kind: Kind) -> Any:
    """A kind's silhouette as a marker."""
    from matplotlib.path import Path  # noqa: PLC0415 - an extra

    corners = silhouette(kind)
    return Path([*corners, corners[0]], closed=True)


def ready(axes: Any, bounds: Bounds) -> None:
    """Axes that show just the bounds, in WGS-84 degrees."""
    west, south, east, north = bounds
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    for side in axes.spines.values():
        side.set_visible(False)


def parts_within(name: str, bounds: Bounds) -> list[Any]:
    """The polygons of a district that lie within the bounds."""
    seen = shapely.intersection(load_districts().outline(name), shapely.box(*bounds))
    return [part for part in shapely.get_parts(seen) if shapely.area(part) > 0]


def ring(part: Any) -> Sequence[Any]:
    """The longitudes and latitudes around a polygon."""
    lons, lats = np.array(part.exterior.coords).T
    return lons, lats


def name_in(
    axes: Any, parts: Sequence[Any], name: str, face: Any, *, least: float, colour: str = LABEL
) -> None:
    """The name where the largest part has most room, if that is `least` degrees."""
    radius = shapely.maximum_inscribed_circle(max(parts, key=shapely.area), tolerance=least / 4)
    if radius.length >= least:
        write(axes, radius.coords[0], name, face, size=9, colour=colour)


def write(
    axes: Any, spot: tuple[float, float], text: str, face: Any, *, size: float, colour: str
) -> None:
    """A short text around a spot; never read as a formula."""
    axes.text(
        *spot,
        text,
        fontproperties=face,
        fontsize=size,
        color=colour,
        ha="center",
        va="center_baseline",
        parse_math=False,
    )
