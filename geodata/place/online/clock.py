"""Time as it is handed in: now, sleeping, and the day in which providers count."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from geodata.moments import BEIJING_TIME


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` gives an aware time, `sleep` takes seconds."""

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep

    def today(self) -> str:
        """The day as 2026-11-21, by which providers count their quotas."""
        return self.now().astimezone(BEIJING_TIME).date().isoformat()

    def midnight(self) -> datetime:
        """When the next such day begins."""
        here = self.now().astimezone(BEIJING_TIME)
        today = here.replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=1)

    def sleep_until(self, moment: datetime) -> None:
        """Sleep until a moment; at once where it has passed."""
        self.sleep(max(0.0, (moment - self.now()).total_seconds()))


class Pace:
    """Lets no more than so many requests a second pass."""

    def __init__(self, clock: Clock, per_second: float) -> None:
        self._clock = clock
        self._gap_s = 1.0 / per_second
        self._last: datetime | None = None
        self._rest_s = 0.0

    def wait(self, requests: int = 1) -> None:
        """Sleep until the next may go; what goes now makes the one after it wait."""
        if self._last is not None:
            passed_s = (self._clock.now() - self._last).total_seconds()
            # A clock set back must not make a long sleep of it.
            if passed_s < self._rest_s:
                self._clock.sleep(min(self._rest_s, self._rest_s - passed_s))
        self._last = self._clock.now()
        self._rest_s = self._gap_s * requests
