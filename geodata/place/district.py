"""The districts: their outlines, which of them a position lies in, and their names as written."""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m, metres_per_degree
from geodata.model import Level, Position
from geodata.place.grammar import words

Bounds = tuple[float, float, float, float]

_KIND = "(?:新区|区|县)"
_ENGLISH_KIND = re.compile(r"(?:new)?(?:area|district|dist|county|qu)?$")
_TAIL = r"(?=$|[区县]|总工会|工会|[（(、,，\s])"


@dataclass(frozen=True)
class Districts:
    """The outlines in the order of their codes; WGS-84 throughout."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    outlines: tuple[BaseGeometry, ...]
    tree: shapely.STRtree

    def code(self, name: str) -> str:
        return self.codes[self._index(name)]

    def outline(self, name: str) -> BaseGeometry:
        return self.outlines[self._index(name)]

    @cached_property
    def _prepared(self) -> NDArray[np.object_]:
        outlines = np.array(self.outlines)
        shapely.prepare(outlines)
        return outlines

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east, north of all districts, in degrees."""
        west, south, east, north = shapely.total_bounds(np.array(self.outlines))
        return float(west), float(south), float(east), float(north)

    def at(self, lon: float, lat: float) -> str | None:
        """The district a position lies in; None outside all of them."""
        inside = shapely.intersects_xy(self._prepared, lon, lat).nonzero()[0]
        return self.names[inside[0]] if len(inside) else None

    def at_many(self, lons: ArrayLike, lats: ArrayLike) -> list[str | None]:
        points = shapely.points(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        found: list[str | None] = [None] * len(points)
        pairs = self.tree.query(points, predicate="intersects").T.tolist()
        # A point on a common border belongs to both; the lower code keeps it.
        for point, district in sorted(pairs, reverse=True):
            found[point] = self.names[district]
        return found

    def distance_m(self, name: str, lon: float, lat: float) -> float:
        """Metres from a position to the district's edge, 0 inside."""
        if shapely.intersects_xy(self._prepared[self._index(name)], lon, lat):
            return 0.0
        per_degree = np.array(metres_per_degree(lat))
        local = shapely.transform(self.outline(name), lambda xy: (xy - (lon, lat)) * per_degree)
        return float(shapely.distance(local, shapely.Point(0.0, 0.0)))

    def area_position(self, name: str) -> Position:
        """A point inside the district; its error reaches the farthest corner of the outline."""
        outline = self.outline(name)
        middle = outline.representative_point()
        corners = shapely.get_coordinates(outline)
        error_m = geodesic_m(middle.x, middle.y, corners[:, 0], corners[:, 1]).max()
        return Position(
            lon=middle.x,
            lat=middle.y,
            level=Level.DISTRICT,
            error_m=float(np.ceil(error_m)),
            source=f"{name}的范围",
        )

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise NotFoundError(f"没有叫“{name}”的区；应为：{'、'.join(self.names)}。")
        return self.names.index(name)


@cache
def load_districts() -> Districts:
    """The districts shipped with the package."""
    document = json.loads(_data("districts.geojson"))
    features = sorted(document["features"], key=lambda feature: feature["properties"]["code"])
    outlines = tuple(shapely.geometry.shape(feature["geometry"]) for feature in features)
    return Districts(
        names=tuple(feature["properties"]["name"] for feature in features),
        codes=tuple(feature["properties"]["code"] for feature in features),
        outlines=outlines,
        tree=shapely.STRtree(outlines),
    )


@dataclass(frozen=True, slots=True)
class Town:
    """A town, or a zone or farm that is counted like one (`kind` is town or zone/farm)."""

    code: str
    name: str
    district: str
    kind: str


@cache
def load_towns() -> tuple[Town, ...]:
    """The towns shipped with the package, in the order of their codes."""
    rows = csv.DictReader(_data("towns.csv").splitlines())
    towns = [Town(row["code9"], row["name"], row["district"], row["kind"]) for row in rows]
    return tuple(sorted(towns, key=lambda town: town.code))


def _data(name: str) -> str:
    return (files("geodata") / "data" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=4096)
def canonical_district(text: str) -> str | None:
    """The district a text names: 浦东, 浦东新区总工会职工服务中心, 闸北区, 崇明县, Pudong.

    None when it names no district, or more than one. A road or town that begins like a district
    (宝山路, 静安寺街道) names none. Past names are those of areas.csv.
    """
    text = text.strip()
    if text.isascii():
        return _in_pinyin(text)
    text = _city().sub("", text)
    found = {_meaning(match[0]) for match in _full_names().finditer(text)}
    if not found:
        short = _short_names().match(text)
        found = {_meaning(short[0])} if short else set()
    return found.pop() if len(found) == 1 else None


def _in_pinyin(text: str) -> str | None:
    letters = re.sub(r"[^a-z]", "", text.lower()).replace(words.home_in_english(), "")
    return words.english_districts().get(_ENGLISH_KIND.sub("", letters))


def english_district(name: str) -> str:
    """A district's English name; a name that is no district's of today stays as it is."""
    return words.districts_in_english().get(name, name)


def _meaning(word: str) -> str:
    return words.districts().get(word) or _districts_by_short()[_short(word)]


@cache
def _districts_by_short() -> dict[str, str]:
    """Present and past districts without 区 or 县; the city's own name is no district's."""
    by_short = {_short(name): today for name, today in words.districts().items()}
    by_short.pop(words.home_province().removesuffix("市"), None)
    return by_short


def _short(name: str) -> str:
    return re.sub(f"{_KIND}$", "", name)


@cache
def _city() -> re.Pattern[str]:
    """The city before its district: 上海市 or 上海, but not the first half of 上海县."""
    city = words.home_province()
    return re.compile(f"^(?:{city}|{city.removesuffix('市')}(?!县))")


@cache
def _full_names() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(_districts_by_short())}){_KIND}|{_any_of(words.districts())}")


@cache
def _short_names() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(_districts_by_short())}){_TAIL}")


def _any_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names))
