"""What became of a place that the public no longer finds."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.duplicates.standing import stands_in
from geodata.kinds import Status
from geodata.tables import Relocation, ServicePoint, StatusChange

GONE = (Status.DELISTED, Status.CLOSED, Status.MOVED)
_STANDING = frozenset({Status.PLAQUED, Status.RECTIFYING})


@dataclass(frozen=True, slots=True)
class Gone:
    """The last of a place's services to go: how, when, and the id of the place it moved to.

    `on` of None: nobody wrote down when.
    """

    status: Status
    on: date | None
    moved_to: int | None = None


def gone(session: Session, place_id: int) -> Gone | None:
    """How the place went, and where it is after all its moves.

    None while a service stands there, or when none ever did.
    """
    went = _went(session, place_id)
    if went is None or went.moved_to is None:
        return went
    return replace(went, moved_to=_end(session, went.moved_to, seen={place_id}))


def _end(session: Session, to: int, *, seen: set[int]) -> int:
    """The last of a row of moves; of a circle the one that closes it."""
    while to not in seen:
        seen.add(to)
        went = _went(session, to)
        if went is not None and went.moved_to is not None:
            to = went.moved_to
    return to


def _went(session: Session, place_id: int) -> Gone | None:
    services = session.execute(
        select(ServicePoint.id, ServicePoint.status).where(ServicePoint.place_id == place_id)
    ).all()
    if any(status in _STANDING for _, status in services):
        return None
    left = [_left(session, point, Status(status)) for point, status in services if status in GONE]
    # What moved says more to whoever stands before the door than what closed.
    return max(left, key=lambda one: (one.moved_to is not None, one.on or date.min), default=None)


def _left(session: Session, point: int, status: Status) -> Gone:
    of = select(StatusChange).where(
        StatusChange.service_point_id == point, StatusChange.after == status
    )
    last = session.scalars(of.order_by(StatusChange.on.desc(), StatusChange.id.desc())).first()
    if last is None:
        return Gone(status, None)
    return Gone(status, last.on, moved_to(session, last.id))


def moved_to(session: Session, change_id: int) -> int | None:
    """The place a move led to, or the one that it was merged into since."""
    to = session.scalar(select(Relocation.place_id).where(Relocation.change_id == change_id))
    return None if to is None else stands_in(session, to) or to
