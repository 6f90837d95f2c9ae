"""Query strings as typed frozen values, read once at the edge."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from geodata.answers.question import Hour
from geodata.answers.question import Question as Asked
from geodata.clusters import TILE_PX
from geodata.errors import ParameterError
from geodata.kinds import Kind
from geodata.moments import BEIJING_TIME
from geodata.offered import FACILITY_CODES, has_facility
from geodata.place.district import canonical_district, load_districts
from geodata.wanted import Near, Wanted
from service.clock import now

MAX_TEXT = 60
MAX_LIMIT = 100
WIDEST_SCREEN_PX = 8192
_MOST_DIGITS = 9
# Calendars look a day back and a year ahead.
_YEARS = range(1900, 2200)
THEMES = ("health", "lunch")
TABLES = ("district", "town", "site")
AREAS = ("district", "town", "hex")
Query = Mapping[str, str]
_Day = TypeVar("_Day", bound=date)


@dataclass(frozen=True, slots=True)
class View:
    """A map's window: west, south, east, north in the basemap's datum, and the zoom."""

    bbox: tuple[float, float, float, float]
    zoom: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to measure from; `on_map` when it was read off the basemap, else WGS-84."""

    lon: float
    lat: float
    on_map: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the planner looks at: health or lunch, filled areas, which ranking."""

    theme: str
    area: str
    by: str


def filters(query: Query) -> Wanted:
    """kind, district, town, q, with (facilities), open (now, or a moment in Beijing time), near.

    near is lon,lat in WGS-84, with radius in metres of walk (50 to 5000).
    """
    return Wanted(
        kinds=_kinds(query.get("kind", "")),
        district=_district(query.get("district", "")),
        town=_text("town", query.get("town", "")),
        text=_text("q", query.get("q", "")),
        facilities=_facilities(query.get("with", "")),
        open_at=_moment("open", query.get("open", "")),
        near=_near(query),
    )


def _near(query: Query) -> Near | None:
    given = query.get("near", "")
    if not given:
        return None
    parts = given.split(",")
    if len(parts) != 2:
        raise ParameterError("near 要两个数：经度,纬度")
    return Near(
        _number("near", parts[0], -180, 180),
        _number("near", parts[1], -90, 90),
        radius(query),
    )


def radius(query: Query) -> float:
    """radius: metres of walk, 1000 unless said."""
    return _number("radius", query.get("radius", "1000"), 50, 5000)


def view(query: Query) -> View:
    """bbox and z."""
    parts = query.get("bbox", "").split(",")
    if len(parts) != 4:
        raise ParameterError("bbox 要四个数：西,南,东,北")
    west, south, east, north = (_number("bbox", part, -180, 180) for part in parts)
    if west >= east or south >= north or south < -90 or north > 90:
        raise ParameterError("bbox 要西小于东、南小于北")
    zoom = whole("z", query.get("z", ""), 0, 22)
    return View((west, south, east, north), min(zoom, _finest(east - west)))


def _finest(width_deg: float) -> int:
    """The finest zoom at which any screen could show a window: beyond it circles say enough."""
    return max(0, math.floor(math.log2(WIDEST_SCREEN_PX * 360 / (TILE_PX * width_deg))))


def spot(query: Query) -> Spot:
    """lon, lat, limit, and datum=map for a position read off the basemap."""
    datum = query.get("datum", "wgs84")
    if datum not in {"wgs84", "map"}:
        raise ParameterError("datum 只能是 wgs84 或 map")
    return Spot(
        lon=_number("lon", query.get("lon", ""), -180, 180),
        lat=_number("lat", query.get("lat", ""), -90, 90),
        on_map=datum == "map",
        limit=whole("limit", query.get("limit", "30"), 1, MAX_LIMIT),
    )


def degrees(query: Query) -> tuple[float, float]:
    """lon and lat alone, in the basemap's datum."""
    lon = _number("lon", query.get("lon", ""), -180, 180)
    return lon, _number("lat", query.get("lat", ""), -90, 90)


