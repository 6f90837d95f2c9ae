"""Tianditu (天地图), the national map's geocoder."""

import json
from typing import Any

from geopy.exc import GeocoderAuthenticationFailure, GeopyError

from geodata.model import Datum
from geodata.place.online.answer import Answer, degrees, reaches, words
from geodata.place.online.coded import CodedGeocoder, Place, by_code
from geodata.place.online.levels import BAIDU, named_poi, step_down

_CODES: dict[str, type[GeopyError]] = {"403": GeocoderAuthenticationFailure}
_NOTHING = "101"
_SURE = 80


class Tianditu(CodedGeocoder):
    """CGCS2000; numbers may come as strings, and refusals as HTTP 4xx."""

    name = "tianditu"
    label = "天地图"
    datum = Datum.CGCS2000
    PATH = "/geocoder"

    def places(self, page: Place) -> list[Place]:
        code = str(page.get("status"))
        if code == _NOTHING:
            return []
        if code != "0":
            raise by_code(code, _CODES)
        found: Any = page.get("location")
        return [found] if found else []

    def answer(self, place: Place) -> Answer | None:
        level = named_poi(words(place.get("level")), BAIDU)
        if level is None:
            return None
        return Answer(
            lon=degrees(place["lon"], limit=180.0),
            lat=degrees(place["lat"], limit=90.0),
            level=step_down(level, unless=reaches(place.get("score"), _SURE)),
            matched=words(place.get("keyWord")),
        )

    def _parameters(self, line: str) -> dict[str, str]:
        return {"ds": json.dumps({"keyWord": line}, ensure_ascii=False), "tk": self._key}
