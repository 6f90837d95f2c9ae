"""Where a thing lies: datums, levels, positions, addresses taken apart.

Everything here is frozen. Positions are WGS-84 longitude and latitude in degrees, lengths are
metres, absent text is an empty string, absent numbers and dates are None (never 0).
"""

from dataclasses import dataclass
from enum import StrEnum


class Datum(StrEnum):
    """The datum coordinates are given in; CGCS2000 equals WGS-84 to within a metre."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


class Level(StrEnum):
    """How fine a position is. `rank` orders them, `prior_error_m` holds until data say better."""

    SURVEYED = "surveyed"
    MANUAL = "manual"
    METRO_EXIT = "metro_exit"
    NUMBER = "number"
    LANE_NUMBER = "lane_number"
    POI = "poi"
    LANE = "lane"
    INTERSECTION = "intersection"
    INTERPOLATED = "interpolated"
    METRO_STATION = "metro_station"
    ROAD = "road"
    TOWN = "town"
    DISTRICT = "district"

    @property
    def rank(self) -> int:
        return _LEVELS[self][0]

    @property
    def prior_error_m(self) -> float:
        return _LEVELS[self][1]

    @property
    def is_point(self) -> bool:
        """Whether the position is a spot to walk to; a road, town or district is an area."""
        return self.rank >= Level.METRO_STATION.rank


_LEVELS: dict[Level, tuple[int, float]] = {
    Level.SURVEYED: (100, 5.0),
    Level.MANUAL: (95, 15.0),
    Level.METRO_EXIT: (90, 40.0),
    Level.NUMBER: (85, 90.0),
    Level.LANE_NUMBER: (85, 90.0),
    Level.POI: (80, 120.0),
    Level.LANE: (70, 150.0),
    Level.INTERSECTION: (60, 120.0),
    Level.INTERPOLATED: (60, 300.0),
    Level.METRO_STATION: (55, 200.0),
    Level.ROAD: (30, 1500.0),
    Level.TOWN: (20, 2000.0),
    Level.DISTRICT: (10, 6000.0),
}


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A pair as a form gives it, in the datum the form names; `surveyed` only if it says so."""

    lon: float
    lat: float
    datum: Datum
    surveyed: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Where an address lies. The true place is within `error_m` nine times in ten."""

    lon: float
    lat: float
    level: Level
    error_m: float
    source: str
    datum: Datum = Datum.WGS84


class Reason(StrEnum):
    """Why an address has no position."""

    NO_ADDRESS = "no_address"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"
    REVIEW = "review"
    NOT_A_PLACE = "not_a_place"


REASON_LABELS: dict[Reason, tuple[str, str]] = {
    Reason.NO_ADDRESS: ("有名无址：表里没有地址", "Named, but the form gives no address"),
    Reason.NOT_FOUND: ("地名库里没有这个地址", "The gazetteer does not know this address"),
    Reason.AMBIGUOUS: (
        "同名不止一处，需要人来定",
        "More than one place fits; a person must decide",
    ),
    Reason.OUTSIDE: ("在本市范围以外", "Outside the city"),
    Reason.REVIEW: (
        "查到的位置有疑问，需要人来定",
        "What was found is in doubt; a person must decide",
    ),
    Reason.NOT_A_PLACE: ("人工核定：不是一个地点", "A person decided that this is no place"),
}


@dataclass(frozen=True, slots=True)
class Unlocated:
    """No position, and why."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; `geodata.place.address.parse` makes it, `text` is as written."""

    text: str
    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    area: str = ""
    road: str = ""
    road2: str = ""
    estate: str = ""
    lane: str = ""
    sublane: str = ""
    number: tuple[str, ...] = ()
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    poi: str = ""
    metro_lines: tuple[str, ...] = ()
    metro_station: str = ""
    metro_exits: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    postcode: str = ""
    note: str = ""
