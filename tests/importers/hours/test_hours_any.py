"""What holds for any hours: words read back, and no promise that the next moment breaks."""

from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from geodata.holidays import public_holidays
from geodata.hours import (
    ALL_DAY,
    ANY_TIME,
    CLOSED_DAY,
    EVERY_DAY,
    HOLIDAY,
    SUMMER,
    WINTER,
    Change,
    Cycle,
    Day,
    Hours,
    Span,
    State,
    as_json,
    from_json,
    next_change,
    open_at_hour_of_week,
    state_at,
    tidy,
)
from geodata.hours_text import in_words
from importers.hours.read import read_hours

QUARTERS = st.integers(0, 95)
SPANS = st.builds(
    lambda start, length, sure: Span(start * 15, (start + length) * 15, sure),
    QUARTERS,
    st.integers(1, 50),
    st.booleans(),
)
TIMES = (
    st.lists(SPANS, min_size=1, max_size=2)
    .map(tidy)
    .filter(
        # No sign gives hours that begin in the next day.
        lambda day: day[-1].start < 1440
    )
)
DAYS = st.one_of(st.just(ALL_DAY), st.just(ANY_TIME), TIMES)
ANY_DAY = st.one_of(st.just(CLOSED_DAY), DAYS)
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
RATED = st.one_of(
    st.builds(Change, DAYS, WEEKDAYS, nth=st.sampled_from([(1,), (1, 3), (-1,)])),
    st.builds(Change, DAYS, WEEKDAYS, cycle=st.sampled_from(Cycle)),
)
SEASONAL = st.one_of(
    st.builds(Change, TIMES, WEEKDAYS, season=st.sampled_from([SUMMER, WINTER])),
    st.builds(Change, TIMES, WEEKDAYS, first=st.just("06-01"), last=st.just("09-30")),
    st.builds(Change, TIMES, WEEKDAYS, first=st.just("2024-06-01"), last=st.just("2024-06-09")),
)
ON = st.lists(
    st.builds(Change, ANY_DAY, on=st.sampled_from([HOLIDAY, "劳动节", "春节"])),
    max_size=2,
    unique_by=lambda change: change.on,
).map(lambda found: sorted(found, key=lambda change: (change.on != HOLIDAY, change.on)))


def _hours(
    week: list[Day], rated: list[Change], seasonal: list[Change], on: list[Change], *, usual: bool
) -> Hours:
    closed = any(change.on == HOLIDAY for change in on)
    return Hours(tuple(week), (*seasonal, *rated, *on), on_holidays=usual and not closed)


HOURS = st.builds(
    _hours,
    st.lists(ANY_DAY, min_size=7, max_size=7),
    st.lists(RATED, max_size=1),
    st.lists(SEASONAL, max_size=1),
    ON,
    usual=st.booleans(),
)
# Wall-clock times, as on the sign at the door.
FIRST, LAST = (datetime.fromisoformat(day) for day in ("2023-12-20", "2026-12-31"))
MOMENTS = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(second=0, microsecond=0))
HOLIDAYS = public_holidays()


@given(hours=HOURS)
def test_words_about_hours_are_read_back_as_the_same_hours(hours: Hours) -> None:
    assume(any(hours.week) and (hours.changes or set(hours.week) != {ANY_TIME}))
    assert read_hours(in_words(hours)) == hours


@given(hours=HOURS, when=MOMENTS)
def test_a_state_holds_until_the_next_change(hours: Hours, when: datetime) -> None:
    now = state_at(hours, when, holidays=HOLIDAYS)
    change = next_change(hours, when, holidays=HOLIDAYS)
    end = change or when + timedelta(days=30)
    steps = int(min(end - when, timedelta(days=2)) / timedelta(minutes=15))
    moments = [when + timedelta(minutes=15 * step) for step in range(steps)]
    assert {state_at(hours, moment, holidays=HOLIDAYS) for moment in moments} <= {now}
    assert change is None or state_at(hours, change, holidays=HOLIDAYS) != now


@given(hours=HOURS, when=MOMENTS)
def test_what_an_ordinary_week_promises_no_day_without_a_holiday_breaks(
    hours: Hours, when: datetime
) -> None:
    dated = any(len(change.first) > len("MM-DD") for change in hours.changes)
    assume(not dated)
    promised = open_at_hour_of_week(hours, when.weekday(), when.hour * 60 + when.minute)
    assert promised is State.UNKNOWN or state_at(hours, when) is promised


@given(hours=HOURS)
def test_json_gives_the_same_hours(hours: Hours) -> None:
    assert from_json(as_json(hours)) == hours


@given(
    text=st.text(
        alphabet="周一二三五六日至、,，9:0017-（）上下午每月第个休息除外双节假日春24小时夏季冬 \n",
        max_size=40,
    )
)
def test_any_text_is_read_or_unknown(text: str) -> None:
    hours = read_hours(text)
    assert hours is None or (len(hours.week), hours) == (len(EVERY_DAY), read_hours(text))
