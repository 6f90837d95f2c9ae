"""What the tags of OpenStreetMap say in the words of addresses."""

import re
from collections.abc import Mapping
from functools import lru_cache

from geodata.place.address import parse

Tags = Mapping[str, str]

_SEPARATORS = re.compile(r"[;；,，、]\s*")
_CHINESE = re.compile(r"[一-鿿]")
_BARE_NUMBER = re.compile(r"[\d甲乙丙丁A-Za-z]$")
_EXIT_NAME = re.compile(r"(?:(.+?)站)?\s*([0-9A-Za-z]{1,3})\s*(?:号)?(?:出入口|出口|口)?")
_LINE = re.compile(r"(?:轨道交通|地铁)?(.+?)(?:号线|线)?")
_URBAN_RAIL = frozenset({"subway", "light_rail", "monorail"})
_NO_STREET = frozenset(
    {
        *("construction", "proposed", "platform", "elevator", "corridor", "bus_stop"),
        *("rest_area", "services", "steps"),
    }
)
_PLACES = (
    *("amenity", "building", "leisure", "tourism", "office", "healthcare", "landuse"),
    *("historic", "aeroway"),
)
_SHOPS = frozenset({"mall", "department_store", "supermarket", "wholesale"})
_RAILWAY_STATIONS = frozenset({"station", "halt"})
_SETTLEMENTS = frozenset({"square", "neighbourhood", "quarter", "village", "hamlet"})


def name(tags: Tags) -> str:
    """The Chinese name, or ""."""
    return next(
        (n for n in (tags.get("name:zh", ""), tags.get("name", "")) if _CHINESE.search(n)), ""
    )


def aliases(tags: Tags) -> tuple[str, ...]:
    """Other Chinese names: old, official, short."""
    keys = ("name", "alt_name", "old_name", "official_name", "short_name")
    every = [part for key in keys for part in _SEPARATORS.split(tags.get(key, ""))]
    return tuple(dict.fromkeys(n for n in every if _CHINESE.search(n) and n != name(tags)))


def addresses(tags: Tags) -> list[str]:
    """Each door an object stands for: 马当路330号, 奎照路30弄5号; none without a street."""
    street_ = tags.get("addr:street") or tags.get("addr:place", "")
    if not street_:
        return []
    return [
        f"{street_}{_door(part)}" for part in _SEPARATORS.split(tags["addr:housenumber"]) if part
    ]


def _door(number: str) -> str:
    return f"{number}号" if _BARE_NUMBER.search(number) else number


def street(tags: Tags) -> str:
    """The name of a street as addresses write it; "" for ways that are none."""
    if "highway" not in tags or tags["highway"] in _NO_STREET:
        return ""
    return _as_street(name(tags))


def street_aliases(tags: Tags) -> tuple[str, ...]:
    """Other names of a street."""
    return tuple(filter(None, map(_as_street, aliases(tags))))


@lru_cache(maxsize=65536)
def _as_street(text: str) -> str:
    return text if text and parse(text).road == text else ""


def is_place(tags: Tags) -> bool:
    """Whether a name is that of a place people go to or live in."""
    return bool(name(tags)) and (
        any(tags.get(key, "no") != "no" for key in _PLACES)
        or tags.get("shop", "") in _SHOPS
        or tags.get("place", "") in _SETTLEMENTS
        or tags.get("railway", "") in _RAILWAY_STATIONS
    )


def is_station(tags: Tags) -> bool:
    """Whether an object is a metro station with a name."""
    station_ = tags.get("railway") == "station" or tags.get("public_transport") == "station"
    urban = tags.get("station") in _URBAN_RAIL or any(tags.get(key) == "yes" for key in _URBAN_RAIL)
    return station_ and urban and bool(name(tags))


def is_stop(tags: Tags) -> bool:
    """Whether a node is where trains stop, or a station: what routes list as their members."""
    stops = tags.get("public_transport") == "stop_position" or tags.get("railway") in {
        *("stop", "station"),
    }
    return stops and bool(name(tags))


def station(tags: Tags) -> str:
    """A station's name without 站."""
    return name(tags).removesuffix("地铁站").rstrip("站") or name(tags)


def is_metro_route(tags: Tags) -> bool:
    """Whether a relation is a metro line in one direction."""
    return tags.get("type") == "route" and tags.get("route") in _URBAN_RAIL


def line(ref: str) -> str:
    """A line as addresses name it: 2 for 2号线, 浦江 for 浦江线."""
    found = _LINE.fullmatch(ref.strip())
    return found[1] if found else ""


def lines(tags: Tags) -> set[str]:
    """The lines a station names itself."""
    return {line(part) for part in _SEPARATORS.split(tags.get("line", "")) if part}


def exit_of(tags: Tags) -> tuple[str, str]:
    """The station and the exit an entrance names, each "" where it does not: 人民广场站2号口."""
    for text in (name(tags), tags.get("ref", "")):
        found = _EXIT_NAME.fullmatch(text)
        if found:
            return found[1] or "", found[2].upper()
    return "", ""
