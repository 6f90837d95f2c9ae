"""Which duties of a health point are done, due or overdue at a date.

Notice 沪工总办〔2023〕15号 (两固三定): at least one half-day of consultation a week, one visit a
month, one lecture in two months; visits and lectures are announced one to two weeks ahead. The
half-days stand on the plaque, so nothing is asked of their notice.

Weeks run from Monday, months are calendar months, two months are January and February, March and
April and so on. A point without any record is unknown, and nobody's records reach back beyond the
first of them: what was missed is counted in whole periods after that one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
ANNOUNCE_FROM = timedelta(days=14)
ANNOUNCE_BY = timedelta(days=7)


class Duty(StrEnum):
    """What a health point must hold."""

    SESSION = "session"
    VISIT = "visit"
    LECTURE = "lecture"


DUTY_LABELS: dict[Duty, tuple[str, str]] = {
    Duty.SESSION: ("定期咨询", "Half-day session"),
    Duty.VISIT: ("定期访视", "Visit"),
    Duty.LECTURE: ("定期讲座", "Lecture"),
}
DUTY_TERMS: dict[Duty, tuple[str, str]] = {
    Duty.SESSION: ("每周至少 1 个半天", "One half-day a week"),
    Duty.VISIT: ("每月至少 1 次", "One a month"),
    Duty.LECTURE: ("每两月至少 1 次", "One in two months"),
}
ANNOUNCED = frozenset({Duty.VISIT, Duty.LECTURE})


@dataclass(frozen=True, slots=True)
class Event:
    """Something held or planned; `announced_on` of None is not announced, or not on record."""

    duty: Duty
    on: date
    announced_on: date | None = None


class Notice(StrEnum):
    """How an event was announced."""

    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    LATE = "late"
    EARLY = "early"
    STILL_TIME = "still_time"
    MISSING = "missing"


NOTICE_LABELS: dict[Notice, tuple[str, str]] = {
    Notice.NOT_ASKED: ("不要求公示", "No notice asked for"),
    Notice.IN_TIME: ("已按时公示", "Announced in time"),
    Notice.LATE: ("公示晚于 1 周前", "Announced less than a week ahead"),
    Notice.EARLY: ("公示早于 2 周前", "Announced more than two weeks ahead"),
    Notice.STILL_TIME: ("待公示", "To be announced"),
    Notice.MISSING: ("没有公示记录", "No announcement on record"),
}


class State(StrEnum):
    """How a duty stands."""

    UNKNOWN = "unknown"
    DONE = "done"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"


STATE_LABELS: dict[State, tuple[str, str]] = {
    State.UNKNOWN: ("没有记录", "No record"),
    State.DONE: ("本期已完成", "Done"),
    State.PLANNED: ("本期已安排", "Planned"),
    State.DUE: ("本期待办", "Due"),
    State.OVERDUE: ("逾期", "Overdue"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty of one point at a date.

    `due_by` is the last day of the running period; `missed` whole periods passed without one
    since the last; `announce_by` is the last day to announce the next one in time, None where
    nothing is left to announce.
    """

    duty: Duty
    state: State
    due_by: date
    last: date | None = None
    next: date | None = None
    missed: int = 0
    announce_by: date | None = None


def period(duty: Duty, day: date) -> tuple[date, date]:
    """First and last day of the week, month or two months a day lies in."""
    if duty is Duty.SESSION:
        first = day - _DAY * day.weekday()
        return first, first + 6 * _DAY
    months = 1 if duty is Duty.VISIT else 2
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    after = first.month + months
    return first, date(first.year + after // 13, (after - 1) % 12 + 1, 1) - _DAY


def notice(event: Event, today: date) -> Notice:
    """How an event was announced, as of a day."""
    if event.duty not in ANNOUNCED:
        return Notice.NOT_ASKED
    if event.announced_on is None:
        return Notice.STILL_TIME if today <= event.on - ANNOUNCE_BY else Notice.MISSING
    ahead = event.on - event.announced_on
    if ahead < ANNOUNCE_BY:
        return Notice.LATE
    return Notice.IN_TIME if ahead <= ANNOUNCE_FROM else Notice.EARLY


def standings(events: Sequence[Event], today: date) -> tuple[Standing, ...]:
    """Every duty of one point at a date, from all its events, past and planned."""
    begins = min((event.on for event in events), default=None)
    return tuple(
        _standing(duty, [e for e in events if e.duty is duty], begins, today) for duty in Duty
    )


def _standing(duty: Duty, events: list[Event], begins: date | None, today: date) -> Standing:
    last = max((e.on for e in events if e.on <= today), default=None)
    coming = min((e for e in events if e.on > today), key=lambda e: e.on, default=None)
    first, due_by = period(duty, today)
    missed = _missed(duty, last or begins, today)
    if last is not None and last >= first:
        state = State.DONE
    elif missed:
        state = State.OVERDUE
    elif coming is not None and coming.on <= due_by:
        state = State.PLANNED
    else:
        state = State.UNKNOWN if begins is None or begins > today else State.DUE
    return Standing(
        duty=duty,
        state=state,
        due_by=due_by,
        last=last,
        next=coming.on if coming else None,
        missed=0 if state is State.DONE else missed,
        announce_by=_announce_by(duty, state, coming, due_by),
    )


def _missed(duty: Duty, since: date | None, today: date) -> int:
    """Whole periods between the one of a day and the running one."""
    return 0 if since is None else sum(1 for _ in _between(duty, since, today))


def _between(duty: Duty, since: date, today: date) -> Iterator[date]:
    running, _ = period(duty, today)
    _, end = period(duty, since)
    while end + _DAY < running:
        yield end + _DAY
        _, end = period(duty, end + _DAY)


def _announce_by(duty: Duty, state: State, coming: Event | None, due_by: date) -> date | None:
    if duty not in ANNOUNCED:
        return None
    if coming is not None:
        return coming.on - ANNOUNCE_BY if coming.announced_on is None else None
    return due_by - ANNOUNCE_BY if state in {State.DUE, State.OVERDUE} else None
