"""两固三定: what is done, due and overdue at a date."""

from datetime import date

import pytest

from geodata.duty.rules import Duty, Event, Notice, Standing, State, notice, period, standings

# A Wednesday.
TODAY = date(2026, 3, 18)
SESSION, VISIT, LECTURE = Duty
SUNDAY, MARCH_END, APRIL_END = date(2026, 3, 22), date(2026, 3, 31), date(2026, 4, 30)


def on(duty: Duty, month: int, day: int, announced: date | None = None) -> Event:
    return Event(duty, date(2026, month, day), announced)


def standing(duty: Duty, *events: Event) -> Standing:
    return next(one for one in standings(events, TODAY) if one.duty is duty)


@pytest.mark.parametrize(
    ("duty", "day", "first", "last"),
    [
        (SESSION, date(2026, 3, 16), date(2026, 3, 16), SUNDAY),
        (SESSION, SUNDAY, date(2026, 3, 16), SUNDAY),
        (SESSION, date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4)),
        (VISIT, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (VISIT, date(2025, 12, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (LECTURE, date(2026, 2, 1), date(2026, 1, 1), date(2026, 2, 28)),
        (LECTURE, date(2025, 11, 30), date(2025, 11, 1), date(2025, 12, 31)),
        (LECTURE, TODAY, date(2026, 3, 1), APRIL_END),
    ],
)
def test_weeks_months_and_pairs_of_months(duty: Duty, day: date, first: date, last: date) -> None:
    assert period(duty, day) == (first, last)


def test_a_point_without_any_record_is_unknown_not_overdue() -> None:
    assert standings([], TODAY) == (
        Standing(SESSION, State.UNKNOWN, SUNDAY),
        Standing(VISIT, State.UNKNOWN, MARCH_END),
        Standing(LECTURE, State.UNKNOWN, APRIL_END),
    )


def test_all_held_in_their_periods_is_done() -> None:
    events = on(SESSION, 3, 16), on(VISIT, 3, 18), on(LECTURE, 3, 1)
    assert standings(events, TODAY) == (
        Standing(SESSION, State.DONE, SUNDAY, last=date(2026, 3, 16)),
        Standing(VISIT, State.DONE, MARCH_END, last=TODAY),
        Standing(LECTURE, State.DONE, APRIL_END, last=date(2026, 3, 1)),
    )


def test_held_last_month_and_not_yet_in_this_one_is_due() -> None:
    assert standing(VISIT, on(VISIT, 2, 3)) == Standing(
        VISIT,
        State.DUE,
        MARCH_END,
        last=date(2026, 2, 3),
        announce_by=date(2026, 3, 24),
    )


def test_whole_months_without_a_visit_are_overdue_and_counted() -> None:
    late = standing(VISIT, on(VISIT, 1, 31))
    assert (late.state, late.missed) == (State.OVERDUE, 1)
    december = Event(VISIT, date(2025, 12, 1))
    assert standing(VISIT, december).missed == 2


def test_a_duty_never_held_is_counted_from_the_first_record_of_the_point() -> None:
    late = standing(LECTURE, on(SESSION, 1, 5))
    assert (late.state, late.missed, late.last) == (State.DUE, 0, None)
    late = standing(VISIT, on(SESSION, 1, 5))
    assert (late.state, late.missed, late.last) == (State.OVERDUE, 1, None)
    assert standing(SESSION, on(SESSION, 3, 5), on(VISIT, 1, 5)).missed == 1


def test_a_planned_one_is_planned_only_within_the_running_period() -> None:
    held = on(VISIT, 2, 3)
    planned = standing(VISIT, held, on(VISIT, 3, 30))
    assert (planned.state, planned.next) == (State.PLANNED, date(2026, 3, 30))
    assert planned.announce_by == date(2026, 3, 23)
    assert standing(VISIT, held, on(VISIT, 4, 1)).state is State.DUE


def test_what_was_missed_stays_overdue_until_it_is_held() -> None:
    planned = standing(VISIT, on(VISIT, 1, 3), on(VISIT, 3, 30, date(2026, 3, 17)))
    assert (planned.state, planned.missed, planned.announce_by) == (State.OVERDUE, 1, None)
    held = standing(VISIT, on(VISIT, 1, 3), on(VISIT, 3, 2))
    assert (held.state, held.missed) == (State.DONE, 0)


def test_a_point_that_only_plans_owes_nothing_yet() -> None:
    first = on(SESSION, 3, 25)
    assert standing(SESSION, first).state is State.UNKNOWN
    assert standing(SESSION, on(SESSION, 3, 19)).state is State.PLANNED


@pytest.mark.parametrize(
    ("duty", "announced", "expected"),
    [
        (VISIT, date(2026, 3, 24), Notice.IN_TIME),
        (VISIT, date(2026, 3, 17), Notice.IN_TIME),
        (LECTURE, date(2026, 3, 25), Notice.LATE),
        (LECTURE, date(2026, 3, 16), Notice.EARLY),
        (VISIT, None, Notice.STILL_TIME),
        (SESSION, None, Notice.NOT_ASKED),
    ],
)
def test_visits_and_lectures_are_announced_one_to_two_weeks_ahead(
    duty: Duty, announced: date | None, expected: Notice
) -> None:
    assert notice(on(duty, 3, 31, announced), TODAY) is expected


def test_a_week_before_is_the_last_day_to_announce() -> None:
    assert notice(on(VISIT, 3, 25), TODAY) is Notice.STILL_TIME
    assert notice(on(VISIT, 3, 24), TODAY) is Notice.MISSING
