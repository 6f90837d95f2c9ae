"""Coverage hour by hour through an ordinary week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geodata.answers.answer import Answer, states_of
from geodata.answers.question import DAYS, Hour
from geodata.answers.standing import AtHour, standing

WHOLE_WEEK = tuple(Hour(day, 60 * hour) for hour in range(24) for day in range(len(DAYS)))


@dataclass(frozen=True, slots=True)
class HourShare:
    """The share of workers served at an hour: for certain, and if all unknown hours were open."""

    hour: Hour
    share: float | None
    possible_share: float | None
    points: AtHour


def week(answer: Answer, hours: Iterable[Hour] = WHOLE_WEEK) -> tuple[HourShare, ...]:
    """Each hour as its own question would answer it, under the answer's other parameters."""
    rows = []
    for hour in hours:
        asked = replace(answer.asked, hour=hour)
        tally = states_of(answer.city, asked, answer.pairs, asked.radius_m).tally()
        points = standing(answer.city, asked).at_hour
        rows.append(HourShare(hour, tally.share, tally.possible_share, points))
    return tuple(rows)
