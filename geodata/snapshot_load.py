"""Places out of the database, as the public may know them: columns, not objects, for speed."""

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from json import loads
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from geodata.database import as_json
from geodata.declared import is_sample
from geodata.hours import Hours, from_json
from geodata.kinds import Kind, Status
from geodata.model import REASON_LABELS, Level, Reason
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import PUBLIC, Snapshot
from geodata.tables import DataVersion, Place, ServicePoint

# What the public needs to know of our doubts; the others concern the form, not the place.
PUBLIC_FLAGS = frozenset({"district_mismatch"})
AREA_REASON = (
    "地名库里没有这个地址，只知道在哪个区",
    "The gazetteer does not know this address; only its district is known",
)
_SPOTS = frozenset(level.value for level in Level if level.is_point)
_KINDS = {kind.value: kind for kind in Kind}
_STATUSES = {status.value: status for status in Status}
# JSON columns travel as text: most rows say the same, and each text is read once.
_PLACES = select(
    Place.id,
    Place.name,
    Place.district,
    Place.town,
    Place.address,
    Place.lon,
    Place.lat,
    Place.level,
    Place.error_m,
    Place.reason,
    cast(Place.flags, Text),
).order_by(Place.id)
_SERVICES = select(
    ServicePoint.place_id,
    ServicePoint.id,
    ServicePoint.kind,
    ServicePoint.name,
    ServicePoint.status,
    ServicePoint.hours_text,
    cast(ServicePoint.hours, Text),
    cast(ServicePoint.facilities, Text),
    cast(ServicePoint.services, Text),
    ServicePoint.operator,
    ServicePoint.public_phone,
    ServicePoint.area_m2,
    ServicePoint.year,
).order_by(ServicePoint.id)


def load_snapshot(session: Session, statuses: Collection[Status] = PUBLIC) -> Snapshot:
    """Read all places with a service in one of the statuses."""
    version = session.scalar(select(DataVersion.number)) or 0
    wanted = [status.value for status in statuses]
    behind: dict[int, list[PublicService]] = defaultdict(list)
    # Through the session, which leaves out what was merged into another record.
    for place_id, *row in session.execute(_SERVICES.where(ServicePoint.status.in_(wanted))):
        behind[place_id].append(_service(*row))
    places = (
        _place(tuple(behind[row[0]]), *row) for row in session.execute(_PLACES) if row[0] in behind
    )
    return Snapshot(version, tuple(places))


def public_place(row: Place, statuses: Collection[Status]) -> PublicPlace:
    """A place with the services that stand in one of the statuses."""
    services = tuple(_of_row(one) for one in row.services if one.status in statuses)
    spot = (row.lon, row.lat, row.level, row.error_m, row.reason, as_json(row.flags))
    return _place(services, row.id, row.name, row.district, row.town, row.address, *spot)


def _of_row(row: ServicePoint) -> PublicService:
    said = (row.hours_text, as_json(row.hours) if row.hours else None)
    lists = (as_json(row.facilities), as_json(row.services))
    return _service(
        *(row.id, row.kind, row.name, row.status, *said, *lists),
        *(row.operator, row.public_phone, row.area_m2, row.year),
    )


def _place(services: tuple[PublicService, ...], *row: Any) -> PublicPlace:
    id_, name, district, town, address, lon, lat, level, error_m, reason, flags = row
    spot = level in _SPOTS
    why = ("", "") if spot else _why_unplaced(reason)
    return PublicPlace(
        id=id_,
        name=name,
        district=district,
        town=town,
        address=address,
        lon=lon if spot else None,
        lat=lat if spot else None,
        level=level or "",
        error_m=error_m if spot else None,
        reason=why[0],
        reason_en=why[1],
        flags=_flags(flags),
        services=services,
        sample=is_sample(name),
    )


def _service(*row: Any) -> PublicService:
    id_, kind, name, status, hours_text, hours, facilities, services, *rest = row
    operator, public_phone, area_m2, year = rest
    return PublicService(
        kind=_KINDS[kind],
        name=name,
        status=_STATUSES[status],
        hours_text=hours_text,
        facilities=_texts(facilities),
        services=_texts(services),
        operator=operator,
        public_phone=public_phone,
        area_m2=area_m2,
        year=year,
        hours=_calendar(hours) if hours else None,
        id=id_,
    )


def _why_unplaced(reason: str) -> tuple[str, str]:
    return REASON_LABELS[Reason(reason)] if reason else AREA_REASON


@lru_cache(maxsize=65_536)
def _calendar(stored: str) -> Hours | None:
    """Equal hours are one object, so that a city's calendars are few."""
    return from_json(loads(stored))


@lru_cache(maxsize=65_536)
def _texts(stored: str) -> tuple[str, ...]:
    return tuple(loads(stored))


@lru_cache(maxsize=65_536)
def _flags(stored: str) -> tuple[str, ...]:
    return tuple(flag["message"] for flag in loads(stored) if flag["code"] in PUBLIC_FLAGS)
