"""The values that travel between the packages: what a form declares, where a thing lies.

Everything here is frozen. Positions are WGS-84 longitude and latitude in degrees, lengths are
metres, absent text is an empty string, absent numbers and dates are None (never 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier, Works


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


REASON_LABELS: dict[Reason, tuple[str, str]] = {
    Reason.NO_ADDRESS: ("有名无址：表里没有地址", "Named, but the form gives no address"),
    Reason.NOT_FOUND: ("地名库里没有这个地址", "The gazetteer does not know this address"),
    Reason.AMBIGUOUS: (
        "同名不止一处，需要人来定",
        "More than one place fits; a person must decide",
    ),
    Reason.OUTSIDE: ("在本市范围以外", "Outside the city"),
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


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: one per row.

    `columns` maps a field to the column it was read from and the cell's text as written; columns
    that hold persons (names, mobiles, e-mails) are not in it.
    """

    file: str
    sheet: str
    row: int
    columns: Mapping[str, tuple[str, str]]
    form: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about a record that a person should look at; it does not stop the record."""

    code: str
    message: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person behind a record. Private: stored in a table no public query can reach."""

    name: str = ""
    mobile: str = ""
    email: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredService:
    """One service point as a form declares it."""

    kind: Kind
    name: str
    status: Status
    tier: Tier
    official_code: str = ""
    operator: str = ""
    works: Works | None = None
    year: int | None = None
    hours_text: str = ""
    area_m2: float | None = None
    facilities: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    public_phone: str = ""
    serves: str = ""
    enterprises: int | None = None
    workers: int | None = None
    funds_yuan: float | None = None
    due: str = ""
    half_days_per_week: float | None = None
    partner_clinic: str = ""
    model_room: bool = False
    complex_site: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredPlace:
    """One door with the service points behind it, as one row of a form declares them."""

    name: str
    address: str
    district: str
    town: str
    services: tuple[DeclaredService, ...]
    source: Source
    coordinates: Coordinates | None = None
    contacts: tuple[Contact, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredSite:
    """A park, building or mall whose workers need service.

    `canteen_seats` are its own; None is unknown, 0 is none. `lunch_declared` is the district's
    own word on 午餐难, None where the form says nothing.
    """

    name: str
    kind: SiteKind
    address: str
    district: str
    town: str
    source: Source
    enterprises: int | None = None
    workers: int | None = None
    clinic: Clinic = Clinic.UNKNOWN
    canteen_seats: int | None = None
    meal_quota: int | None = None
    cabinet_cells: int | None = None
    lunch_declared: bool | None = None
    coordinates: Coordinates | None = None
    contacts: tuple[Contact, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredOutlet:
    """A place to have lunch; `price_yuan` None is unknown."""

    name: str
    kind: OutletKind
    address: str
    district: str
    town: str
    source: Source
    seats: int | None = None
    turns: float | None = None
    quota: int | None = None
    price_yuan: float | None = None
    hours_text: str = ""
    coordinates: Coordinates | None = None
    contacts: tuple[Contact, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredWorkers:
    """Employees of a town (or, with an empty town, of a district) in a census year."""

    district: str
    town: str
    code: str
    workers: int
    year: int
    source: Source
    flags: tuple[Flag, ...] = ()


Declared = DeclaredPlace | DeclaredSite | DeclaredOutlet | DeclaredWorkers


@dataclass(frozen=True, slots=True)
class Placed:
    """A declared record with the outcome of locating it.

    `district` is where the position lies (the declared one while there is no point position);
    `flags` are those of the form and those that locating added.
    """

    declared: Declared
    address: Address | None
    outcome: Position | Unlocated
    district: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file, read, recognised and located, ready to be published in one transaction."""

    name: str
    sha256: str
    records: tuple[Placed, ...]
    rows_read: int
    rows_refused: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What publishing one file did, by count of records."""

    new: int = 0
    changed: int = 0
    same: int = 0


SAMPLE_PREFIX = "示例"


def is_sample(name: str) -> bool:
    """Whether a record is one of the invented samples; every screen that shows one says so."""
    return name.startswith(SAMPLE_PREFIX)
