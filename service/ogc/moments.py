"""The `datetime` parameter: an instant, a day or an interval, as seconds since 1970 (UTC).

A bare date is that whole day in Beijing. A length of time counts in whole days, months and years.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta

from geodata.errors import ParameterError
from geodata.moments import BEIJING_TIME

FIRST, LAST = -(2**62), 2**62
Span = tuple[int, int]
_DAY_S = 86_400
_DAY_LENGTH = len("2024-06-01")

_LEAP = "(?:0[48]|[2468][048]|[13579][26])"
DAY = (
    "(?:(?:19|20)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|(?:19{_LEAP}|20(?:00|{_LEAP}))-02-29)"
)
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_INSTANT = f"{DAY}(?:T{CLOCK}:[0-5][0-9](?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]))?"
_LENGTH = "P[1-9][0-9]{0,2}[DWMY]"
PATTERN = (
    f"^(?:{_INSTANT}|{_INSTANT}/(?:[.][.])?|(?:[.][.])?/{_INSTANT}"
    f"|{_INSTANT}/{_LENGTH}|{_LENGTH}/{_INSTANT}|{_INSTANT}/{_INSTANT})$"
)
# An interval that ends before it begins: digit by digit, the first that differs is the greater.
BACKWARDS = (
    "^([^/]*)(?:" + "|".join(f"{digit}[^/]*/\\1[0-{digit - 1}]" for digit in range(1, 10)) + ")"
)
_LENGTHS = re.compile(
    r"P(?=.)(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
)
_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?", re.IGNORECASE
)
_OPEN = frozenset({"", ".."})
_WRONG = "datetime 要写 2024-06-01、2024-06-01T00:00:00Z 或 开始/结束（没有头尾写 ..）"


def span(text: str) -> Span:
    """First and last second meant; open ends are FIRST and LAST.

    Raises:
        ParameterError: it is none, or ends before it begins.
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return _instant(text)
    if begin in _OPEN and end in _OPEN:
        raise ParameterError(_WRONG)
    if begin.startswith("P"):
        found = _moved(end, begin, -1), _instant(end)[1]
    elif end.startswith("P"):
        found = _instant(begin)[0], _moved(begin, end, 1)
    else:
        first = FIRST if begin in _OPEN else _instant(begin)[0]
        found = first, LAST if end in _OPEN else _instant(end)[1]
    if found[0] > found[1]:
        raise ParameterError("datetime 的开始晚于结束")
    return found


def day_begins(day: date) -> int:
    """The first second of a day in Beijing."""
    return int(datetime.combine(day, time(), BEIJING_TIME).timestamp())


def day_ends(day: date) -> int:
    """The last second of a day in Beijing."""
    return day_begins(day) + _DAY_S - 1


def _instant(text: str) -> Span:
    at = int(_begins(text).timestamp())
    return at, at + (_DAY_S - 1 if len(text) == _DAY_LENGTH else 0)


def _begins(text: str) -> datetime:
    if not _SHAPE.fullmatch(text):
        raise ParameterError(_WRONG)
    try:
        if len(text) == _DAY_LENGTH:
            return datetime.combine(date.fromisoformat(text), time(), BEIJING_TIME)
        # No calendar here has leap seconds: one counts as the second before it.
        return datetime.fromisoformat(text.upper().replace(":59:60", ":59:59"))
    except ValueError as error:
        raise ParameterError(_WRONG) from error


def _moved(text: str, length: str, sign: int) -> int:
    """The end of a length of time that begins (or, backwards, ends) at an instant.

    Months are counted where the instant is written: those of a bare date in Beijing.
    """
    found = _LENGTHS.fullmatch(length)
    at = _begins(text)
    if found is None:
        raise ParameterError(_WRONG)
    if sign < 0 and len(text) == _DAY_LENGTH:
        at += timedelta(seconds=_DAY_S - 1)
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    year, month = divmod(at.year * 12 + at.month - 1 + sign * (years * 12 + months), 12)
    try:
        day = min(at.day, calendar.monthrange(year, month + 1)[1])
        moved = at.replace(year=year, month=month + 1, day=day)
        return int((moved + sign * timedelta(days=weeks * 7 + days)).timestamp())
    except (ValueError, OverflowError):
        # Beyond the calendar nothing ends it.
        return LAST if sign > 0 else FIRST
