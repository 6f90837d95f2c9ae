"""One change to many service points: tried first, then written, each row whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.errors import ConflictError, ForbiddenError, NotFoundError, ParameterError
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.lifecycle.point import standing_point
from geodata.points.change import Changed, change
from geodata.points.lock import mark_of
from geodata.tables import ServicePoint

_REFUSALS = (ForbiddenError, NotFoundError, ParameterError)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What to change of each: a legal move on a day, fields, facilities to add or take away."""

    on: date
    to: Status | None = None
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.to or self.values or self.add or self.remove)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One service point: what changes of it, or why nothing does; `mark` as it was before."""

    id: int
    name: str
    mark: str
    changed: tuple[Changed, ...]
    refusal: str = ""


def apply(
    session: Session,
    ids: Sequence[int],
    bulk: Bulk,
    *,
    by: Person,
    today: date,
    marks: Mapping[int, str] | None = None,
) -> tuple[Outcome, ...]:
    """Change each that can be; a refused one keeps all it has.

    `marks` are those the person saw. In a session that is not kept this is the preview.

    Raises:
        ConflictError: one of them was changed since; nothing is written.
    """
    before = {number: _before(session, number, by) for number in ids}
    if marks is not None:
        moved = [name for number, (name, mark) in before.items() if mark != marks.get(number, mark)]
        if moved:
            raise ConflictError(f"{'、'.join(moved[:5])} 刚被别人改过，一处也没有存；请重新预览。")
    return tuple(_one(session, number, before[number], bulk, by=by, today=today) for number in ids)


def _before(session: Session, number: int, by: Person) -> tuple[str, str]:
    try:
        point = standing_point(session, number)
    except NotFoundError:
        return str(number), ""
    if not by.sees(point.place.district, Status(point.status), point.union):
        return str(number), ""
    return point.name or point.place.name, mark_of(point)


def _one(
    session: Session,
    number: int,
    before: tuple[str, str],
    bulk: Bulk,
    *,
    by: Person,
    today: date,
) -> Outcome:
    name, mark = before
    try:
        with session.begin_nested():
            changed = _change(session, number, bulk, by=by, today=today)
    except _REFUSALS as refused:
        return Outcome(number, name, mark, (), str(refused))
    return Outcome(number, name, mark, changed)


def _change(
    session: Session, number: int, bulk: Bulk, *, by: Person, today: date
) -> tuple[Changed, ...]:
    point = session.get(ServicePoint, number)
    values = dict(bulk.values)
    if point is not None and (bulk.add or bulk.remove):
        kept = [one for one in point.facilities if one not in bulk.remove]
        values["facilities"] = list(dict.fromkeys([*kept, *bulk.add]))
    changed = change(session, number, values, by=by)
    if bulk.to is None or point is None:
        return changed
    status = Changed("status", point.status, bulk.to.value)
    if status.before == status.after:
        return changed
    move(session, number, bulk.to, on=bulk.on, reason=bulk.reason, by=by, today=today)
    return (status, *changed)
