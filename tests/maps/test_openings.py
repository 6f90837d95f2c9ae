"""Open until, opens at, or unknown: the words of a state at a minute."""

from datetime import datetime

import pytest

from geodata.hours import ALL_DAY, Day, Hours, Span
from geodata.kinds import Kind, Status
from geodata.public_places import PublicService
from maps.openings import Said, opening, times
from maps.words import CHINESE, ENGLISH


def service(hours: Hours | None, text: str = "") -> PublicService:
    return PublicService(
        Kind.REST_ROOM, "", Status.PLAQUED, text, (), (), "", "", None, None, hours
    )


def daily(*spans: tuple[float, float]) -> Hours:
    day: Day = tuple(Span(int(start * 60), int(end * 60)) for start, end in spans)
    return Hours(week=(day,) * 7, on_holidays=True)


def item(hours: Hours | None, moment: str, text: str = "") -> dict[str, object]:
    when = datetime.fromisoformat(moment)
    found = service(hours, text)
    always = hours is not None and hours.always
    return {"times": times([found], when), "hours": text, "always": always}


WEEKEND_OFF = Hours(week=(*[(Span(540, 1020),)] * 5, (), ()), on_holidays=True)
# 2026-03-31 is a Tuesday, 2026-04-03 a Friday.
CASES = [
    (daily((9, 20)), "2026-03-31T12:00", "开放至 20:00", "Open until 20:00", "is-open"),
    (daily((9, 12), (13, 17)), "2026-03-31T11:59", "开放至 12:00", "Open until 12:00", "is-soon"),
    (daily((9, 12), (13, 17)), "2026-03-31T12:01", "13:00 开", "Opens 13:00", "is-closed"),
    (daily((9, 17)), "2026-03-31T20:00", "明日 9:00 开", "Opens tomorrow 9:00", "is-closed"),
    (WEEKEND_OFF, "2026-04-03T18:00", "周一 9:00 开", "Opens Mon 9:00", "is-closed"),
    (daily((9, 24)), "2026-03-31T12:00", "开放至 24:00", "Open until 24:00", "is-open"),
    (daily((9, 25)), "2026-03-31T23:00", "开放至 明日 1:00", "Open until tomorrow 1:00", "is-open"),
    (
        Hours(week=(ALL_DAY,) * 7, on_holidays=True),
        *("2026-03-31T03:00", "24 小时开放", "Open 24 hours", "is-open"),
    ),
    (daily(), "2026-03-31T03:00", "现在不开", "Closed now", "is-closed"),
    (None, "2026-03-31T03:00", "时间未知", "Hours unknown", "is-unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "moment", "chinese", "english", "look"), CASES)
def test_a_state_is_said_in_both_languages(
    hours: Hours | None, moment: str, chinese: str, english: str, look: str
) -> None:
    shown = item(hours, moment)
    assert opening(shown, CHINESE) == Said(chinese, look)
    assert opening(shown, ENGLISH) == Said(english, look)


def test_a_day_beyond_the_week_is_named_by_its_date() -> None:
    shown = {
        "times": [["closed", "2026-03-31T12:00"], ["open", "2026-04-20T09:00"]],
        "hours": "",
        "always": False,
    }
    assert opening(shown, CHINESE) == Said("4月20日 9:00 开", "is-closed")
    assert opening(shown, ENGLISH) == Said("Opens Apr 20 9:00", "is-closed")


def test_hours_that_nobody_understood_are_shown_as_written() -> None:
    shown = item(None, "2026-03-31T12:00", "看店主心情")
    assert opening(shown, ENGLISH) == Said("看店主心情", "is-unknown")
    without_times = {"times": [], "hours": "", "always": False}
    assert opening(without_times, CHINESE) == Said("时间未知", "is-unknown")


def test_times_are_states_with_their_beginnings() -> None:
    assert times([service(daily((9, 20)))], datetime(2026, 3, 31, 12, 0))[:3] == [  # noqa: DTZ001
        ["open", "2026-03-31T12:00"],
        ["closed", "2026-03-31T20:00"],
        ["open", "2026-04-01T09:00"],
    ]
