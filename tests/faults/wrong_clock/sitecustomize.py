"""Python's clock, set wrong by SHIFT_S seconds: on the path of a child process that is tried."""

import datetime
import os
import time

_SHIFT_S = float(os.environ["SHIFT_S"])
_time, _time_ns, _gmtime, _localtime = time.time, time.time_ns, time.gmtime, time.localtime
_DATE, _DATETIME = datetime.date, datetime.datetime


class _AnyDate(type):
    """What C makes is a date to the program, too."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _DATE)


class _AnyDatetime(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _DATETIME)


class _Datetime(_DATETIME, metaclass=_AnyDatetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _DATETIME:
        return _DATETIME.now(tz) + datetime.timedelta(seconds=_SHIFT_S)


class _Date(_DATE, metaclass=_AnyDate):
    @classmethod
    def today(cls) -> _DATE:
        return _Datetime.now().date()


time.time = lambda: _time() + _SHIFT_S
time.time_ns = lambda: _time_ns() + int(_SHIFT_S * 1e9)
time.gmtime = lambda at=None: _gmtime(time.time() if at is None else at)
time.localtime = lambda at=None: _localtime(time.time() if at is None else at)
datetime.date, datetime.datetime = _Date, _Datetime
