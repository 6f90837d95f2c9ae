"""Pace and days, with a clock that is handed in."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from geodata.place.online.clock import Clock, Pace


class Moves(Protocol):
    slept: list[float]

    def now(self) -> datetime: ...
    def sleep(self, seconds: float) -> None: ...
    def pass_by(self, **much: float) -> None: ...


def test_requests_keep_their_distance(time: Moves) -> None:
    pace = Pace(Clock(time.now, time.sleep), 4.0)
    pace.wait()
    pace.wait()
    time.pass_by(seconds=0.1)
    pace.wait()
    time.pass_by(seconds=5)
    pace.wait()
    assert time.slept == [0.25, 0.15]


def test_a_batch_makes_the_next_wait_for_all_of_it(time: Moves) -> None:
    pace = Pace(Clock(time.now, time.sleep), 4.0)
    pace.wait(20)
    pace.wait()
    pace.wait()
    assert time.slept == [5.0, 0.25]


def test_a_clock_set_back_makes_no_long_sleep(time: Moves) -> None:
    pace = Pace(Clock(time.now, time.sleep), 4.0)
    pace.wait()
    time.pass_by(hours=-2)
    pace.wait()
    assert time.slept == [0.25]


def test_the_next_day_begins_at_midnight_in_shanghai(time: Moves) -> None:
    clock = Clock(time.now, time.sleep)
    assert (clock.today(), clock.midnight()) == (
        "2026-11-21",
        datetime(2026, 11, 21, 16, 0, tzinfo=UTC),
    )
    clock.sleep_until(clock.midnight())
    assert (clock.today(), time.slept) == ("2026-11-22", [12 * 3600.0])
    clock.sleep_until(clock.now() - timedelta(hours=1))
    assert time.slept == [12 * 3600.0, 0.0]


def test_without_one_handed_in_it_is_the_real_one() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=5)
