"""Mistakes the public reports: kept for the planners, never published by themselves."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Person
from geodata.errors import ConflictError, NoSuchRecordError, ParameterError, TooManyAttemptsError
from geodata.moments import utc_now
from geodata.tables import MistakeReport, Place
from geodata.tables.base import WITH_MERGED

MISTAKES = ("place", "closed", "hours", "facility", "other")
NEW, DONE, REJECTED = "new", "done", "rejected"
A_DAY = 8
MAX_TEXT = 300
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Report:
    """One report with the place it is about; `at` is in UTC."""

    id: int
    place_id: int
    name: str
    district: str
    what: str
    text: str
    at: datetime
    status: str
    note: str
    by: str


def sender_of(key: str, address: str, at: datetime) -> str:
    """What counts the reports of one address and day, and tells neither."""
    return hmac.new(key.encode(), f"{at:%Y-%m-%d}|{address}".encode(), "sha256").hexdigest()[:24]


def report(
    session: Session, place_id: int, *, what: str, text: str, sender: str, at: datetime
) -> None:
    """Keep a report for the planners.

    Raises:
        ParameterError: it does not say what is wrong.
        TooManyAttemptsError: the sender has reported enough for a day.
    """
    if what not in MISTAKES:
        raise ParameterError("请先选是哪里不对。")
    same = select(func.count()).where(
        MistakeReport.sender == sender, MistakeReport.at > at - timedelta(days=1)
    )
    if (session.scalar(same) or 0) >= A_DAY:
        raise TooManyAttemptsError("今天已经收到你报的好几处，谢谢。请明天再报。")
    session.add(
        MistakeReport(
            place_id=place_id, what=what, text=text[:MAX_TEXT], at=at, sender=sender,
            status=NEW, note="", by="", settled_at=None,
        )
    )  # fmt: skip


def reports(session: Session, person: Person, *, settled: bool = False) -> list[Report]:
    """The reports within a person's reach, newest first: those still open, or those settled."""
    status = MistakeReport.status
    rows = session.execute(
        select(MistakeReport, Place.name, Place.district)
        .join(Place, Place.id == MistakeReport.place_id)
        .where(status != NEW if settled else status == NEW)
        .order_by(MistakeReport.id.desc()),
        execution_options=WITH_MERGED,
    )
    mine = (_told(row, name, of) for row, name, of in rows if person.reaches(of))
    return list(islice(mine, MOST_SHOWN))


def settle(session: Session, report_id: int, *, status: str, note: str, person: Person) -> None:
    """Close a report as done or rejected.

    Raises:
        NoSuchRecordError: no such report, or another district's.
        ConflictError: somebody closed it before.
    """
    row = session.get(MistakeReport, report_id)
    if row is None:
        raise NoSuchRecordError
    place = session.get(Place, row.place_id, execution_options=WITH_MERGED)
    district = place.district if place else ""
    person.must_reach(district)
    if status not in {DONE, REJECTED}:
        raise ParameterError("请选已改好或不采纳。")
    if row.status != NEW:
        raise ConflictError("这条报错已经有人处理了，请刷新再看。")
    row.status, row.note, row.by = status, note[:MAX_TEXT], person.login
    row.settled_at = utc_now()
    record(
        session, by=person.login, action=f"report.{status}", table="mistake_report",
        record_id=row.id, district=district, detail={"place": row.place_id, "what": row.what},
    )  # fmt: skip


def _told(row: MistakeReport, name: str, district: str) -> Report:
    return Report(
        id=row.id,
        place_id=row.place_id,
        name=name,
        district=district,
        what=row.what,
        text=row.text,
        at=row.at,
        status=row.status,
        note=row.note,
        by=row.by,
    )
