"""From statements about opening hours to a weekly calendar with its changes."""

from datetime import date, timedelta

from geodata.hours import (
    ALL_DAY,
    ANY_TIME,
    CLOSED_DAY,
    DAY_MIN,
    EVERY_DAY,
    HOLIDAY,
    SUMMER,
    WINTER,
    WORKDAY,
    Change,
    Cycle,
    Day,
    Hours,
    Span,
    agreed,
    joined,
    without,
)
from importers.hours.statements import Says, Statement
from importers.hours.times import NOON, NotUnderstoodError
from importers.hours.words import Days

WORKING = (0, 1, 2, 3, 4)
_NOBODY = Days()
Week = list[Day | None]


def calendar(said: list[Statement]) -> Hours | None:
    """The hours that statements give together; None when they leave all of it unknown.

    Raises:
        NotUnderstoodError: they contradict each other or say too much for a calendar.
    """
    base = [one for one in said if one.scope.season is None and one.scope.rate is None]
    week = _week(base)
    rated = _rated(said, week)
    changes = (*_seasonal(said, week), *rated, *_on_holidays(base))
    known = tuple(ANY_TIME if day is None else day for day in week)
    if not changes and set(known) == {ANY_TIME}:
        return None
    closed = any(change.on == HOLIDAY for change in changes)
    return Hours(known, changes, on_holidays=not closed and any(map(_is_daily, said)))


def _is_daily(one: Statement) -> bool:
    days = one.scope.days
    if one.says is Says.USUAL:
        return days is not None and HOLIDAY in days.on
    return one.says is Says.OPEN and (one.day == ALL_DAY if days is None else days.daily)


def _weekdays(one: Statement) -> tuple[int, ...]:
    """The weekdays of a statement; hours without a day are those of the working days."""
    if one.scope.days is not None:
        return tuple(sorted(one.scope.days.weekdays))
    return EVERY_DAY if one.day == ALL_DAY else WORKING


def _week(base: list[Statement]) -> Week:
    week: Week = [None] * 7
    opens = [one for one in base if one.says is Says.OPEN]
    _put_opens(week, opens)
    for one in base:
        if one.says is Says.USUAL and _weekdays(one):
            if not opens:
                raise NotUnderstoodError
            for day in _weekdays(one):
                week[day] = opens[0].day
    _fill(week, base, opens)
    for one in base:
        _take_away(week, one)
    return week


def _put_opens(week: Week, opens: list[Statement]) -> None:
    said_for: dict[int, set[int]] = {}
    for one in opens:
        days = set(_weekdays(one))
        for day in days:
            week[day] = _with(week[day], one.day, days, said_for.get(day, set()))
            said_for[day] = days


def _with(before: Day | None, day: Day, days: set[int], before_days: set[int]) -> Day:
    """What a later statement leaves of an earlier: 每天 9-17，周六 9-12 is a shorter Saturday."""
    if before is None:
        return day
    if days == before_days or not (days < before_days or before_days < days):
        return joined(before, day)
    narrow, wide = (day, before) if days < before_days else (before, day)
    overlap = without(wide, narrow) != wide
    # 周一至周五 9-11，周三 13-15: whether Wednesday has a morning, the text leaves open.
    return narrow if overlap else agreed(joined(wide, narrow), narrow)


def _fill(week: Week, base: list[Statement], opens: list[Statement]) -> None:
    """The days nobody spoke of."""
    bare = [one.day for one in opens if one.scope.days is None]
    shut = any(one.scope.days and one.scope.days.weekdays for one in base if _closes(one))
    rest: Day | None = None
    if bare:
        # 9:00-17:00，周日休息: the other days are open.
        rest = bare[0] if shut else ANY_TIME
    elif any(one.scope.days and one.scope.days.weekdays for one in opens):
        rest = CLOSED_DAY
    elif shut:
        rest = ANY_TIME
    for day in EVERY_DAY:
        week[day] = rest if week[day] is None else week[day]


def _closes(one: Statement) -> bool:
    return one.says is Says.CLOSED


def _take_away(week: Week, one: Statement) -> None:
    """Closed days, breaks and earlier ends."""
    if one.says not in {Says.CLOSED, Says.PART_CLOSED, Says.UNTIL}:
        return
    days = one.scope.days
    if one.says is not Says.CLOSED and days and days.on - {WORKDAY}:
        raise NotUnderstoodError
    for at in tuple(sorted(days.weekdays)) if days else EVERY_DAY:
        before = week[at]
        if one.says is Says.CLOSED:
            week[at] = CLOSED_DAY
        elif before is not None:
            week[at] = _cut_back(before, one)


