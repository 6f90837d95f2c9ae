"""Opening hours in words, short enough for a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.hours import (
    ALL_DAY,
    ANY_TIME,
    CLOSED_DAY,
    DAY_MIN,
    EVERY_DAY,
    HOLIDAY,
    WORKDAY,
    Change,
    Day,
    Hours,
    Span,
)

WORKING = EVERY_DAY[:5]
# An hour before this is read as an afternoon's unless it says that it is night.
_NIGHT_ENDS = 4 * 60


@dataclass(frozen=True, slots=True)
class _Words:
    weekdays: tuple[str, ...]
    day_gap: str
    run: str
    always: str
    every_day: str
    all_week: str
    workdays: str
    all_day: str
    unknown: str
    closed: str
    perhaps: str
    night: str
    next_day: str
    end: str
    gap: str
    usual: str
    rough: str
    names: Mapping[str, str]


_ZH = _Words(
    weekdays=tuple(f"周{c}" for c in "一二三四五六日"),
    day_gap="、",
    run="至",
    always="24小时",
    every_day="每天",
    all_week="周一至周日",
    workdays="工作日",
    all_day="24小时",
    unknown="时间未知",
    closed="休息",
    perhaps="可能",
    night="凌晨",
    next_day="次日",
    end="；",
    gap="、",
    usual="节假日照常",
    rough="大约",
    names={
        HOLIDAY: "法定节假日", WORKDAY: "调休上班日", "summer": "夏令", "winter": "冬令",
        "even": "双周", "odd": "单周", "alternate": "隔周",
    },
)  # fmt: skip
_EN = _Words(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    day_gap=", ",
    run="–",
    always="24 hours",
    every_day="Daily",
    all_week="Mon–Sun",
    workdays="Working days",
    all_day="24 hours",
    unknown="hours unknown",
    closed="closed",
    perhaps="perhaps ",
    night="",
    next_day="next day ",
    end="; ",
    gap=", ",
    usual="as usual on public holidays",
    rough="about",
    names={
        HOLIDAY: "public holidays", WORKDAY: "weekend days worked in lieu",
        "summer": "in summer", "winter": "in winter", "even": "even weeks", "odd": "odd weeks",
        "alternate": "every second week", "元旦": "New Year", "春节": "Spring Festival",
        "清明节": "Qingming", "劳动节": "Labour Day", "端午节": "Dragon Boat Festival",
        "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
    },
)  # fmt: skip


def in_words(hours: Hours, language: str = "zh") -> str:
    """周一至周五 9:00–17:00；周六 9:00–12:00, in `zh` or `en`; closed days are left out."""
    words = _EN if language == "en" else _ZH
    if hours.always:
        return words.always
    workdays = _workdays(hours)
    parts = _week(hours, words, workdays=workdays)
    daily = hours.on_holidays and len(set(hours.week)) == 1
    if hours.on_holidays and not daily:
        parts.append(words.usual)
    hidden = {WORKDAY} if workdays else set()
    if workdays and any(c.on == HOLIDAY and c.day == CLOSED_DAY for c in hours.changes):
        hidden.add(HOLIDAY)
    # Weeks of a month before seasons: a season holds for what follows it.
    ordered = sorted(hours.changes, key=lambda change: bool(change.season or change.first))
    parts += [_change(change, words) for change in ordered if change.on not in hidden]
    said = words.end.join(parts) or words.closed
    if hours.sure:
        return said
    note = hours.note if language != "en" and hours.note else words.rough
    return f"{said} ({note})" if language == "en" else f"{said}（{note}）"


def _workdays(hours: Hours) -> bool:
    """Whether the working days are those of the calendar of holidays."""
    worked = {change.day for change in hours.changes if change.on == WORKDAY}
    return bool(worked) and worked == {hours.week[day] for day in WORKING}


def _week(hours: Hours, words: _Words, *, workdays: bool) -> list[str]:
    groups: dict[Day, list[int]] = {}
    for number, day in enumerate(hours.week):
        if day != CLOSED_DAY and not (workdays and number in WORKING):
            groups.setdefault(day, []).append(number)
    said = [f"{words.workdays} {_day(hours.week[0], words)}"] if workdays else []
    for day, numbers in groups.items():
        daily = hours.on_holidays and len(numbers) == 7
        name = words.every_day if daily else _weekdays(numbers, words)
        said.append(f"{name} {_day(day, words)}")
    return said


def _weekdays(numbers: Sequence[int], words: _Words) -> str:
    if len(numbers) == 7:
        return words.all_week
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return words.day_gap.join(_run(run, words) for run in runs)


def _run(run: list[int], words: _Words) -> str:
    names = [words.weekdays[number] for number in run]
    return words.day_gap.join(names) if len(run) < 3 else f"{names[0]}{words.run}{names[-1]}"


def _day(day: Day, words: _Words) -> str:
    if day == CLOSED_DAY:
        return words.closed
    if day == ALL_DAY:
        return words.all_day
    if day == ANY_TIME:
        return words.unknown
    return words.gap.join(_span(span, words) for span in day)


def _span(span: Span, words: _Words) -> str:
    perhaps = "" if span.sure else words.perhaps
    night = words.night if 0 < span.start < _NIGHT_ENDS else ""
    return f"{perhaps}{night}{_clock(span.start, words)}–{_clock(span.end, words, end=True)}"


def _clock(minute: int, words: _Words, *, end: bool = False) -> str:
    if minute > DAY_MIN or (minute == DAY_MIN and not end):
        return f"{words.next_day}{_clock(minute - DAY_MIN, words)}"
    return f"{minute // 60}:{minute % 60:02}"


def _change(change: Change, words: _Words) -> str:
    if change.on:
        return f"{words.names.get(change.on, change.on)} {_day(change.day, words)}"
    when = [words.names.get(name, "") for name in (change.season, str(change.cycle or ""))]
    days = _weekdays(change.weekdays, words)
    if words is _EN:
        when += [_dates_en(change), _nth_en(change.nth)]
        return " ".join([*filter(None, when), days, _day(change.day, words)])
    when += [_dates_zh(change), _nth_zh(change.nth)]
    return f"{''.join(when)}{days} {_day(change.day, words)}"


def _dates_zh(change: Change) -> str:
    if not change.first:
        return ""
    first, last = (_date_zh(day) for day in (change.first, change.last))
    return first if first == last else f"{first}至{last}"


def _date_zh(day: str) -> str:
    *year, month, number = map(int, day.split("-"))
    return f"{f'{year[0]}年' if year else ''}{month}月{number}日"


def _dates_en(change: Change) -> str:
    return change.first if change.first == change.last else f"{change.first} to {change.last}"


def _nth_zh(nth: tuple[int, ...]) -> str:
    if not nth:
        return ""
    if nth == (-1,):
        return "每月最后一个"
    return f"每月第{'、'.join('一二三四五'[number - 1] for number in nth)}个"


def _nth_en(nth: tuple[int, ...]) -> str:
    names = {1: "1st", 2: "2nd", 3: "3rd", -1: "last"}
    return f"{', '.join(names.get(n, f'{n}th') for n in nth)} of the month:" if nth else ""
