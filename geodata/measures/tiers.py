"""1+44+N+X against the register in the database: what is missing, by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.coverage.tiers import Completeness, Counted, completeness, counted
from geodata.kinds import KINDS, Kind, Status, Tier
from geodata.measures.matching import Sign, Signs, match
from geodata.place.address import canonical, parse
from geodata.place.district import canonical_district
from geodata.tables import Place, RegisterEntry, ServicePoint

_Found = tuple[ServicePoint, Place]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register and what was found for it.

    `present` when that stands in service; `found` names what stands there otherwise, with its
    status, and is empty when nothing was found.
    """

    id: int
    kind: Kind
    name: str
    district: str
    town: str
    present: bool
    found: str
    status: Status | None
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class KindTier:
    """One kind against the register; `found.share` is None while no register names the kind."""

    kind: Kind
    in_service: int
    found: Completeness[int]


@dataclass(frozen=True, slots=True)
class TiersView:
    """Completeness by kind, the lines behind it, and how many doors serve how many functions."""

    count_rectifying: bool
    district: str
    kinds: tuple[KindTier, ...]
    lines: tuple[Line, ...]
    doors: Counted

    @property
    def has_register(self) -> bool:
        return bool(self.lines)

    def missing(self, kind: Kind) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind is kind and not line.present)


def tiers_view(
    session: Session, *, count_rectifying: bool = False, district: str = ""
) -> TiersView:
    """The register of the city, or of one district, against what stands in service."""
    open_in = {Status.PLAQUED, Status.RECTIFYING} if count_rectifying else {Status.PLAQUED}
    points = _points(session, open_in, district)
    lines = tuple(_lines(_register(session, district), points, open_in))
    serving = [(service, place) for service, place in points if service.status in open_in]
    doors: dict[int, set[Kind]] = {}
    for service, place in serving:
        doors.setdefault(place.id, set()).add(Kind(service.kind))
    return TiersView(
        count_rectifying=count_rectifying,
        district=district,
        kinds=tuple(
            _kind_tier(kind, lines, serving) for kind in Kind if KINDS[kind].tier is not Tier.NONE
        ),
        lines=lines,
        doors=counted(doors.values()),
    )


def _register(session: Session, district: str) -> list[RegisterEntry]:
    rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.id))
    return [row for row in rows if not district or _district(row.district) == district]


def _points(session: Session, open_in: set[Status], district: str) -> list[_Found]:
    """All service points, those in service first: a line is met by what serves, if anything."""
    rows = session.execute(select(ServicePoint, Place).join(Place).order_by(ServicePoint.id))
    here = [(s, place) for s, place in rows if not district or place.district == district]
    return sorted(here, key=lambda row: row[0].status not in open_in)


def _lines(
    register: Sequence[RegisterEntry], points: Sequence[_Found], open_in: set[Status]
) -> Iterator[Line]:
    met = match([_of_entry(row) for row in register], [_of_point(*row) for row in points])
    for row, one in zip(register, met, strict=True):
        service, place = points[one[0]] if one else (None, None)
        yield Line(
            id=row.id,
            kind=Kind(row.kind),
            name=row.name,
            district=_district(row.district),
            town=row.town,
            present=service is not None and service.status in open_in,
            found=(service.name or place.name) if service and place else "",
            status=Status(service.status) if service else None,
            sign=one[1] if one else None,
        )


def _of_entry(row: RegisterEntry) -> Signs:
    district = _district(row.district)
    address = parse(row.address)
    has_door = bool((address.road or address.lane) and address.number)
    return Signs(
        kind=Kind(row.kind),
        code=row.official_code,
        name=row.name,
        canonical=canonical(address, district) if has_door else "",
        district=district,
        town=row.town,
    )


def _of_point(service: ServicePoint, place: Place) -> Signs:
    return Signs(
        kind=Kind(service.kind),
        code=service.official_code,
        name=service.name or place.name,
        canonical=place.canonical,
        district=place.district,
        town=place.town,
    )


def _kind_tier(kind: Kind, lines: Sequence[Line], serving: Sequence[_Found]) -> KindTier:
    required = [line.id for line in lines if line.kind is kind]
    met = [line.id for line in lines if line.kind is kind and line.present]
    of_kind = sum(service.kind == kind for service, _ in serving)
    # What serves and no line asks for is surplus; it has no line's number.
    beyond = [-n for n in range(1, of_kind - len(met) + 1)]
    return KindTier(kind, of_kind, completeness(required, [*met, *beyond]))


def _district(text: str) -> str:
    return canonical_district(text) or text
