"""The holidays that ship, against what the notices say."""

from collections import Counter
from datetime import date

from geodata.holidays import NO_HOLIDAYS, public_holidays

HOLIDAYS = public_holidays()


def test_each_year_has_the_days_off_and_worked_of_its_notice() -> None:
    free = Counter(day.year for day in HOLIDAYS.free)
    worked = Counter(day.year for day in HOLIDAYS.worked)
    assert (free, worked) == ({2024: 28, 2025: 28, 2026: 33}, {2024: 8, 2025: 5, 2026: 6})


def test_a_day_worked_in_lieu_is_at_a_weekend_and_not_off() -> None:
    assert {day.weekday() for day in HOLIDAYS.worked} == {5, 6}
    assert HOLIDAYS.worked.isdisjoint(HOLIDAYS.free)


def test_two_holidays_may_fall_together() -> None:
    assert HOLIDAYS.name(date(2025, 10, 6)) == "国庆节、中秋节"
    assert (HOLIDAYS.name(date(2025, 10, 9)), HOLIDAYS.name(date(2026, 2, 23))) == ("", "春节")


def test_of_a_year_without_a_notice_nothing_is_known() -> None:
    known = [HOLIDAYS.knows(date(year, 1, 1)) for year in (2023, 2024, 2026, 2035)]
    assert known == [False, True, True, False]
    assert not NO_HOLIDAYS.knows(date(2024, 1, 1))
