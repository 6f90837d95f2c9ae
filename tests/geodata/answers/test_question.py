"""Hours of the week as planners write them."""

import pytest

from geodata.answers.question import Hour
from geodata.errors import ParameterError


@pytest.mark.parametrize(
    ("text", "weekday", "minute", "written"),
    [
        ("周三12:00", 2, 720, "周三12:00"),
        ("星期天 9:30", 6, 570, "周日9:30"),
        ("礼拜一0:00", 0, 0, "周一0:00"),
        ("周日 23：59", 6, 1439, "周日23:59"),
        ("周五18", 4, 1080, "周五18:00"),
        ("3 12:00", 2, 720, "周三12:00"),
        ("7T08:05", 6, 485, "周日8:05"),
    ],
)
def test_an_hour_of_the_week_is_read(text: str, weekday: int, minute: int, written: str) -> None:
    hour = Hour.read(text)
    assert (hour, str(hour)) == (Hour(weekday, minute), written)
    assert Hour.read(str(hour)) == hour


@pytest.mark.parametrize(
    "text",
    ["", "周三", "12:00", "周八12:00", "周三24:00", "周三12:60", "周三-1:00", "周三1:2:3", "周三²"],
)
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="周三12:00"):
        Hour.read(text)