def _cut_back(before: Day, one: Statement) -> Day:
    if one.says is Says.CLOSED:
        return CLOSED_DAY
    (part,) = one.day
    if one.says is Says.UNTIL:
        return without(before, (Span(part.end, 2 * DAY_MIN),))
    if part.sure:
        return without(before, one.day)
    if part.start == NOON:
        return without(before, (Span(NOON, 2 * DAY_MIN),))
    if part.end == NOON:
        return without(before, (Span(0, NOON),))
    return agreed(before, without(before, one.day))


def _rated(said: list[Statement], week: Week) -> list[Change]:
    """Weeks of a month and every second week."""
    found: list[Change] = []
    for one in said:
        rate, days = one.scope.rate, one.scope.days
        if rate is None:
            continue
        if one.says not in {Says.OPEN, Says.CLOSED} or one.scope.season or not days or days.on:
            raise NotUnderstoodError
        nth, cycle = ((), rate) if isinstance(rate, Cycle) else (rate, None)
        weekdays = tuple(sorted(days.weekdays))
        found.append(Change(one.day, weekdays=weekdays, nth=nth, cycle=cycle))
    if found and set(week) == {None}:
        week[:] = [CLOSED_DAY] * 7
    return found


def _seasonal(said: list[Statement], week: Week) -> list[Change]:
    """Hours of seasons and dates. Where they fill the year, the first are those of the week."""
    found: list[Change] = []
    for one in said:
        if one.scope.season is None:
            continue
        if one.scope.days and one.scope.days.on:
            raise NotUnderstoodError
        found = _with_season(found, one, week)
    if not found:
        return []
    first = _period(found[0])
    if not all(day is None for day in week):
        return found
    fills = _fills_the_year({_period(change) for change in found})
    base = found if not fills else [one for one in found if _period(one) == first]
    for change in base:
        for day in change.weekdays:
            week[day] = change.day if fills else ANY_TIME
    bare = any(one.scope.season and one.scope.days is None for one in said)
    week[:] = [(ANY_TIME if bare else CLOSED_DAY) if day is None else day for day in week]
    return [one for one in found if _period(one) != first] if fills else found


def _with_season(found: list[Change], one: Statement, week: Week) -> list[Change]:
    days = _weekdays(one)
    if one.scope.days is None and any(week):
        days = tuple(n for n in EVERY_DAY if week[n] not in {None, ANY_TIME, CLOSED_DAY})
    if one.scope.days is None and one.says is Says.CLOSED:
        days = EVERY_DAY
    season, first, last = "", "", ""
    if isinstance(one.scope.season, str):
        season = one.scope.season
    elif one.scope.season is not None:
        first, last = one.scope.season
    if one.says is Says.OPEN or one.says is Says.CLOSED:
        return [*found, Change(one.day, days, season=season, first=first, last=last)]
    if one.says is Says.PART_CLOSED and found and found[-1].weekdays == days:
        shorter = _cut_back(found[-1].day, one)
        return [*found[:-1], Change(shorter, days, season=season, first=first, last=last)]
    bases = {week[day] for day in days}
    if one.says is Says.USUAL or len(bases) != 1 or (base := bases.pop()) is None:
        raise NotUnderstoodError
    return [*found, Change(_cut_back(base, one), days, season=season, first=first, last=last)]


def _period(change: Change) -> tuple[str, str, str]:
    return change.season, change.first, change.last


def _fills_the_year(periods: set[tuple[str, str, str]]) -> bool:
    if {season for season, _, _ in periods} == {SUMMER, WINTER}:
        return True
    if len(periods) != 2 or any(len(first) != len("MM-DD") for _, first, _ in periods):
        return False
    (_, first, last), (_, other_first, other_last) = periods
    return _day_after(last) == other_first and _day_after(other_last) == first


def _day_after(day: str) -> str:
    return (date.fromisoformat(f"2024-{day}") + timedelta(days=1)).isoformat()[-len(day) :]


def _on_holidays(base: list[Statement]) -> list[Change]:
    """Any holiday, then those with a name, then the weekend days worked in lieu."""
    named: dict[str, Day] = {}
    usual = False
    for one in base:
        days = one.scope.days or _NOBODY
        for name in days.on:
            if one.says is Says.USUAL:
                if name != HOLIDAY:
                    raise NotUnderstoodError
                usual = True
            elif one.says in {Says.OPEN, Says.CLOSED}:
                named[name] = joined(named.get(name, ()), one.day)
    if WORKDAY in named and not usual:
        named.setdefault(HOLIDAY, CLOSED_DAY)
    order = (HOLIDAY, *sorted(named.keys() - {HOLIDAY, WORKDAY}), WORKDAY)
    return [Change(named[name], on=name) for name in order if name in named]
