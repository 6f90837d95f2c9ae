"""How a place's state goes on: the best of its services, from a moment on."""

from datetime import datetime, timedelta

import pytest

from geodata.hours import ALL_DAY, EVERY_DAY, Day, Hours, Span, State
from geodata.openings import MOST, Turn, turns


def daily(*spans: tuple[int, int]) -> Hours:
    day: Day = tuple(Span(start * 60, end * 60) for start, end in spans)
    return Hours(week=(day,) * 7, on_holidays=True)


SHOP = daily((9, 12), (13, 17))
NIGHT = daily((20, 26))
ALWAYS = Hours(week=(ALL_DAY,) * len(EVERY_DAY), on_holidays=True)
TUESDAY = datetime(2026, 3, 31)  # noqa: DTZ001 - the wall clock of the place


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return TUESDAY + timedelta(days=days, hours=hour, minutes=minute)


def test_a_minute_before_the_lunch_break_both_its_ends_are_known() -> None:
    assert turns([SHOP], at(11, 59)) == (
        Turn(State.OPEN, at(11, 59)),
        Turn(State.CLOSED, at(12)),
        Turn(State.OPEN, at(13)),
        Turn(State.CLOSED, at(17)),
        Turn(State.OPEN, at(9, days=1)),
    )
    assert len(turns([SHOP], at(11, 59))) == MOST


def test_a_minute_after_it_the_place_is_closed() -> None:
    assert turns([SHOP], at(12, 1))[:2] == (
        Turn(State.CLOSED, at(12, 1)),
        Turn(State.OPEN, at(13)),
    )


def test_a_place_is_open_while_any_of_its_services_is() -> None:
    assert turns([SHOP, daily((11, 14))], at(11, 59))[:2] == (
        Turn(State.OPEN, at(11, 59)),
        Turn(State.CLOSED, at(17)),
    )


def test_unknown_hours_beside_closed_ones_leave_the_place_unknown() -> None:
    assert turns([SHOP, None], at(18))[:2] == (
        Turn(State.UNKNOWN, at(18)),
        Turn(State.OPEN, at(9, days=1)),
    )


def test_a_night_ends_in_the_morning() -> None:
    assert turns([NIGHT], at(23))[:2] == (
        Turn(State.OPEN, at(23)),
        Turn(State.CLOSED, at(2, days=1)),
    )


@pytest.mark.parametrize(("hours", "state"), [(ALWAYS, State.OPEN), (None, State.UNKNOWN)])
def test_what_never_changes_is_one_turn(hours: Hours | None, state: State) -> None:
    assert turns([hours], at(3)) == (Turn(state, at(3)),)


def test_nobody_asked_is_unknown() -> None:
    assert turns([], at(3)) == (Turn(State.UNKNOWN, at(3)),)
