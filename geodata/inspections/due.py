"""Cards that were given, and the rectifications that are overdue."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geodata.inspections.cards import Colour
from geodata.tables import Card, Place, ServicePoint


@dataclass(frozen=True, slots=True)
class Given:
    """A card and the service point that has it; a yellow one is open while `closed_on` is None."""

    id: int
    service_id: int
    place_id: int
    name: str
    kind: str
    district: str
    union: str
    colour: Colour
    on: date
    due_on: date | None
    reason: str
    by: str
    closed_on: date | None
    closed_by_inspection: int | None

    def is_open(self, on: date) -> bool:
        """Whether it is a yellow card whose rectification runs on a day."""
        given = self.colour is Colour.YELLOW and self.on <= on
        return given and (self.closed_on is None or self.closed_on > on)

    def days_over(self, on: date) -> int:
        """Whole days since its last day passed, 0 while it has time."""
        if self.due_on is None or not self.is_open(on):
            return 0
        return max(0, (on - self.due_on).days)


def cards(
    session: Session, *, service_id: int | None = None, only_open: bool = False
) -> tuple[Given, ...]:
    """Cards of one service point or of all, the oldest first."""
    query = _all()
    if service_id is not None:
        query = query.where(Card.service_point_id == service_id)
    if only_open:
        query = query.where(Card.colour == Colour.YELLOW.value, Card.closed_on.is_(None))
    return tuple(_given(*row) for row in session.execute(query))


def overdue(session: Session, on: date) -> tuple[Given, ...]:
    """Yellow cards still open on a day that is past their last, the longest overdue first."""
    query = _all().where(Card.colour == Colour.YELLOW.value, Card.due_on < on)
    given = (_given(*row) for row in session.execute(query.order_by(None).order_by(Card.due_on)))
    return tuple(one for one in given if one.is_open(on))


def _all() -> Select[Card, ServicePoint, Place]:
    return (
        select(Card, ServicePoint, Place)
        .join(ServicePoint, Card.service_point_id == ServicePoint.id)
        .join(Place, ServicePoint.place_id == Place.id)
        .order_by(Card.on, Card.id)
    )


def _given(card: Card, point: ServicePoint, place: Place) -> Given:
    return Given(
        id=card.id,
        service_id=point.id,
        place_id=place.id,
        name=point.name or place.name,
        kind=point.kind,
        district=place.district,
        union=point.union,
        colour=Colour(card.colour),
        on=card.on,
        due_on=card.due_on,
        reason=card.reason,
        by=card.by,
        closed_on=card.closed_on,
        closed_by_inspection=card.closed_by_inspection,
    )
