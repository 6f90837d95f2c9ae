"""Time as the tables keep it, and as the clocks of the service points show it."""

from datetime import UTC, datetime, timedelta, timezone

BEIJING_TIME = timezone(timedelta(hours=8))


def utc_now() -> datetime:
    """This moment in UTC, without a zone, as every table keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
