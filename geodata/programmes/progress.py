"""How far a year's points have come: declared, approved, built, plaqued, by district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.kinds import Status, Works
from geodata.programmes.targets import Measure, Target
from geodata.tables import Place, ServicePoint


class Stage(StrEnum):
    """How far a point has come; each includes those after it."""

    DECLARED = "declared"
    APPROVED = "approved"
    BUILT = "built"
    PLAQUED = "plaqued"


# What has been plaqued once counts as done, also under rectification or moved since.
_REACHED = {
    Status.DECLARED: Stage.DECLARED,
    Status.DISTRICT_REVIEWED: Stage.DECLARED,
    Status.CITY_APPROVED: Stage.APPROVED,
    Status.BUILDING: Stage.APPROVED,
    Status.ACCEPTED: Stage.BUILT,
    Status.PLAQUED: Stage.PLAQUED,
    Status.RECTIFYING: Stage.PLAQUED,
    Status.MOVED: Stage.PLAQUED,
}


@dataclass(frozen=True, slots=True)
class Declared:
    """One service point as the programmes see it; `works` or `year` of None: nobody said."""

    kind: str
    works: str | None
    year: int | None
    status: Status
    district: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many came how far; `dropped` were rejected, withdrawn, closed or delisted."""

    declared: int = 0
    approved: int = 0
    built: int = 0
    plaqued: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class DistrictProgress:
    """One district's part; `short` is how many declarations it lacks of its minimum."""

    district: str
    tally: Tally
    short: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One measure of one year.

    `without_year` points of the kind name no year, `without_works` of this year do not say
    whether they are new or upgrades: both may belong here, neither is counted.
    """

    target: Target
    city: Tally
    districts: tuple[DistrictProgress, ...]
    without_year: int
    without_works: int

    @property
    def missing(self) -> int:
        """How many plaques are still to come."""
        return max(0, self.target.target - self.city.plaqued)

    @property
    def short(self) -> tuple[DistrictProgress, ...]:
        """Districts that declared less than their minimum."""
        return tuple(one for one in self.districts if one.short)


def declared(session: Session) -> list[Declared]:
    """All service points, of any status."""
    rows = session.execute(
        select(
            ServicePoint.kind,
            ServicePoint.works,
            ServicePoint.year,
            ServicePoint.status,
            Place.district,
        )
        .join(Place, Place.id == ServicePoint.place_id)
        .where(Place.merged_into.is_(None))
    )
    return [Declared(kind, works, year, Status(at), where) for kind, works, year, at, where in rows]


def progress(
    points: Iterable[Declared], target: Target, year: int, districts: Sequence[str]
) -> Progress:
    """One measure; every district of `districts` has its row, also with nothing in it."""
    measure = target.measure
    of_kind = [one for one in points if one.kind == measure.kind]
    of_year = [one for one in of_kind if one.year == year]
    counted = [one for one in of_year if _fits(one, measure)]
    rows = []
    for district in districts:
        tally = _tally(one for one in counted if one.district == district)
        short = max(0, target.per_district - tally.declared)
        rows.append(DistrictProgress(district, tally, short))
    return Progress(
        target=target,
        city=_tally(counted),
        districts=tuple(rows),
        without_year=sum(one.year is None for one in of_kind),
        without_works=sum(one.works is None for one in of_year) if measure.works else 0,
    )


def _fits(one: Declared, measure: Measure) -> bool:
    return measure.works is None or one.works == Works(measure.works)


def _tally(points: Iterable[Declared]) -> Tally:
    order = list(Stage)
    counts = dict.fromkeys(Stage, 0)
    dropped = 0
    for one in points:
        if one.status is Status.SURVEYED:
            continue
        reached = _REACHED.get(one.status)
        if reached is None:
            dropped += 1
            continue
        for stage in order[: order.index(reached) + 1]:
            counts[stage] += 1
    return Tally(
        declared=counts[Stage.DECLARED],
        approved=counts[Stage.APPROVED],
        built=counts[Stage.BUILT],
        plaqued=counts[Stage.PLAQUED],
        dropped=dropped,
    )
