"""The day and minute it is where the service points are."""

from datetime import date, datetime, timedelta, timezone

BEIJING_TIME = timezone(timedelta(hours=8))


def today() -> date:
    """Today in Beijing time, wherever the program runs."""
    return datetime.now(BEIJING_TIME).date()


def now() -> datetime:
    """This minute in Beijing time, wherever the program runs."""
    return datetime.now(BEIJING_TIME).replace(second=0, microsecond=0)
