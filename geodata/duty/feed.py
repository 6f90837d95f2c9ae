"""Duties of health points as a calendar: what is planned, what is to be announced, what is due."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from geodata.duty.rules import (
    ANNOUNCE_BY,
    ANNOUNCE_FROM,
    DUTY_LABELS,
    DUTY_TERMS,
    NOTICE_LABELS,
    Notice,
    Standing,
    State,
    notice,
)
from geodata.duty.store import Kept, PointDuty
from geodata.ics import Entry, calendar

NAME = "健康服务点 两固三定"
# What was held lately stays in sight; a calendar that only grows is slow on a telephone.
_SHOWN_BACK = timedelta(days=62)


def ics(points: Sequence[PointDuty], *, today: date, stamp: datetime) -> str:
    """The feed as the text of an .ics file (RFC 5545); notes and persons are not in it."""
    entries = [entry for point in points for entry in _entries(point, today)]
    entries.sort(key=lambda entry: (entry.on, entry.uid))
    return calendar(NAME, entries, stamp=stamp)


def _entries(point: PointDuty, today: date) -> Iterator[Entry]:
    for kept in point.events:
        if kept.event.on >= today - _SHOWN_BACK:
            yield _event(point, kept, today)
            if kept.event.on > today and notice(kept.event, today) is Notice.STILL_TIME:
                yield _to_announce(point, kept)
    for standing in point.standings:
        if standing.state in {State.DUE, State.OVERDUE} and not _is_planned(standing):
            yield _deadline(point, standing)


def _is_planned(standing: Standing) -> bool:
    return standing.next is not None and standing.next <= standing.due_by


def _event(point: PointDuty, kept: Kept, today: date) -> Entry:
    event = kept.event
    return Entry(
        uid=f"event-{kept.id}@zhitu",
        on=event.on,
        summary=f"{DUTY_LABELS[event.duty][0]}：{point.name}",
        description=f"{point.district} {NOTICE_LABELS[notice(event, today)][0]}",
        location=point.address,
    )


def _to_announce(point: PointDuty, kept: Kept) -> Entry:
    first, last = kept.event.on - ANNOUNCE_FROM, kept.event.on - ANNOUNCE_BY
    return Entry(
        uid=f"announce-{kept.id}@zhitu",
        on=last,
        summary=f"最迟今天公示{DUTY_LABELS[kept.event.duty][0]}：{point.name}",
        description=f"{kept.event.on} 举办，应在 {first} 至 {last} 之间公示",
        location=point.address,
    )


def _deadline(point: PointDuty, standing: Standing) -> Entry:
    missed = f"；此前已有 {standing.missed} 期没有记录" if standing.missed else ""
    return Entry(
        uid=f"due-{point.id}-{standing.duty}-{standing.due_by}@zhitu",
        on=standing.due_by,
        summary=f"最迟今天完成{DUTY_LABELS[standing.duty][0]}：{point.name}",
        description=f"{DUTY_TERMS[standing.duty][0]}{missed}",
        location=point.address,
    )
