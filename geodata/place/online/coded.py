"""What the Chinese services have in common: a key, an own host, errors as codes in the body."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from geopy.exc import GeocoderParseError, GeocoderServiceError, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geodata.model import Datum
from geodata.outside.hosts import Hosts
from geodata.place.online.answer import Answer
from geodata.place.online.errors import ProviderError, in_our_words
from geodata.place.online.query import Query
from geodata.place.online.transport import adapter_to

Place = Mapping[str, Any]
Outcome = tuple[Answer, ...] | ProviderError


class CodedGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """A geopy geocoder whose answers carry a code; `CODES` says which exception each one is.

    Codes that stand in no table are taken for a fault of the service, which passes.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    datum: ClassVar[Datum]
    batch_size: ClassVar[int] = 1
    counts_each: ClassVar[bool] = False
    PATH: ClassVar[str]

    def __init__(self, key: str, *, url: str, hosts: Hosts, timeout_s: float = 10.0) -> None:
        super().__init__(timeout=timeout_s, user_agent="zhitu", adapter_factory=adapter_to(hosts))
        self._key = key
        self._url = url.rstrip("/")

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """geopy's own call: locations in the datum of the provider, with its answer as `raw`."""
        found = self._one({**self._parameters(query)}, timeout=timeout)
        places = [
            Location(answer.matched or query, (answer.lat, answer.lon), place)
            for place in found
            if (answer := self.answer(place)) is not None
        ]
        if not places:
            return None
        return places[0] if exactly_one else places

    def ask(self, queries: Sequence[Query]) -> list[Outcome]:
        """What each question got, in order; raises a `ProviderError` that concerns them all."""
        with in_our_words():
            return [self._answers(self._one(self._asked(each))) for each in queries]

    def places(self, page: Place) -> list[Place]:
        """The places of a page; a code that is an error is raised as geopy's exception for it."""
        raise NotImplementedError

    def answer(self, place: Place) -> Answer | None:
        """What one place of a page says; None when it is no place in a city."""
        raise NotImplementedError

    def _parameters(self, line: str) -> dict[str, str]:
        raise NotImplementedError

    def _asked(self, query: Query) -> dict[str, str]:
        return self._parameters(query.line)

    def _one(self, parameters: Mapping[str, str], timeout: Any = DEFAULT_SENTINEL) -> list[Place]:
        address = f"{self._url}{self.PATH}?{urlencode(parameters)}"
        found: list[Place] = self._call_geocoder(
            address, partial(page_of, self.places), timeout=timeout
        )
        return found

    def _answers(self, places: Sequence[Place]) -> tuple[Answer, ...]:
        found = (self.answer(place) for place in places)
        return tuple(answer for answer in found if answer is not None)


def page_of(places: Any, page: Any) -> list[Place]:
    """A page that is an object, read; a list, a number or null is none."""
    if not isinstance(page, dict):
        raise GeocoderParseError("answer is no object")
    found: list[Place] = places(page)
    return found


def by_code(code: Any, table: Mapping[str, type[GeopyError]]) -> GeopyError:
    """The exception a code stands for, its message the code alone: a text may repeat the key."""
    shown = str(code)[:12]
    return table.get(shown, GeocoderServiceError)(f"code {shown}")
