"""AMap (高德) geocoding v3, ten addresses a request."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderUnavailable,
)

from geodata.model import Datum
from geodata.outside.hosts import Hosts
from geodata.place.online.answer import Answer, degrees, words
from geodata.place.online.coded import CodedGeocoder, Outcome, Place, by_code
from geodata.place.online.errors import MisalignedError, in_our_words
from geodata.place.online.levels import AMAP
from geodata.place.online.query import Query

_CODES = {
    **dict.fromkeys(("10003", "10044"), GeocoderQuotaExceeded),
    **dict.fromkeys(("10004", "10014", "10019", "10020", "10021"), GeocoderRateLimited),
    **dict.fromkeys(("10015", "10016"), GeocoderUnavailable),
    **dict.fromkeys(
        ("10001", "10002", "10005", "10006", "10007", "10008", "10009", "10012", "10013"),
        GeocoderAuthenticationFailure,
    ),
    **dict.fromkeys(("20000", "20001", "20002"), GeocoderQueryError),
}
_NOTHING = "30001"


class AMap(CodedGeocoder):
    """GCJ-02; an empty value is []."""

    name = "amap"
    label = "高德地图"
    datum = Datum.GCJ02
    batch_size = 10
    PATH = "/v3/geocode/geo"

    def __init__(
        self, key: str, *, url: str, city: str, hosts: Hosts, timeout_s: float = 10.0
    ) -> None:
        super().__init__(key, url=url, hosts=hosts, timeout_s=timeout_s)
        self._city = city

    def ask(self, queries: Sequence[Query]) -> list[Outcome]:
        """A batch, even of one: so an address gets the same answer in whatever company."""
        lines = "|".join(each.line for each in queries)
        with in_our_words():
            places = self._one({**self._parameters(lines), "batch": "true"})
            if len(queries) == 1:
                return [self._answers(places)]
            if len(places) != len(queries):
                raise MisalignedError(f"{len(places)} answers to {len(queries)} questions")
            return [self._answers([place]) for place in places]

    def places(self, page: Place) -> list[Place]:
        code = str(page.get("infocode", ""))
        if code == _NOTHING:
            return []
        if str(page.get("status")) != "1":
            raise by_code(code, _CODES)
        found: Any = page.get("geocodes")
        if not isinstance(found, list):
            raise GeocoderParseError("no list of geocodes")
        return found

    def answer(self, place: Place) -> Answer | None:
        level = AMAP.get(words(place.get("level")))
        pair = words(place.get("location"))
        if level is None or not pair:
            return None
        lon, _, lat = pair.partition(",")
        text = partial(_text, place)
        return Answer(
            lon=degrees(lon, limit=180.0),
            lat=degrees(lat, limit=90.0),
            level=level,
            road=text("street"),
            district=text("district"),
            town=text("township"),
            number=text("number"),
            matched=text("formatted_address"),
        )

    def _parameters(self, line: str) -> dict[str, str]:
        return {"key": self._key, "address": line, "city": self._city, "output": "JSON"}


def _text(place: Place, field: str) -> str:
    return words(place.get(field))
