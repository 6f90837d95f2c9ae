"""Open, closed or unknown at a moment; 2024-06-05 is a Wednesday."""

from datetime import date, datetime
from typing import Any

import pytest

from geodata.holidays import NO_HOLIDAYS, Holidays
from geodata.hours import (
    ALL_DAY,
    ANY_TIME,
    CLOSED_DAY,
    HOLIDAY,
    WINTER,
    WORKDAY,
    Change,
    Cycle,
    Day,
    Hours,
    Span,
    State,
    agreed,
    as_json,
    from_json,
    half_days_per_week,
    joined,
    next_change,
    open_at_hour_of_week,
    state_at,
    tidy,
    without,
)
from geodata.hours_text import in_words

OPEN, CLOSED, UNKNOWN = State.OPEN, State.CLOSED, State.UNKNOWN
NINE_TO_FIVE: Day = (Span(540, 1020),)
OFFICE = Hours((NINE_TO_FIVE,) * 5 + (CLOSED_DAY,) * 2)
WORKDAYS = Hours(OFFICE.week, (Change(CLOSED_DAY, on=HOLIDAY), Change(NINE_TO_FIVE, on=WORKDAY)))
NIGHT = Hours(((Span(1320, 1800),),) * 5 + (CLOSED_DAY,) * 2)
ALWAYS = Hours((ALL_DAY,) * 7, on_holidays=True)
NATIONAL = Holidays({date(2024, 10, 1): "国庆节"}, frozenset({date(2024, 10, 12)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("hours", "when", "state"),
    [
        (OFFICE, "2024-06-05 08:59", CLOSED),
        (OFFICE, "2024-06-05 09:00", OPEN),
        (OFFICE, "2024-06-05 16:59", OPEN),
        (OFFICE, "2024-06-05 17:00", CLOSED),
        (OFFICE, "2024-06-08 10:00", CLOSED),
        (OFFICE, "2024-10-01 10:00", UNKNOWN),
        (OFFICE, "2024-10-01 20:00", CLOSED),
        (OFFICE, "2024-10-12 10:00", CLOSED),
        (OFFICE, "2023-10-02 10:00", OPEN),
        (WORKDAYS, "2024-10-01 10:00", CLOSED),
        (WORKDAYS, "2024-10-12 10:00", OPEN),
        (WORKDAYS, "2024-10-12 20:00", CLOSED),
        (NIGHT, "2024-06-05 23:00", OPEN),
        (NIGHT, "2024-06-08 05:59", OPEN),
        (NIGHT, "2024-06-08 06:00", CLOSED),
        (NIGHT, "2024-06-09 23:00", CLOSED),
        (ALWAYS, "2024-10-01 03:00", OPEN),
        (None, "2024-06-05 10:00", UNKNOWN),
    ],
)
def test_a_place_is_open_closed_or_unknown(hours: Hours | None, when: str, state: State) -> None:
    assert state_at(hours, at(when), holidays=NATIONAL) is state


@pytest.mark.parametrize(
    ("change", "when", "state"),
    [
        (Change(CLOSED_DAY, first="2024-06-03", last="2024-06-07"), "2024-06-05 10:00", CLOSED),
        (Change(CLOSED_DAY, first="2023-06-03", last="2023-06-07"), "2024-06-05 10:00", OPEN),
        (Change(CLOSED_DAY, first="11-01", last="02-28"), "2024-01-03 10:00", CLOSED),
        (Change(CLOSED_DAY, first="11-01", last="02-28"), "2024-06-05 10:00", OPEN),
        (Change((Span(540, 960),), season=WINTER), "2024-01-03 16:30", CLOSED),
        (Change((Span(540, 960),), season=WINTER), "2024-03-06 16:30", UNKNOWN),
        (Change((Span(540, 960),), season=WINTER), "2024-03-06 15:30", OPEN),
        (Change((Span(540, 960),), season=WINTER), "2024-07-03 16:30", OPEN),
        (Change((Span(1080, 1200),), (2,), nth=(1,)), "2024-06-05 18:30", OPEN),
        (Change((Span(1080, 1200),), (2,), nth=(1,)), "2024-06-05 10:30", OPEN),
        (Change((Span(1080, 1200),), (2,), nth=(1,)), "2024-06-12 18:30", CLOSED),
        (Change((Span(1080, 1200),), (2,), nth=(-1,)), "2024-06-26 18:30", OPEN),
        (Change((Span(1080, 1200),), (2,), cycle=Cycle.EVEN), "2024-06-05 18:30", UNKNOWN),
        (Change((Span(1080, 1200),), (2,), cycle=Cycle.EVEN), "2024-06-05 10:30", OPEN),
        (Change((Span(1080, 1200),), (2,), cycle=Cycle.EVEN), "2024-06-04 18:30", CLOSED),
    ],
)
def test_a_change_holds_on_its_days(change: Change, when: str, state: State) -> None:
    assert state_at(Hours(OFFICE.week, (change,)), at(when)) is state


def test_a_named_holiday_leaves_the_others_as_they_are() -> None:
    hours = Hours((ALL_DAY,) * 7, (Change(CLOSED_DAY, on="春节"),), on_holidays=True)
    holidays = Holidays({date(2024, 2, 12): "春节", date(2024, 10, 1): "国庆节"})
    days = ("2024-02-12 10:00", "2024-10-01 10:00", "2025-01-29 10:00")
    assert [state_at(hours, at(day), holidays=holidays) for day in days] == [CLOSED, OPEN, OPEN]


def test_hours_that_need_an_appointment_are_never_surely_open() -> None:
    hours = Hours(OFFICE.week, sure=False, note="需预约")
    assert [state_at(hours, at(f"2024-06-05 {t}")) for t in ("10:00", "20:00")] == [UNKNOWN, CLOSED]


@pytest.mark.parametrize(
    ("hours", "when", "change"),
    [
        (OFFICE, "2024-06-05 10:00", "2024-06-05 17:00"),
        (OFFICE, "2024-06-07 18:00", "2024-06-10 09:00"),
        (NIGHT, "2024-06-05 23:00", "2024-06-06 06:00"),
        (NIGHT, "2024-06-06 01:00", "2024-06-06 06:00"),
        (WORKDAYS, "2024-09-30 17:00", "2024-10-02 09:00"),
    ],
)
def test_the_next_change_is_when_the_state_ends(hours: Hours, when: str, change: str) -> None:
    assert next_change(hours, at(when), holidays=NATIONAL) == at(change)


@pytest.mark.parametrize("hours", [None, ALWAYS, Hours((ANY_TIME,) * 7)])
def test_what_never_changes_has_no_next_change(hours: Hours | None) -> None:
    assert next_change(hours, at("2024-06-05 10:00")) is None


@pytest.mark.parametrize(
    ("hours", "weekday", "minute", "state"),
    [
        (OFFICE, 0, 600, OPEN),
        (OFFICE, 6, 600, CLOSED),
        (NIGHT, 5, 120, OPEN),
        (WORKDAYS, 0, 600, OPEN),
        (Hours(OFFICE.week, (Change((Span(540, 960),), season=WINTER),)), 0, 1000, UNKNOWN),
        (Hours(OFFICE.week, (Change(CLOSED_DAY, first="2024-02-09", last="2024-02-17"),)),
         0, 600, OPEN),
        (None, 0, 600, UNKNOWN),
    ],
)  # fmt: skip
def test_an_ordinary_week_has_no_holidays(
    hours: Hours | None, weekday: int, minute: int, state: State
) -> None:
    assert open_at_hour_of_week(hours, weekday, minute) is state


@pytest.mark.parametrize(
    ("hours", "half_days"),
    [
        (OFFICE, 10.0),
        (ALWAYS, 14.0),
        (Hours(((Span(540, 690),), *((CLOSED_DAY,) * 6))), 1.0),
        (Hours(((Span(540, 690), Span(810, 1020)), *((CLOSED_DAY,) * 6))), 2.0),
        (Hours(((Span(720, 1080, sure=False),), *((CLOSED_DAY,) * 6))), 1.0),
        (Hours((CLOSED_DAY,) * 7, (Change((Span(540, 690),), (2,), cycle=Cycle.EVEN),)), 0.5),
        (Hours((CLOSED_DAY,) * 7, (Change((Span(540, 690),), (2,), nth=(1,)),)), 0.23),
    ],
)
def test_half_days_are_counted_by_session(hours: Hours, half_days: float) -> None:
    assert half_days_per_week(hours) == half_days


def test_days_are_put_together_minute_by_minute() -> None:
    one, other = (Span(540, 720),), (Span(660, 780), Span(900, 960, sure=False))
    assert (joined(one, other), agreed(one, other), without(one, other)) == (
        (Span(540, 780), Span(900, 960, sure=False)),
        (Span(540, 660, sure=False), Span(660, 720), Span(720, 780, sure=False),
         Span(900, 960, sure=False)),
        (Span(540, 660),),
    )  # fmt: skip
    assert tidy((Span(600, 660), Span(540, 600))) == (Span(540, 660),)


def test_hours_are_the_same_after_json() -> None:
    changes = (
        Change((Span(540, 960),), (0, 1), season=WINTER),
        Change(CLOSED_DAY, first="02-09", last="02-17", nth=(1, -1), cycle=Cycle.ODD),
    )
    hours = Hours(NIGHT.week, changes, on_holidays=True, sure=False, note="需预约")
    assert from_json(as_json(hours)) == hours


def test_stored_hours_are_plain_lists() -> None:
    stored: dict[str, Any] | None = as_json(Hours((NINE_TO_FIVE, ANY_TIME, *((CLOSED_DAY,) * 5))))
    assert stored == {
        "week": [[[540, 1020, 1]], [[0, 1440, 0]], [], [], [], [], []],
        "changes": [],
        "on_holidays": False,
        "sure": True,
        "note": "",
    }
    assert (as_json(None), from_json(None)) == (None, None)


@pytest.mark.parametrize(
    ("hours", "chinese", "english"),
    [
        (OFFICE, "周一至周五 9:00–17:00", "Mon–Fri 9:00–17:00"),
        (ALWAYS, "24小时", "24 hours"),
        (WORKDAYS, "工作日 9:00–17:00", "Working days 9:00–17:00"),
        (NIGHT, "周一至周五 22:00–次日6:00", "Mon–Fri 22:00–next day 6:00"),
        (Hours((NINE_TO_FIVE,) * 7, on_holidays=True), "每天 9:00–17:00", "Daily 9:00–17:00"),
        (
            Hours(OFFICE.week[:5] + (ANY_TIME,) * 2, (Change(CLOSED_DAY, on=HOLIDAY),)),
            "周一至周五 9:00–17:00；周六、周日 时间未知；法定节假日 休息",
            "Mon–Fri 9:00–17:00; Sat, Sun hours unknown; public holidays closed",
        ),
        (
            Hours((CLOSED_DAY,) * 7, (Change((Span(540, 660),), (1,), nth=(1, 3)),)),
            "每月第一、三个周二 9:00–11:00",
            "1st, 3rd of the month: Tue 9:00–11:00",
        ),
        (Hours(OFFICE.week, sure=False, note="需预约"), "周一至周五 9:00–17:00（需预约）",
         "Mon–Fri 9:00–17:00 (about)"),
        (Hours((CLOSED_DAY,) * 7), "休息", "closed"),
        (Hours(((Span(60, 120), Span(1200, 1440), Span(1455, 1470, sure=False)),
                *((CLOSED_DAY,) * 6))),
         "周一 凌晨1:00–2:00、20:00–24:00、可能次日0:15–次日0:30",
         "Mon 1:00–2:00, 20:00–24:00, perhaps next day 0:15–next day 0:30"),
    ],
)  # fmt: skip
def test_hours_are_short_in_words(hours: Hours, chinese: str, english: str) -> None:
    assert (in_words(hours), in_words(hours, "en")) == (chinese, english)


def test_without_holidays_a_festival_is_a_day_like_any() -> None:
    assert state_at(WORKDAYS, at("2024-10-01 10:00"), holidays=NO_HOLIDAYS) is OPEN
