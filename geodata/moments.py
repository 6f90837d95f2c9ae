"""Time as the tables keep it, and as the clocks of the service points show it."""

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING_TIME = timezone(timedelta(hours=8))


def utc_now() -> datetime:
    """This moment in UTC, without a zone, as every table keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """Today in Beijing time, wherever the program runs."""
    return datetime.now(BEIJING_TIME).date()


def day_of(at: datetime) -> date:
    """The day in Beijing time of a moment as the tables keep it."""
    return at.replace(tzinfo=UTC).astimezone(BEIJING_TIME).date()
