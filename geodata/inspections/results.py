"""What the inspections of one checklist found, item by item; checklists are never added up."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.inspections.record import Found
from geodata.inspections.schemes import Item, Scheme
from geodata.tables import Inspection, Place, ServicePoint


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How often an item was found well, found wanting, not looked at."""

    item: Item
    ok: int
    not_ok: int
    not_looked: int


def results(
    session: Session, scheme: Scheme, *, districts: Collection[str] = ()
) -> tuple[ItemResult, ...]:
    """Every item of one checklist over its inspections, in some districts or in all."""
    query = select(Inspection.items).where(Inspection.scheme == scheme.key)
    if districts:
        query = query.join(ServicePoint, Inspection.service_point_id == ServicePoint.id)
        query = query.join(Place).where(Place.district.in_(districts))
    counted = Counter(
        (code, found) for items in session.scalars(query) for code, (found, _) in items.items()
    )
    return tuple(
        ItemResult(item, *(counted[item.code, found.value] for found in Found))
        for item in scheme.items
    )
