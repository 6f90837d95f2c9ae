"""Reading the audit trail: what was done, by whom, to which record, on which days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from geodata.moments import BEIJING_TIME
from geodata.tables import AuditEvent

PAGE = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; empty is everything. Days are Beijing's, both included."""

    by: str = ""
    action: str = ""
    table: str = ""
    record_id: int | None = None
    since: date | None = None
    until: date | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """As the database is asked."""
        event = AuditEvent
        if self.by:
            yield event.by == self.by
        if self.action:
            # "contact" finds contact.read and contact.change alike.
            yield (event.action == self.action) | event.action.startswith(
                f"{self.action}.", autoescape=True
            )
        if self.table:
            yield event.record_table == self.table
        if self.record_id is not None:
            yield event.record_id == self.record_id
        if self.since:
            yield event.at >= _utc(self.since)
        if self.until:
            yield event.at < _utc(self.until + timedelta(days=1))


def count(session: Session, sought: Sought) -> int:
    """How many events fit."""
    query = select(func.count()).select_from(AuditEvent).where(*sought.conditions())
    return session.scalar(query) or 0


def page(session: Session, sought: Sought, number: int) -> Sequence[AuditEvent]:
    """One page of events, the newest first; pages count from 1."""
    query = select(AuditEvent).where(*sought.conditions()).order_by(AuditEvent.id.desc())
    return session.scalars(query.limit(PAGE).offset((number - 1) * PAGE)).all()


def whole(session: Session, sought: Sought) -> Iterator[AuditEvent]:
    """All events that fit, the newest first, a few at a time."""
    query = select(AuditEvent).where(*sought.conditions()).order_by(AuditEvent.id.desc())
    yield from session.scalars(query.execution_options(yield_per=1000))


def actions(session: Session) -> Sequence[str]:
    """Every action there is in the trail."""
    return session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def _utc(day: date) -> datetime:
    return datetime.combine(day, time.min, BEIJING_TIME).astimezone(UTC).replace(tzinfo=None)
