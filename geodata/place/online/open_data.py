"""Nominatim, Photon and Pelias on a server of one's own, through geopy's own classes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from geopy.geocoders import Nominatim, Pelias, Photon

from geodata.model import Datum, Level
from geodata.outside.hosts import Hosts
from geodata.place.online.answer import Answer, degrees, words
from geodata.place.online.coded import Outcome
from geodata.place.online.errors import in_our_words
from geodata.place.online.levels import step_down
from geodata.place.online.query import Query
from geodata.place.online.transport import adapter_to

_MOST = 5
_SURE = 0.8

_NOMINATIM: Mapping[str, Level | None] = {
    "road": Level.ROAD,
    **dict.fromkeys(
        ("suburb", "quarter", "neighbourhood", "town", "village", "hamlet"), Level.TOWN
    ),
    **dict.fromkeys(("city_district", "district", "county", "borough"), Level.DISTRICT),
    **dict.fromkeys(("city", "state", "province", "country", "postcode", "region"), None),
}
_PHOTON: Mapping[str, Level] = {
    "street": Level.ROAD,
    "locality": Level.TOWN,
    "district": Level.TOWN,
    "county": Level.DISTRICT,
}
_PELIAS: Mapping[str, Level] = {
    "address": Level.NUMBER,
    "venue": Level.POI,
    "street": Level.ROAD,
    "intersection": Level.INTERSECTION,
    "neighbourhood": Level.TOWN,
    "locality": Level.TOWN,
    "localadmin": Level.TOWN,
    "borough": Level.DISTRICT,
    "county": Level.DISTRICT,
}


class OpenData:
    """One of the three; WGS-84, no key. `url` is the server's, with its path if it has one."""

    datum: ClassVar[Datum] = Datum.WGS84
    batch_size: ClassVar[int] = 1
    counts_each: ClassVar[bool] = False
    name: ClassVar[str]
    label: ClassVar[str]

    def __init__(self, url: str, *, hosts: Hosts, timeout_s: float = 10.0) -> None:
        parts = urlsplit(url)
        self._geocoder = self._made(
            domain=f"{parts.netloc}{parts.path.rstrip('/')}",
            scheme=parts.scheme,
            timeout=timeout_s,
            user_agent="zhitu",
            adapter_factory=adapter_to(hosts),
        )

    def ask(self, queries: Sequence[Query]) -> list[Outcome]:
        """What each question got, in order; raises a `ProviderError`."""
        with in_our_words():
            return [self._one(query) for query in queries]

    def answer(self, raw: Mapping[str, Any]) -> Answer | None:
        """What one result says; None when it is no place in a city."""
        raise NotImplementedError

    def _made(self, **options: Any) -> Any:
        raise NotImplementedError

    def _found(self, query: Query) -> Any:
        return self._geocoder.geocode(query.line, exactly_one=False)

    def _one(self, query: Query) -> tuple[Answer, ...]:
        found = [self.answer(location.raw) for location in self._found(query) or ()]
        return tuple(answer for answer in found if answer is not None)[:_MOST]


class OwnNominatim(OpenData):
    """Asked in fields: an unsegmented Chinese address finds nothing in it."""

    name = "nominatim"
    label = "Nominatim"

    def _made(self, **options: Any) -> Any:
        return Nominatim(**options)

    def _found(self, query: Query) -> Any:
        named = query.address
        door = min(named.number, default="") or named.lane
        asked: Any = {"street": f"{door} {named.road}".strip()} if named.road else query.names
        return self._geocoder.geocode(
            asked, exactly_one=False, limit=_MOST, addressdetails=True, language="zh"
        )

    def answer(self, raw: Mapping[str, Any]) -> Answer | None:
        named = raw.get("address") or {}
        level = _nominatim_level(raw, named)
        if level is None:
            return None
        return Answer(
            lon=degrees(raw["lon"], limit=180.0),
            lat=degrees(raw["lat"], limit=90.0),
            level=level,
            road=words(named.get("road")),
            district=_first(named, "city_district", "district", "county", "borough"),
            town=_first(named, "town", "suburb"),
            number=words(named.get("house_number")),
            matched=words(raw.get("display_name")),
        )


class OwnPhoton(OpenData):
    """Photon's GeoJSON features."""

    name = "photon"
    label = "Photon"

    def _made(self, **options: Any) -> Any:
        return Photon(**options)

    def answer(self, raw: Mapping[str, Any]) -> Answer | None:
        named = raw["properties"]
        kind = words(named.get("type"))
        door = words(named.get("housenumber"))
        level = (Level.NUMBER if door else Level.POI) if kind == "house" else _PHOTON.get(kind)
        if level is None:
            return None
        road = words(named.get("street")) or (words(named.get("name")) if kind == "street" else "")
        return _feature(raw, level, road=road, district=_first(named, "county"), number=door)


class OwnPelias(OpenData):
    """Pelias' GeoJSON features, which say how sure they are."""

    name = "pelias"
    label = "Pelias"

    def _made(self, **options: Any) -> Any:
        return Pelias(**options)

    def answer(self, raw: Mapping[str, Any]) -> Answer | None:
        named = raw["properties"]
        level = _PELIAS.get(words(named.get("layer")))
        if level is None:
            return None
        if level is Level.NUMBER and named.get("match_type") == "interpolated":
            level = Level.INTERPOLATED
        confidence = named.get("confidence")
        sure = confidence is None or degrees(confidence, limit=1.0) >= _SURE
        return _feature(
            raw,
            step_down(level, unless=sure),
            road=words(named.get("street")),
            district=_first(named, "county", "borough"),
            number=words(named.get("housenumber")),
        )


def _nominatim_level(raw: Mapping[str, Any], named: Mapping[str, Any]) -> Level | None:
    """By `addresstype`; what lies below a road (place_rank 28 and more) is a door or a name."""
    kind = words(raw.get("addresstype")) or words(raw.get("type"))
    if kind in _NOMINATIM:
        return _NOMINATIM[kind]
    rank = degrees(raw.get("place_rank") or 0, limit=100.0)
    if rank < 28:
        return Level.ROAD if rank >= 26 else None
    if words(raw.get("type")) == "houses":
        return Level.INTERPOLATED
    if words(raw.get("type")) in {"station", "subway", "stop"} and kind == "railway":
        return Level.METRO_STATION
    return Level.NUMBER if words(named.get("house_number")) else Level.POI


def _feature(
    raw: Mapping[str, Any], level: Level, *, road: str, district: str, number: str
) -> Answer:
    lon, lat = raw["geometry"]["coordinates"][:2]
    named = raw["properties"]
    return Answer(
        lon=degrees(lon, limit=180.0),
        lat=degrees(lat, limit=90.0),
        level=level,
        road=road,
        district=district,
        number=number,
        matched=_first(named, "label", "name"),
    )


def _first(named: Mapping[str, Any], *fields: str) -> str:
    return next((text for field in fields if (text := words(named.get(field)))), "")
