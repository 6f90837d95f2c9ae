"""How long what could tell of a person is kept, and clearing it away by age.

What is cleared elsewhere has its age there: files sent in (service/uploads.py), jobs
(geodata/jobs/queue.py), files on their way in (geodata/storing/staging.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, Executable, Update, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import (
    ApiToken,
    AuditEvent,
    Base,
    Contact,
    EndedSignIn,
    GeocodeAnswer,
    GeocodeSend,
    ImportRun,
    KeyedAnswer,
    MistakeReport,
    PinLink,
    RefusedCell,
    RefusedRow,
    SignInTry,
)

Old = Callable[[datetime], Update | Delete]
# Records that have contacts; a contact goes with the last of its own.
_OWNED = (
    *("place", "service_point", "demand_site"),
    *("lunch_outlet", "register_entry", "training_application"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes after so many days; `old` makes the statement from the moment they are past."""

    table: str
    days: int
    old: Old


def _before(of: type[Base], column: str) -> Old:
    return lambda at: delete(of).where(getattr(of, column) < at)


def _orphans(_at: datetime) -> Delete:
    tables = Base.metadata.tables
    kept = [
        and_(Contact.record_table == name, Contact.record_id.in_(select(tables[name].c.id)))
        for name in _OWNED
    ]
    return delete(Contact).where(~or_(*kept))


def _senders(at: datetime) -> Update:
    told = and_(MistakeReport.at < at, MistakeReport.sender != "")
    return update(MistakeReport).where(told).values(sender="")


def _settled(at: datetime) -> Update:
    told = or_(MistakeReport.text != "", MistakeReport.note != "")
    return update(MistakeReport).where(MistakeReport.settled_at < at, told).values(text="", note="")


def _of_old_runs(of: type[RefusedRow | RefusedCell]) -> Old:
    return lambda at: delete(of).where(of.run_id.in_(select(ImportRun.id).where(ImportRun.at < at)))


def _reads(at: datetime) -> Delete:
    return delete(AuditEvent).where(AuditEvent.at < at, AuditEvent.action.like("contact.%"))


RULES = (
    Rule("contact", 0, _orphans),
    Rule("ended_sign_in", 0, _before(EndedSignIn, "until")),
    Rule("sign_in_try", 1, _before(SignInTry, "at")),
    Rule("keyed_answer", 1, _before(KeyedAnswer, "at")),
    Rule("mistake_report.sender", 2, _senders),
    Rule("pin_link", 30, _before(PinLink, "expires_at")),
    Rule("api_token", 90, lambda at: delete(ApiToken).where(ApiToken.expires_on < at.date())),
    Rule("geocode_answer", 180, _before(GeocodeAnswer, "at")),
    Rule("mistake_report.text", 365, _settled),
    Rule("refused_row", 365, _of_old_runs(RefusedRow)),
    Rule("refused_cell", 365, _of_old_runs(RefusedCell)),
    Rule("geocode_send", 400, _before(GeocodeSend, "at")),
    # As long as the law asks who handles persons to be able to show how he did.
    Rule("audit_event", 3 * 365, _reads),
)


def forget_old(store: Store, now: datetime | None = None) -> dict[str, int]:
    """Clear away what is too old, each sort in a transaction of its own; returns the rows."""
    at = now or utc_now()
    done = {}
    for rule in RULES:
        with store.writing() as session:
            done[rule.table] = _run(session, rule.old(at - timedelta(days=rule.days)))
    return {table: rows for table, rows in done.items() if rows}


def _run(session: Session, statement: Executable) -> int:
    found = session.connection().execute(statement)
    return max(found.rowcount, 0)
