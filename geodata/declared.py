"""What a form declares, and the same once it has been located.

Everything here is frozen. Absent text is an empty string, absent numbers and dates are None
(never 0). `extra` holds what a row says in columns that no field takes, header to text as
written; columns that hold persons are not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geodata.hours import Hours
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier, Works
from geodata.model import Address, Coordinates, Position, Unlocated
from geodata.place.candidate import Candidate, Doubt, Verdict


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: one per row.

    `columns` maps a field to the column it was read from, the cell's text as written, and how it
    was changed since if it was; columns that hold persons (names, mobiles, e-mails) are not in it.
    """

    file: str
    sheet: str
    row: int
    columns: Mapping[str, tuple[str, ...]]
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
    """One service point as a form declares it.

    `grade` is what its kind is qualified with (微型, 五星级, 市级示范点), `union` the 区局工会 that
    handed the form in.
    """

    kind: Kind
    name: str
    status: Status
    tier: Tier
    official_code: str = ""
    operator: str = ""
    works: Works | None = None
    year: int | None = None
    hours_text: str = ""
    hours: Hours | None = None
    area_m2: float | None = None
    facilities: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    public_phone: str = ""
    serves: str = ""
    enterprises: int | None = None
    workers: int | None = None
    funds_yuan: float | None = None
    due: str = ""
    due_on: date | None = None
    half_days_per_week: float | None = None
    partner_clinic: str = ""
    model_room: bool = False
    complex_site: bool = False
    grade: str = ""
    union: str = ""
    notes: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


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
    extra: Mapping[str, str] = field(default_factory=dict)
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
    hours: Hours | None = None
    coordinates: Coordinates | None = None
    contacts: tuple[Contact, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
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
    extra: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredRequirement:
    """One line of the register (名册): what must exist in a town, zone or building, by name."""

    name: str
    kind: Kind
    district: str
    town: str
    source: Source
    official_code: str = ""
    address: str = ""
    notes: str = ""
    contacts: tuple[Contact, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredApplication:
    """A union's application for on-site training: at which point, how many heads, when.

    `point` is the training point as written (its number or name), `dates` as written; `notes`
    keeps the blocks of the form that no field takes.
    """

    union: str
    point: str
    heads: int | None
    dates: str
    district: str
    source: Source
    notes: str = ""
    contacts: tuple[Contact, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()


DeclaredLocated = DeclaredPlace | DeclaredSite | DeclaredOutlet
DeclaredKeyed = DeclaredWorkers | DeclaredRequirement | DeclaredApplication
Declared = DeclaredLocated | DeclaredKeyed


@dataclass(frozen=True, slots=True)
class Placed:
    """A declared record with the outcome of locating it.

    `district` is where the position lies (the declared one while there is no point position);
    `flags` are those of the form and those that locating added. `verdict` and `doubts` are about
    the position; `candidates` are all that was found, unless the gazetteer's alone was accepted.
    Publishing hands every record to `geodata.review.candidates.keep_candidates`.
    """

    declared: Declared
    address: Address | None
    outcome: Position | Unlocated
    district: str
    flags: tuple[Flag, ...] = ()
    verdict: Verdict = Verdict.ACCEPT
    doubts: tuple[Doubt, ...] = ()
    candidates: tuple[Candidate, ...] = ()


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
    """What publishing one file did, by count of rows; `repeated` say what an earlier row said."""

    new: int = 0
    changed: int = 0
    same: int = 0
    repeated: int = 0


SAMPLE_PREFIX = "示例"


def is_sample(name: str) -> bool:
    """Whether a record is one of the invented samples; every screen that shows one says so."""
    return name.startswith(SAMPLE_PREFIX)