def zoom(query: Query) -> int:
    """z, as far as maps are drawn."""
    return whole("z", query.get("z", ""), 8, 18)


def shown(query: Query) -> Shown:
    """theme, area, by."""
    return Shown(
        theme=_choice("theme", query.get("theme", "health"), THEMES),
        area=_choice("area", query.get("area", "district"), AREAS),
        by=_choice("by", query.get("by", "district"), TABLES),
    )


def asked(query: Query) -> Asked:
    """radius in metres (50 to 5000), rectifying, hour (周三12:00) or day and time, as_of."""
    hour = query.get("hour") or _from_fields(query)
    return Asked(
        radius_m=radius(query),
        count_rectifying=_choice("rectifying", query.get("rectifying", "0"), ("0", "1")) == "1",
        hour=Hour.read(hour[:MAX_TEXT]) if hour else None,
        as_of=_date("as_of", query.get("as_of", "")),
    )


def _from_fields(query: Query) -> str:
    """day (1 is Monday) and time, as a form sends them."""
    day = query.get("day", "")
    return f"{day}T{query.get('time') or '12:00'}" if day else ""


def scenario(query: Query) -> str:
    """scenario: the name of a kept one, "" for the data as they are."""
    return _text("scenario", query.get("scenario", ""))


def since(query: Query, today: date) -> date | None:
    """since: the day to compare with, or `month`, the end of the month before."""
    if query.get("since") == "month":
        last = _date("as_of", query.get("as_of", "")) or today
        return last.replace(day=1) - timedelta(days=1)
    return _date("since", query.get("since", ""))


def _date(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return _in_years(date.fromisoformat(text[:MAX_TEXT]))
    except ValueError as error:
        raise ParameterError(f"{name} 要写成 2026-03-31") from error


def _in_years(day: _Day) -> _Day:
    if day.year not in _YEARS:
        raise ValueError(day.year)
    return day


def page(query: Query) -> int:
    """page, from 1."""
    return whole("page", query.get("page", "1"), 1, 100_000)


def _kinds(text: str) -> tuple[Kind, ...]:
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in set(Kind):
            raise ParameterError(f"kind 里没有 {name}，可用：{'、'.join(Kind)}")
    return tuple(dict.fromkeys(Kind(name) for name in names))


def _district(text: str) -> str:
    if not text:
        return ""
    districts = load_districts()
    by_code = {str(districts.code(name)): name for name in districts.names}
    found = by_code.get(text) or (canonical_district(text) if len(text) <= MAX_TEXT else None)
    if found is None:
        raise ParameterError("district 要写区名或六位代码，如 浦东新区 或 310115")
    return found


def _text(name: str, text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ParameterError(f"{name} 最多 {MAX_TEXT} 个字")
    return text.strip()


def _facilities(text: str) -> tuple[str, ...]:
    codes = [code for code in text.split(",") if code]
    for code in codes:
        if not has_facility(code):
            raise ParameterError(f"with 里没有 {code}，可用：{'、'.join(FACILITY_CODES)}")
    return tuple(dict.fromkeys(codes))


def _moment(name: str, text: str) -> datetime | None:
    """A minute of the places' wall clock."""
    if not text:
        return None
    if text == "now":
        return now()
    try:
        return _in_years(
            datetime.strptime(text[:MAX_TEXT], "%Y-%m-%dT%H:%M").replace(tzinfo=BEIJING_TIME)
        )
    except ValueError as error:
        raise ParameterError(f"{name} 要写 now 或 2026-03-31T12:30") from error


def _number(name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise ParameterError(f"{name} 要 {low:g} 到 {high:g} 之间的数")
    return value


def whole(name: str, text: str, low: int, high: int, *, unit: str = "") -> int:
    """A whole number of at most nine digits, leading zeros among them."""
    short = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    if not (short and low <= int(text) <= high):
        raise ParameterError(f"{name} 要 {low} 到 {high} 之间的整数{unit}")
    return int(text)


def _choice(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ParameterError(f"{name} 只能是 {'、'.join(allowed)}")
    return text
