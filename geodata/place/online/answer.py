"""One answer of a provider as it was given, and the candidate made of it."""

import math
import re
from dataclasses import dataclass
from typing import Any

from geopy.exc import GeocoderParseError

from geodata.model import Address, Datum, Level, Position
from geodata.place.candidate import Candidate
from geodata.place.datum import convert
from geodata.place.online.levels import step_down

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A position in the provider's own datum, and what the provider says it stands for."""

    lon: float
    lat: float
    level: Level
    road: str = ""
    district: str = ""
    town: str = ""
    number: str = ""
    matched: str = ""


def degrees(value: Any, *, limit: float) -> float:
    """A number or a string that holds one; providers send both."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise GeocoderParseError("a coordinate is no number") from None
    if not math.isfinite(found) or abs(found) > limit:
        raise GeocoderParseError("a coordinate is not on Earth")
    return found


def reaches(score: Any, least: float) -> bool:
    """Whether a score reaches a bar; one that is not given is not doubted."""
    return score is None or degrees(score, limit=1e6) >= least


def words(value: Any) -> str:
    """A text; AMap sends [] for an empty one, others null."""
    return value.strip() if isinstance(value, str) else ""


def candidate(
    answer: Answer, asked: Address, *, provider: str, label: str, datum: Datum
) -> Candidate:
    """The answer in WGS-84 with the error its level has.

    Another door's number than the one asked for makes a door a guess along the road.
    """
    lon, lat = convert(answer.lon, answer.lat, source=datum, target=Datum.WGS84)
    level = answer.level
    if level is Level.NUMBER and _is_another_door(answer.number, asked):
        level = step_down(level, unless=False)
    return Candidate(
        position=Position(
            lon=round(float(lon), 7),
            lat=round(float(lat), 7),
            level=level,
            error_m=level.prior_error_m,
            source=label,
            datum=datum,
        ),
        provider=provider,
        road=answer.road,
        district=answer.district,
        town=answer.town,
        matched=answer.matched,
    )


def _is_another_door(number: str, asked: Address) -> bool:
    """Whether none of the numbers asked for is in the one returned: a lane is not a door in it."""
    told = set(_NUMBER.findall(number))
    wanted = {part for text in asked.number or (asked.lane,) for part in _NUMBER.findall(text)}
    return bool(told and wanted) and not told & wanted
