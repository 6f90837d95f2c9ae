"""Moving a service point along the table of legal moves, with all that belongs to a move."""

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from geodata import moments
from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.errors import ParameterError
from geodata.kinds import STATUS_LABELS, Status
from geodata.lifecycle.moves import Move, Need, legal
from geodata.lifecycle.point import must_be, must_be_city, point_of
from geodata.tables import (
    Card,
    Inspection,
    Place,
    Plaque,
    Relocation,
    ServicePoint,
    StatusChange,
)
from geodata.version import grow_version


def move(
    session: Session,
    service_id: int,
    to: Status,
    *,
    on: date,
    reason: str,
    by: Person,
    new_place_id: int | None = None,
    today: date | None = None,
) -> StatusChange:
    """Move a service point and write down when, why and by whom; imports leave it there.

    Raises:
        NotFoundError: no such service point.
        ForbiddenError: it is out of reach, or the move needs another role.
        ParameterError: the move is not legal, or its reason, day or what it needs is missing.
    """
    point = point_of(session, service_id, by=by)
    rule = allowed(session, point, to, on=on, reason=reason, by=by, today=today)
    _needed(session, point, rule, on=on, new_place_id=new_place_id)
    change = StatusChange(
        service_point_id=point.id,
        before=rule.before.value,
        after=to.value,
        on=on,
        reason=reason.strip(),
        by=by.login,
    )
    session.add(change)
    point.status = to.value
    session.flush()
    if rule.need is Need.NEW_PLACE:
        session.add(
            Relocation(service_point_id=point.id, change_id=change.id, place_id=new_place_id)
        )
    if rule.before is Status.RECTIFYING:
        _close_cards(session, point, on)
    _note(session, point, rule, on, by)
    return change


def confirm(
    session: Session,
    point: ServicePoint,
    *,
    on: date,
    reason: str,
    by: Person,
    today: date | None = None,
) -> None:
    """Say that the status a file gave is right, so that no later file takes it away.

    Raises:
        ParameterError: the day does not fit the history.
    """
    _in_order(session, point, on, today or moments.today())
    session.add(
        StatusChange(
            service_point_id=point.id,
            before=point.status,
            after=point.status,
            on=on,
            reason=reason.strip(),
            by=by.login,
        )
    )


def allowed(
    session: Session,
    point: ServicePoint,
    to: Status,
    *,
    on: date,
    reason: str,
    by: Person,
    today: date | None = None,
) -> Move:
    """The rule of a move that a person may make on a day, cards and plaques left aside.

    Raises:
        ForbiddenError, ParameterError: he may not.
    """
    rule = legal(Status(point.status), to)
    what = f"改成“{STATUS_LABELS[to][0]}”"
    must_be(rule.role, by, what)
    if rule.city:
        must_be_city(by, what)
    if rule.reason and not reason.strip():
        raise ParameterError(f"{what}要写原因。")
    _in_order(session, point, on, today or moments.today())
    return rule


def _in_order(session: Session, point: ServicePoint, on: date, today: date) -> None:
    """History is replayed by day, so that a move may not come before the one it follows."""
    last = session.scalar(
        select(func.max(StatusChange.on)).where(StatusChange.service_point_id == point.id)
    )
    if on > today:
        raise ParameterError(f"日期 {on} 还没有到。")
    if last is not None and on < last:
        raise ParameterError(f"日期 {on} 早于上一次变动 {last}，请写那一天或以后。")


def _needed(
    session: Session, point: ServicePoint, rule: Move, *, on: date, new_place_id: int | None
) -> None:
    match rule.need:
        case Need.NEW_PLACE:
            _other_place(session, point, new_place_id)
        case Need.PLAQUE if not (point.official_code or _hung(session, point)):
            raise ParameterError("挂牌要先填官方编号或挂牌日期。")
        case Need.YELLOW_CARD if not _open_card(session, point):
            raise ParameterError("整改要发黄牌：写明原因和整改期限。")
        case Need.PASSED_INSPECTION if not _passed(session, point):
            raise ParameterError("恢复挂牌要有区或市的复查，结论为合格。")
        case Need.RED_CARD if not _red_card(session, point, on):
            raise ParameterError("整改中的点位摘牌要发红牌。")


def _other_place(session: Session, point: ServicePoint, new_place_id: int | None) -> None:
    if new_place_id is None:
        raise ParameterError("搬迁要写明搬到哪一处：新地方的编号。")
    found = session.get(Place, new_place_id)
    if found is None or found.merged_into is not None or found.id == point.place_id:
        raise ParameterError(f"搬迁的去处 {new_place_id} 不是另一处已登记的地方。")


def _hung(session: Session, point: ServicePoint) -> bool:
    of = select(Plaque.id).where(Plaque.service_point_id == point.id)
    return session.scalar(of.limit(1)) is not None


def _open(point: ServicePoint) -> Select[Card]:
    return select(Card).where(
        Card.service_point_id == point.id, Card.colour == "yellow", Card.closed_on.is_(None)
    )


def _open_card(session: Session, point: ServicePoint) -> bool:
    return bool(session.scalars(_open(point)).first())


def _red_card(session: Session, point: ServicePoint, on: date) -> bool:
    of = select(Card.id).where(
        Card.service_point_id == point.id, Card.colour == "red", Card.on == on
    )
    return session.scalar(of.limit(1)) is not None


def _passed(session: Session, point: ServicePoint) -> bool:
    """Whether an office passed it since it was last told to mend itself."""
    since = session.scalar(
        select(func.max(StatusChange.on)).where(
            StatusChange.service_point_id == point.id,
            StatusChange.after == Status.RECTIFYING.value,
        )
    )
    of = select(Inspection.id).where(
        Inspection.service_point_id == point.id,
        Inspection.kind != "self",
        Inspection.passed.is_(True),
        Inspection.on >= (since or date.min),
    )
    return session.scalar(of.limit(1)) is not None


def _close_cards(session: Session, point: ServicePoint, on: date) -> None:
    for card in session.scalars(_open(point)):
        card.closed_on = on


def _note(session: Session, point: ServicePoint, rule: Move, on: date, by: Person) -> None:
    record(
        session,
        by=by.login,
        action="status.move",
        table="service_point",
        record_id=point.id,
        district=point.place.district,
        detail={"before": rule.before.value, "after": rule.after.value, "on": on.isoformat()},
    )
    session.flush()
    grow_version(session)
