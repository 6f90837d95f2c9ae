"""What a planner asks, and under which parameters every answer was made."""

import re
from dataclasses import dataclass
from datetime import date

from geodata.coverage import gaps, lunch
from geodata.coverage.catchment import BANDS
from geodata.coverage.walk import WALK_KMH
from geodata.errors import ParameterError

DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SUNDAYS = str.maketrans({"天": "日", "：": ":"})
_HOUR = re.compile(
    rf"(?:({'|'.join(DAYS)})|([1-7])(?=[ T]))[ T]?([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?"
)
# Walks shown as minutes: 4 km/h.
METRES_A_MINUTE = WALK_KMH * 1000.0 / 60.0


@dataclass(frozen=True, slots=True)
class Hour:
    """A moment of an ordinary week; weekday 0 is Monday, minute counts from midnight."""

    weekday: int
    minute: int

    @classmethod
    def read(cls, text: str) -> "Hour":
        """周三12:00, 星期天 9:30, 3 12:00 (1 is Monday).

        Raises:
            ParameterError: the text is no hour of the week.
        """
        given = text.strip().translate(_SUNDAYS).replace("星期", "周").replace("礼拜", "周")
        found = _HOUR.fullmatch(given)
        if found is None:
            raise ParameterError(f"时刻要写成“周三12:00”，收到：{text[:20]}")
        name, number, hour, minute = found.groups()
        weekday = DAYS.index(name) if name else int(number) - 1
        return cls(weekday, int(hour) * 60 + int(minute or 0))

    def __str__(self) -> str:
        return f"{DAYS[self.weekday]}{self.minute // 60}:{self.minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Question:
    """Walking radius in metres, whether 黄牌 points count, at which hour, as of which date."""

    radius_m: float = gaps.RADIUS_M
    count_rectifying: bool = False
    hour: Hour | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """All that an answer depends on beside the data; `walking` says how walks were measured.

    `records_from` is the day of the first status on record: a question as of an earlier date
    finds no service points at all.
    """

    radius_m: float
    count_rectifying: bool
    hour: str
    as_of: str
    records_from: str
    walking: str
    estimated: bool
    scenario: str
    data_version: int
    software_version: str
    large_workers: int = gaps.LARGE_WORKERS
    unknown_half_days: float = gaps.UNKNOWN_HALF_DAYS
    bands: tuple[tuple[float, float], ...] = BANDS
    lunch_rho: float = lunch.RHO
    lunch_reach_m: float = lunch.REACH_M
    metres_a_minute: float = METRES_A_MINUTE

    @property
    def question(self) -> Question:
        """The question that gives the same answer again."""
        return Question(
            self.radius_m,
            self.count_rectifying,
            Hour.read(self.hour) if self.hour else None,
            date.fromisoformat(self.as_of) if self.as_of else None,
        )
