"""Coverage through the week is each hour's own answer."""

import pytest

from geodata.answers.answer import answer
from geodata.answers.cuts import whole
from geodata.answers.question import Hour, Question
from geodata.answers.standing import AtHour
from geodata.answers.week import WHOLE_WEEK, HourShare, week
from geodata.hours import CLOSED_DAY, Hours, Span

WEDNESDAY = Hours(week=tuple((Span(540, 1020),) if d == 2 else CLOSED_DAY for d in range(7)))


@pytest.fixture
def city(make_city):
    return make_city(
        sites=[{"workers": 300.0}, {"workers": 100.0, "east_m": 5000.0}],
        points=[{"hours": WEDNESDAY}, {"east_m": 5000.0}],
    )


def test_an_hour_is_told_for_certain_and_if_unknown_hours_are_open(city) -> None:
    noon, night = Hour(2, 720), Hour(3, 60)
    assert week(answer(city, Question()), (noon, night)) == (
        HourShare(noon, 0.75, 1.0, AtHour(open=1, closed=0, unknown=1)),
        HourShare(night, 0.0, 0.25, AtHour(open=0, closed=1, unknown=1)),
    )


def test_each_hour_is_what_its_own_question_answers(city) -> None:
    rows = week(answer(city, Question(800.0)))
    tallies = [whole(answer(city, Question(800.0, hour=hour))).tally for hour in WHOLE_WEEK]
    assert [(row.hour, row.share, row.possible_share) for row in rows] == [
        (hour, tally.share, tally.possible_share)
        for hour, tally in zip(WHOLE_WEEK, tallies, strict=True)
    ]
    assert sum(row.share == 0.75 for row in rows) == 8
