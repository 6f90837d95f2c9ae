"""Basemaps, and the map every screen is built on: a folium map without folium's inline code.

Layers, legends and controls are `Piece`s: folium elements that render a small element whose
`data-*` attributes say what to draw. `static/map.js` builds the Leaflet map from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import folium
import numpy as np
from branca.element import Element, Figure, MacroElement
from folium.map import Layer
from markupsafe import Markup

from geodata.errors import SettingsError
from geodata.model import Datum
from geodata.place.datum import convert
from maps.page import render
from maps.words import CHINESE, Words

Bounds = tuple[float, float, float, float]
# Presets whose tiles come from abroad, so that no approval number stands behind them.
FOREIGN = frozenset({"osm"})
_TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)


@dataclass(frozen=True, slots=True)
class Basemap:
    """What lies under the points. `approval` is the map approval number (审图号), printed."""

    name: str
    datum: Datum = Datum.WGS84
    tiles: tuple[str, ...] = ()
    subdomains: str = ""
    attribution: str = ""
    attribution_url: str = ""
    approval: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The origins tiles come from, one per subdomain."""
        places = self.subdomains or " "
        origins = {
            "/".join(url.replace("{s}", place.strip()).split("/")[:3])
            for url in self.tiles
            for place in places
        }
        return tuple(sorted(origins))

    def put(
        self, lons: Sequence[float] | float, lats: Sequence[float] | float
    ) -> list[tuple[float, float]]:
        """WGS-84 positions in this basemap's datum, to six decimals."""
        return _moved(lons, lats, source=Datum.WGS84, target=self.datum)

    def box(self, bounds: Bounds) -> str:
        """WGS-84 bounds in this basemap's datum, as scripts read them."""
        west, south, east, north = bounds
        corners = self.put([west, east], [south, north])
        return ",".join(f"{value:.6f}" for corner in corners for value in corner)

    def take(self, lon: float, lat: float) -> tuple[float, float]:
        """A position on this basemap in WGS-84."""
        return _moved(lon, lat, source=self.datum, target=Datum.WGS84)[0]


def _moved(
    lons: Sequence[float] | float,
    lats: Sequence[float] | float,
    *,
    source: Datum,
    target: Datum,
) -> list[tuple[float, float]]:
    x, y = np.atleast_1d(np.asarray(lons, float)), np.atleast_1d(np.asarray(lats, float))
    if x.size:
        x, y = convert(x, y, source=source, target=target)
    return list(zip(np.round(x, 6).tolist(), np.round(y, 6).tolist(), strict=True))


def basemap(name: str, *, key: str = "", approval: str = "") -> Basemap:
    """A preset by name: none, tianditu (needs a key), amap, osm."""
    if name == "tianditu" and not key:
        raise SettingsError("天地图要有密钥：请设 ZHITU_TIANDITU_KEY")
    presets = {
        "none": Basemap("none"),
        "tianditu": Basemap(
            "tianditu",
            datum=Datum.CGCS2000,
            tiles=tuple(_TIANDITU.format(layer=layer, key=key) for layer in ("vec", "cva")),
            subdomains="01234567",
            attribution="天地图",
        ),
        "amap": Basemap(
            "amap",
            datum=Datum.GCJ02,
            tiles=("https://wprd0{s}.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}&style=7",),
            subdomains="1234",
            attribution="© 高德地图",
        ),
        "osm": Basemap(
            "osm",
            tiles=("https://tile.openstreetmap.org/{z}/{x}/{y}.png",),
            attribution="© OpenStreetMap 贡献者",
            attribution_url="https://www.openstreetmap.org/copyright",
        ),
    }
    if name not in presets:
        raise SettingsError(f"没有叫 {name} 的底图，可用：{'、'.join(presets)}")
    return replace(presets[name], approval=approval)


class Piece(Layer):
    """A part of a map: a template in `templates/piece_*.html` and the values it shows.

    `key` is unique in its map and makes the element's id, so that a render never changes.
    """

    template = ""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(name=key, overlay=True, control=False)
        self._name = type(self).__name__
        self._id = key
        self.values = values

    def render(self, **context: Any) -> Markup:
        """The element as HTML; the map hands in language and root."""
        return render(f"piece_{self.template}.html", key=self._id, **self.values, **context)


class MapFigure(Figure):
    """The page a map stands in when nothing else is around it."""

    def __init__(self, *, title: str) -> None:
        super().__init__(title=title)

    def render(self, **context: Any) -> Markup:
        """A whole page of 2-4 kB that loads its scripts and points from the service."""
        (only,) = self._children.values()
        return render("map_page.html", title=self.title, map=only.render(**context), **context)


class ZhituMap(folium.Map):
    """A folium map that renders configuration, not code.

    `bounds` are west, south, east, north in WGS-84 degrees; `sides_px` is kept free for panels
    at the left and right when the map is wide. `key` tells several maps of a page apart.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's own attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        *,
        basemap: Basemap,
        bounds: Bounds,
        title: str = "职图",
        sides_px: tuple[int, int] = (0, 0),
        key: str = "map",
    ) -> None:
        west, south, east, north = bounds
        super().__init__(location=[(south + north) / 2, (west + east) / 2], tiles=None)
        self._id = key
        self.basemap = basemap
        self.bounds = bounds
        self.sides_px = sides_px
        MapFigure(title=title).add_child(self, name="map")

    def add_child(
        self, child: Element, name: str | None = None, index: int | None = None
    ) -> "ZhituMap":
        """Adds a `Piece`; folium's stock layers write inline scripts, which no page allows."""
        if not isinstance(child, Piece):
            raise TypeError(f"{type(child).__name__} is no Piece: see maps/layers.py")
        MacroElement.add_child(self, child, name=name, index=index)
        return self

    def render(self, *, words: Words = CHINESE, **context: Any) -> Markup:
        """The map as an HTML fragment."""
        pieces = [child.render(words=words, **context) for child in self._children.values()]
        return render(
            "map_frame.html",
            key=self._id,
            pieces=pieces,
            basemap=self.basemap,
            bounds=self.basemap.box(self.bounds),
            sides=f"{self.sides_px[0]},{self.sides_px[1]}",
            words=words,
            **context,
        )
