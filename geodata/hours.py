"""When a place is open: a weekly calendar, what changes it, and what nobody wrote down.

All times are the place's own wall clock, in minutes after midnight; an end above 1440 lies in the
next day. What is not surely open or closed is UNKNOWN, which is neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from geodata.holidays import NO_HOLIDAYS, Holidays

DAY_MIN = 1440
HOLIDAY, WORKDAY = "holiday", "workday"
SUMMER, WINTER = "summer", "winter"
# No notice says when an office's summer begins: these months surely belong to the season,
# those that follow may.
_SEASONS = {
    SUMMER: (frozenset({6, 7, 8}), frozenset({4, 5, 9, 10})),
    WINTER: (frozenset({12, 1, 2}), frozenset({3, 4, 5, 10, 11})),
}
# Beyond a year nothing new comes.
_LOOK_AHEAD_DAYS = 400
# A session up to this long is one half-day.
_HALF_DAY_MIN = 360
_WEEKS_A_MONTH = 365.25 / 12 / 7


class State(StrEnum):
    """Whether a place is open at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Cycle(StrEnum):
    """Every second week; which weeks these are no form says."""

    EVEN = "even"
    ODD = "odd"
    ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to `end`, the end outside; not `sure`: perhaps open."""

    start: int
    end: int
    sure: bool = True


Day = tuple[Span, ...]
CLOSED_DAY: Day = ()
ALL_DAY: Day = (Span(0, DAY_MIN),)
ANY_TIME: Day = (Span(0, DAY_MIN, sure=False),)
EVERY_DAY = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Change:
    """Other hours on some days; those of `nth` and `cycle` come on top of the week's.

    `on` is HOLIDAY (any public holiday), WORKDAY (a weekend day worked in lieu) or the name of a
    holiday. `first` and `last` are MM-DD of every year or YYYY-MM-DD, both inside. `nth` counts
    the weekday within its month, -1 is the last.
    """

    day: Day
    weekdays: tuple[int, ...] = EVERY_DAY
    on: str = ""
    season: str = ""
    first: str = ""
    last: str = ""
    nth: tuple[int, ...] = ()
    cycle: Cycle | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours; `week` begins on Monday.

    `on_holidays`: the text says that public holidays are as any day. Not `sure`: whoever comes
    needs an appointment, or the hours are said to be rough. `note` is what else was written.
    """

    week: tuple[Day, ...]
    changes: tuple[Change, ...] = ()
    on_holidays: bool = False
    sure: bool = True
    note: str = ""

    @property
    def always(self) -> bool:
        """Whether the place never closes."""
        return self.sure and self.on_holidays and not self.changes and set(self.week) == {ALL_DAY}


def state_at(hours: Hours | None, when: datetime, *, holidays: Holidays = NO_HOLIDAYS) -> State:
    """Whether a place is open at a local time; in a year without holidays by the weekday."""
    if hours is None:
        return State.UNKNOWN
    today = day_on(hours, when.date(), holidays=holidays)
    before = day_on(hours, when.date() - timedelta(days=1), holidays=holidays)
    return _at(today + _after_midnight(before), minute_of(when))


def next_change(
    hours: Hours | None, when: datetime, *, holidays: Holidays = NO_HOLIDAYS
) -> datetime | None:
    """When the state at `when` ends, within a year or so; None when it does not."""
    if hours is None or hours.always:
        return None
    now = state_at(hours, when, holidays=holidays)
    before = day_on(hours, when.date() - timedelta(days=1), holidays=holidays)
    for ahead in range(_LOOK_AHEAD_DAYS):
        on = when.date() + timedelta(days=ahead)
        today = day_on(hours, on, holidays=holidays)
        every = today + _after_midnight(before)
        for moment in _edges(every, on, when):
            if moment > when and _at(every, minute_of(moment)) != now:
                return moment
        before = today
    return None


def open_at_hour_of_week(hours: Hours | None, weekday: int, minute: int) -> State:
    """The state in a week without holidays; UNKNOWN where seasons or weeks differ."""
    if hours is None:
        return State.UNKNOWN
    today = _ordinary(hours, weekday)
    return _at(today + _after_midnight(_ordinary(hours, (weekday - 1) % 7)), minute)


def half_days_per_week(hours: Hours) -> float:
    """Sessions in an ordinary week: up to 6 hours are one half-day, two at most a day."""
    total = float(sum(_half_days(day) for day in hours.week))
    for change in hours.changes:
        weekly = sum(_half_days(change.day) for _ in change.weekdays)
        if change.cycle:
            total += weekly / 2
        elif change.nth:
            total += weekly * len(change.nth) / _WEEKS_A_MONTH
    return round(total, 2)


def day_on(hours: Hours, on: date, *, holidays: Holidays = NO_HOLIDAYS) -> Day:
    """The hours that begin on a date."""
    spans = hours.week[on.weekday()]
    said = hours.on_holidays or not holidays.name(on)
    for change in hours.changes:
        fits = _fits(change, on, holidays)
        if fits is not State.CLOSED:
            spans = _changed(spans, change, surely=fits is State.OPEN)
            said = said or bool(change.on)
    # Who writes 周一至周五 may or may not think of holidays.
    return spans if said and hours.sure else _doubted(spans)


def minute_of(when: datetime) -> int:
    """Minutes after midnight."""
    return when.hour * 60 + when.minute


def tidy(spans: Iterable[Span]) -> Day:
    """Spans in order, each minute once; a sure one wins over an unsure."""
    every = tuple(spans)
    return _cut(every, lambda minute: _at(every, minute))


def joined(one: Day, other: Day) -> Day:
    """Open when either is."""
    return tidy(one + other)


