"""Baidu (百度) geocoding v3, asked for GCJ-02, twenty addresses a request.

geopy's `BaiduV3` cannot be used: it gives BD-09 without saying so, puts the level where the
address belongs, and raises for an address that is not found as for a fault.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
)

from geodata.model import Datum
from geodata.place.online.answer import Answer, degrees, reaches, words
from geodata.place.online.coded import CodedGeocoder, Outcome, Place, by_code, page_of
from geodata.place.online.errors import MisalignedError, ProviderError, in_our_words
from geodata.place.online.levels import BAIDU, named_poi, step_down
from geodata.place.online.query import Query

_KEY_CODES = ("3", "5", *map(str, range(101, 103)), *map(str, range(200, 300)))
_CODES = {
    "2": GeocoderQueryError,
    **dict.fromkeys(_KEY_CODES, GeocoderAuthenticationFailure),
    **dict.fromkeys(("4", "301", "302"), GeocoderQuotaExceeded),
    **dict.fromkeys(("401", "402"), GeocoderRateLimited),
}
_MOST_BYTES = 84
_SURE = 80
# Baidu advises against its batches and means to withdraw them.
_WITHDRAWN = frozenset({404, 405, 410})
_FAULT = ("内部", "internal")


class Baidu(CodedGeocoder):
    """BD-09 unless asked otherwise, which this does."""

    name = "baidu"
    label = "百度地图"
    datum = Datum.GCJ02
    batch_size = 20
    counts_each = True
    PATH = "/geocoding/v3/"

    def ask(self, queries: Sequence[Query]) -> list[Outcome]:
        """One question as a GET, several as a batch of them."""
        if len(queries) == 1:
            return super().ask(queries)
        body = {"reqs": [{"method": "get", "url": self._path(each)} for each in queries]}
        with in_our_words():
            results = self._batch(body, len(queries))
        return [self._outcome(result) for result in results]

    def places(self, page: Place) -> list[Place]:
        code = str(page.get("status"))
        message = f"{page.get('msg', '')}{page.get('message', '')}".lower()
        # 1 is an address not found, and also a fault of the server: the words tell which.
        if code == "1" and not any(word in message for word in _FAULT):
            return []
        if code != "0":
            raise by_code(code, _CODES)
        result = page.get("result")
        if result in (None, [], {}):
            return []
        if not isinstance(result, dict):
            raise GeocoderParseError("no result")
        return [result]

    def answer(self, place: Place) -> Answer | None:
        level = named_poi(words(place.get("level")), BAIDU)
        if level is None:
            return None
        sure = str(place.get("precise")) != "0" and reaches(place.get("comprehension"), _SURE)
        return Answer(
            lon=degrees(place["location"]["lng"], limit=180.0),
            lat=degrees(place["location"]["lat"], limit=90.0),
            level=step_down(level, unless=sure),
        )

    def _outcome(self, result: Any) -> Outcome:
        """One entry of a batch; its own error must not cost what the others brought."""
        try:
            with in_our_words():
                return self._answers(page_of(self.places, result))
        except ProviderError as error:
            return error

    def _batch(self, body: Any, asked: int) -> list[Place]:
        try:
            page = self.adapter.post_json(
                f"{self._url}/batch", body, timeout=self.timeout, headers=self.headers
            )
        except AdapterHTTPError as error:
            if error.status_code in _WITHDRAWN:
                raise MisalignedError("no batches any more") from None
            self._adapter_error_handler(error)
            raise
        results = page_of(_results, page)
        if len(results) != asked:
            raise MisalignedError(f"{len(results)} answers to {asked} questions")
        return results

    def _path(self, query: Query) -> str:
        return f"{self.PATH}?{urlencode(self._asked(query))}"

    def _asked(self, query: Query) -> dict[str, str]:
        return self._parameters(query.fitting(most_bytes=_MOST_BYTES), city=query.city)

    def _parameters(self, line: str, city: str = "") -> dict[str, str]:
        asked = {"address": line, "ret_coordtype": "gcj02ll", "output": "json", "ak": self._key}
        return {**asked, "city": city} if city else asked


def _results(page: Place) -> list[Place]:
    if str(page.get("status")) != "0":
        raise by_code(page.get("status"), _CODES)
    found: Any = page.get("batch_result")
    if not isinstance(found, list):
        raise GeocoderParseError("no list of results")
    return found
