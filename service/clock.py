"""The day and minute it is where the service points are."""

from datetime import date, datetime, timedelta

from geodata import moments
from geodata.moments import BEIJING_TIME

# No clock that is right shows a day before this program was written.
WRITTEN_ON = date(2026, 11, 1)
_LONGEST_IN_USE = timedelta(days=20 * 366)


def today() -> date:
    """Today in Beijing time, wherever the program runs."""
    return moments.today()


def now() -> datetime:
    """This minute in Beijing time, wherever the program runs."""
    return datetime.now(BEIJING_TIME).replace(second=0, microsecond=0)


def doubts_of_the_clock() -> str:
    """Why this machine's clock cannot be right; "" when it can."""
    day = today()
    if WRITTEN_ON <= day <= WRITTEN_ON + _LONGEST_IN_USE:
        return ""
    return (
        f"本机的日期是 {day.isoformat()}，不会对：开放时间、有效期和登录都会算错。"
        "请先校准时钟（timedatectl set-ntp true）再启动。"
    )
