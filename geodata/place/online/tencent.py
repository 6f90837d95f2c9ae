"""Tencent (腾讯) geocoder v1."""

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
)

from geodata.model import Datum
from geodata.place.online.answer import Answer, degrees, reaches, words
from geodata.place.online.coded import CodedGeocoder, Place, by_code
from geodata.place.online.levels import TENCENT, step_down

_CODES = {
    **dict.fromkeys(
        ("110", "111", "112", "113", "190", "199", "311"), GeocoderAuthenticationFailure
    ),
    "120": GeocoderRateLimited,
    "121": GeocoderQuotaExceeded,
    **dict.fromkeys(("300", "301", "306", "310", "332", "348"), GeocoderQueryError),
}
_NOTHING = "347"
_SURE = 7


class Tencent(CodedGeocoder):
    """GCJ-02; the address must hold the city, which `Query.line` begins with."""

    name = "tencent"
    label = "腾讯地图"
    datum = Datum.GCJ02
    PATH = "/ws/geocoder/v1/"

    def places(self, page: Place) -> list[Place]:
        code = str(page.get("status"))
        if code == _NOTHING:
            return []
        if code != "0":
            raise by_code(code, _CODES)
        return [page["result"]] if page.get("result") else []

    def answer(self, place: Place) -> Answer | None:
        level = TENCENT.get(int(place.get("level") or 0))
        if level is None:
            return None
        named = place.get("address_components") or {}
        return Answer(
            lon=degrees(place["location"]["lng"], limit=180.0),
            lat=degrees(place["location"]["lat"], limit=90.0),
            level=step_down(level, unless=reaches(place.get("reliability"), _SURE)),
            road=words(named.get("street")),
            district=words(named.get("district")),
            number=words(named.get("street_number")),
            matched=words(place.get("title")),
        )

    def _parameters(self, line: str) -> dict[str, str]:
        return {"address": line, "key": self._key}