def agreed(one: Day, other: Day) -> Day:
    """Open where both are open, closed where both are closed, else perhaps."""
    return _cut(one + other, lambda minute: _both(_at(one, minute), _at(other, minute)))


def without(one: Day, other: Day) -> Day:
    """What of one day lies outside another."""
    edges = one + other
    return _cut(edges, lambda minute: State.CLOSED if _is_in(other, minute) else _at(one, minute))


def as_json(hours: Hours | None) -> dict[str, Any] | None:
    """Hours as JSON values, the same after a round trip through any JSON."""
    if hours is None:
        return None
    return {
        "week": [_spans_json(day) for day in hours.week],
        "changes": [_change_json(change) for change in hours.changes],
        "on_holidays": hours.on_holidays,
        "sure": hours.sure,
        "note": hours.note,
    }


def from_json(stored: dict[str, Any] | None) -> Hours | None:
    """What `as_json` gave."""
    if stored is None:
        return None
    return Hours(
        week=tuple(_spans(day) for day in stored["week"]),
        changes=tuple(_change(change) for change in stored["changes"]),
        on_holidays=stored["on_holidays"],
        sure=stored["sure"],
        note=stored["note"],
    )


def _at(day: Iterable[Span], minute: int) -> State:
    found = {span.sure for span in day if span.start <= minute < span.end}
    if not found:
        return State.CLOSED
    return State.OPEN if True in found else State.UNKNOWN


def _is_in(day: Day, minute: int) -> bool:
    return any(span.start <= minute < span.end for span in day)


def _both(one: State, other: State) -> State:
    return one if one is other else State.UNKNOWN


def _cut(spans: Iterable[Span], state: Callable[[int], State]) -> Day:
    """Spans with edges only where the state changes."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    made: list[Span] = []
    for start, end in pairwise(edges):
        now = state(start)
        if now is State.CLOSED:
            continue
        sure = now is State.OPEN
        if made and (made[-1].end, made[-1].sure) == (start, sure):
            start = made.pop().start  # noqa: PLW2901 - the span before goes on
        made.append(Span(start, end, sure))
    return tuple(made)


def _doubted(day: Day) -> Day:
    return tidy(Span(span.start, span.end, sure=False) for span in day)


def _after_midnight(day: Day) -> Day:
    """What of a day's hours lies in the next day."""
    return tuple(
        Span(max(span.start - DAY_MIN, 0), span.end - DAY_MIN, span.sure)
        for span in day
        if span.end > DAY_MIN
    )


def _edges(day: Day, on: date, when: datetime) -> list[datetime]:
    midnight = datetime.combine(on, time(), tzinfo=when.tzinfo)
    edges = {0, *(edge for span in day for edge in (span.start, span.end))}
    minutes = sorted(edge for edge in edges if edge < DAY_MIN)
    return [midnight + timedelta(minutes=minute) for minute in minutes]


def _changed(spans: Day, change: Change, *, surely: bool) -> Day:
    comes_on_top = bool(change.day) and (change.nth or change.cycle)
    after = joined(spans, change.day) if comes_on_top else change.day
    return after if surely else agreed(spans, after)


def _fits(change: Change, on: date, holidays: Holidays) -> State:
    """Whether a change holds on a date: OPEN is yes, CLOSED no."""
    if on.weekday() not in change.weekdays or not _named(change.on, on, holidays):
        return State.CLOSED
    if not _within(change, on) or not _counted(change.nth, on):
        return State.CLOSED
    fits = _in_season(change.season, on)
    return State.UNKNOWN if change.cycle and fits is State.OPEN else fits


def _named(name: str, on: date, holidays: Holidays) -> bool:
    if name == WORKDAY:
        return holidays.is_worked(on)
    found = holidays.name(on)
    return not name or (bool(found) if name == HOLIDAY else name in found)


def _within(change: Change, on: date) -> bool:
    if not change.first:
        return True
    day = on.isoformat()[-len(change.first) :]
    if change.first <= change.last:
        return change.first <= day <= change.last
    return day >= change.first or day <= change.last


def _counted(nth: tuple[int, ...], on: date) -> bool:
    last = (on + timedelta(days=7)).month != on.month
    return not nth or (on.day + 6) // 7 in nth or (-1 in nth and last)


def _in_season(season: str, on: date) -> State:
    if not season:
        return State.OPEN
    surely, perhaps = _SEASONS[season]
    if on.month in surely:
        return State.OPEN
    return State.UNKNOWN if on.month in perhaps else State.CLOSED


def _ordinary(hours: Hours, weekday: int) -> Day:
    spans = hours.week[weekday]
    for change in hours.changes:
        # A year's own dates and holidays are no ordinary week.
        if weekday in change.weekdays and not change.on and len(change.first) <= len("MM-DD"):
            spans = _changed(spans, change, surely=False)
    return spans if hours.sure else _doubted(spans)


def _half_days(day: Day) -> int:
    if day == ANY_TIME:
        return 1
    return min(2, sum(1 if span.end - span.start <= _HALF_DAY_MIN else 2 for span in day))


def _spans_json(day: Day) -> list[list[int]]:
    return [[span.start, span.end, int(span.sure)] for span in day]


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "day": _spans_json(change.day),
        "weekdays": list(change.weekdays),
        "on": change.on,
        "season": change.season,
        "first": change.first,
        "last": change.last,
        "nth": list(change.nth),
        "cycle": str(change.cycle or ""),
    }


def _spans(stored: list[list[int]]) -> Day:
    return tuple(Span(start, end, bool(sure)) for start, end, sure in stored)


def _change(stored: dict[str, Any]) -> Change:
    cycle = Cycle(stored["cycle"]) if stored["cycle"] else None
    lists = {name: tuple(stored[name]) for name in ("weekdays", "nth")}
    return Change(**stored | lists | {"day": _spans(stored["day"]), "cycle": cycle})
