"""Yellow and red cards: mend it by a day, or lose the plaque."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record as audit
from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError, ParameterError
from geodata.inspections.record import InspectionKind
from geodata.kinds import Status
from geodata.lifecycle.move import allowed, confirm, move
from geodata.lifecycle.point import must_be, point_of
from geodata.tables import Card, Inspection, ServicePoint
from geodata.version import grow_version


class Colour(StrEnum):
    """Yellow asks for a rectification, red ends it."""

    YELLOW = "yellow"
    RED = "red"


def yellow(
    session: Session,
    service_id: int,
    *,
    on: date,
    due_on: date,
    reason: str,
    by: Person,
    today: date | None = None,
) -> int:
    """Give a yellow card: the point is under rectification until `due_on`; the card's number.

    A point that a file has under rectification stays there, now by a person's word.

    Raises:
        NotFoundError, ForbiddenError, ParameterError: as for any move.
    """
    point = point_of(session, service_id, by=by)
    if due_on <= on:
        raise ParameterError("整改期限要晚于发牌日期。")
    if point.status == Status.RECTIFYING:
        _has_none(session, point, reason, by)
        confirm(session, point, on=on, reason=reason, by=by, today=today)
        return _give(session, point, Colour.YELLOW, on=on, due_on=due_on, reason=reason, by=by)
    allowed(session, point, Status.RECTIFYING, on=on, reason=reason, by=by, today=today)
    number = _give(session, point, Colour.YELLOW, on=on, due_on=due_on, reason=reason, by=by)
    move(session, service_id, Status.RECTIFYING, on=on, reason=reason, by=by, today=today)
    return number


def red(
    session: Session,
    service_id: int,
    *,
    on: date,
    reason: str,
    by: Person,
    today: date | None = None,
) -> int:
    """Give a red card: the point is delisted that day; the card's number.

    Raises:
        NotFoundError, ForbiddenError, ParameterError: as for any move.
    """
    point = point_of(session, service_id, by=by)
    allowed(session, point, Status.DELISTED, on=on, reason=reason, by=by, today=today)
    number = _give(session, point, Colour.RED, on=on, due_on=None, reason=reason, by=by)
    move(session, service_id, Status.DELISTED, on=on, reason=reason, by=by, today=today)
    return number


def resolve(
    session: Session,
    service_id: int,
    inspection_id: int,
    *,
    on: date,
    by: Person,
    today: date | None = None,
) -> None:
    """Close the open yellow card by an inspection that it passed: the plaque stays.

    Raises:
        NotFoundError: there is no such inspection of this point.
        ForbiddenError, ParameterError: as for any move.
    """
    found = session.get(Inspection, inspection_id)
    if found is None or found.service_point_id != service_id:
        raise NotFoundError(f"这个点位没有编号为 {inspection_id} 的检查。")
    if not found.passed or found.kind == InspectionKind.SELF:
        raise ParameterError("恢复挂牌要有区或市的复查，结论为合格。")
    if found.on > on:
        raise ParameterError("恢复挂牌的日期不能早于复查。")
    open_cards = list(session.scalars(_open(service_id)))
    if any(found.on < card.on for card in open_cards):
        raise ParameterError("复查早于发牌日期，不能用来销牌。")
    move(session, service_id, Status.PLAQUED, on=on, reason="复查合格", by=by, today=today)
    for card in open_cards:
        card.closed_on, card.closed_by_inspection = on, found.id


def _has_none(session: Session, point: ServicePoint, reason: str, by: Person) -> None:
    must_be(Role.REVIEWER, by, "发黄牌")
    if not reason.strip():
        raise ParameterError("发黄牌要写原因。")
    if session.scalars(_open(point.id)).first():
        raise ParameterError("这个点位已有未销的黄牌。")


def _give(
    session: Session,
    point: ServicePoint,
    colour: Colour,
    *,
    on: date,
    due_on: date | None,
    reason: str,
    by: Person,
) -> int:
    row = Card(
        service_point_id=point.id,
        colour=colour.value,
        on=on,
        due_on=due_on,
        reason=reason.strip(),
        by=by.login,
    )
    session.add(row)
    session.flush()
    audit(
        session,
        by=by.login,
        action=f"card.{colour.value}",
        table="service_point",
        record_id=point.id,
        district=point.place.district,
        detail={"card": row.id, "due_on": str(due_on) if due_on else None},
    )
    grow_version(session)
    return row.id


def _open(service_id: int) -> Select[Card]:
    return select(Card).where(
        Card.service_point_id == service_id, Card.colour == "yellow", Card.closed_on.is_(None)
    )
