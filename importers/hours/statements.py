"""From the words of opening hours to statements: on which days, open, closed or as usual.

Days, seasons and weeks hold for all times that follow, until another word of the same sort comes
after a time: 周一至周五 9:00-11:30, 13:00-17:00，周六 9:00-12:00.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from geodata.hours import ALL_DAY, ANY_TIME, Cycle, Day, joined
from importers.hours.times import NotUnderstoodError
from importers.hours.words import Days, Token, Word, days, rate, season

_WORKING = frozenset(range(5))
_SAYS_WHEN = frozenset({Word.SPAN, Word.ALL_DAY, Word.PART, Word.UNTIL})


class Says(Enum):
    """What a statement says of its days."""

    OPEN = auto()
    CLOSED = auto()
    PART_CLOSED = auto()
    UNTIL = auto()
    USUAL = auto()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which days a statement is about; None where it does not say."""

    days: Days | None = None
    season: str | tuple[str, str] | None = None
    rate: Cycle | tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Days and what is said of them."""

    scope: Scope
    says: Says
    day: Day = ()


@dataclass(frozen=True, slots=True)
class _Holding:
    """Which words hold, in the order they came, and for which of them no time has come yet."""

    scope: Scope = Scope()
    order: tuple[str, ...] = ()
    fresh: frozenset[str] = frozenset()

    def with_word(self, sort: str, value: Any) -> "_Holding":
        """A word more. After a time it takes the place of its sort and of all that came later."""
        order, scope = self.order, self.scope
        if not self.fresh and sort in order:
            kept = order[: order.index(sort)]
            scope = replace(scope, **dict.fromkeys(order[len(kept) :]))
            order = kept
        if sort in self.fresh:
            value = _merged(getattr(scope, sort), value)
        order = order if sort in order else (*order, sort)
        return _Holding(replace(scope, **{sort: value}), order, self.fresh | {sort})

    def used(self) -> "_Holding":
        return replace(self, fresh=frozenset())

    def without(self, sorts: frozenset[str]) -> "_Holding":
        gone: dict[str, Any] = dict.fromkeys(sorts)
        kept = tuple(sort for sort in self.order if sort not in sorts)
        return _Holding(replace(self.scope, **gone), kept, self.fresh - sorts)

    def without_rate(self) -> "_Holding":
        """Without the weeks that held and what came after them."""
        if "rate" not in self.order:
            return self
        return self.without(frozenset(self.order[self.order.index("rate") :]))


def _merged(before: Any, value: Any) -> Any:
    if isinstance(before, Days) and isinstance(value, Days):
        return _both(before, value)
    if isinstance(before, tuple) and isinstance(value, str):
        return before
    if isinstance(before, str) and isinstance(value, tuple):
        return value
    raise NotUnderstoodError


def _both(one: Days, other: Days) -> Days:
    """The days of two words; 全年 beside 周一至周五 only says that they are so all year."""
    weekdays = one.weekdays | other.weekdays
    if one.daily != other.daily and one.weekdays and other.weekdays:
        weekdays = one.weekdays & other.weekdays
    daily = (one.daily or other.daily) and len(weekdays) == 7
    return Days(weekdays, one.on | other.on, daily, one.each_week or other.each_week)


class Reader:
    """Reads words from left to right into statements; `doubts` are words that make them unsure."""

    def __init__(self, found: list[Token]) -> None:
        self.made: list[Statement] = []
        self.doubts: list[str] = []
        self._tokens = [*found, Token(Word.STRONG_GAP, "")]
        self._at = 0
        self._held = _Holding()
        self._line = 0
        self._rate_is_old = False
        self._outer: list[tuple[Word, _Holding, int]] = []

    def read(self) -> None:
        """Read all words.

        Raises:
            NotUnderstoodError: the words do not make sense together.
        """
        for self._at, token in enumerate(self._tokens):  # noqa: B020 - steps look around
            _STEPS[token.word](self, token)
        if self._outer:
            raise NotUnderstoodError
        if self._held.fresh:
            if self.made:
                self._hang(self.made)
            else:
                self._say(Says.OPEN, ANY_TIME)

    def _next(self, step: int = 1) -> Word | None:
        """The word so many places on, marks between left out."""
        rest = self._tokens[self._at + 1 :] if step > 0 else self._tokens[: self._at][::-1]
        return next((token.word for token in rest if token.word is not Word.GAP), None)

    def _set(self, sort: str, value: Any) -> None:
        if self._rate_is_old:
            self._held = self._held.without_rate()
        self._held = self._held.with_word(sort, value)

    def _set_days(self, token: Token) -> None:
        value = days(token.text)
        if self._held.scope.rate is not None and not self._held.fresh:
            # 每月第一个周二上午，周四下午: each Thursday or one a month?
            if not (value.each_week or self._rate_is_old):
                raise NotUnderstoodError
            self._held = self._held.without_rate()
        self._set("days", value)

    def _set_rate(self, token: Token) -> None:
        self._rate_is_old = False
        self._set("rate", rate(token.text))

    def _say(self, says: Says, day: Day = ()) -> None:
        scope = self._scope_of(says)
        if self._rate_is_old and scope.rate is not None:
            raise NotUnderstoodError
        last = self.made[-1] if self.made else None
        goes_on = last and last.says is says is Says.OPEN and not self._held.fresh
        if last and goes_on and last.scope == scope:
            # 下午2:00-4:00、5:00-6:00: the later time is no early morning.
            if day != last.day and (last.day == ALL_DAY or day[0].start < last.day[-1].start):
                raise NotUnderstoodError
            self.made[-1] = replace(last, day=joined(last.day, day))
        else:
            self.made.append(Statement(scope, says, day))
        self._held = self._held.used()

    def _scope_of(self, says: Says) -> Scope:
        """The days in force. A season may mean all days said before, not only the last of them."""
        held = self._held
        if "season" in held.fresh and "days" not in held.fresh and held.scope.days:
            if says is Says.CLOSED:
                return replace(held.scope, days=None)
            last = self.made[-1].scope if self.made else held.scope
            if not last.season and any(one.scope.days != held.scope.days for one in self.made):
                raise NotUnderstoodError
        return held.scope

    def _open(self, token: Token) -> None:
        day = (token.span,) if token.span else self._all_day(token)
        named_break = token.word is Word.SPAN and self._names_break()
        if (self._next() is Word.CLOSED or named_break) and token.word is not Word.ALL_DAY:
            self._say(Says.PART_CLOSED, day)
        elif token.word is Word.PART and self._is_mere_name():
            return
        elif self._is_break(token):
            self._say(Says.PART_CLOSED, day)
        else:
            self._say(Says.OPEN, day)

    def _all_day(self, token: Token) -> Day:
        """周二全天 is a working day of unknown hours, not a night as well."""
        named = self._held.scope.days
        return ANY_TIME if token.text == "全天" and named and not named.daily else ALL_DAY

    def _is_mere_name(self) -> bool:
        """Whether a part of the day names a break that was said, or one that there is not."""
        return self._next() is Word.USUAL or bool(self._at and self._names_break(-1))

    def _names_break(self, step: int = 0) -> bool:
        """Whether 午休 follows a span: 12:00-13:00午休."""
        span, part = self._tokens[self._at + step : self._at + step + 2]
        return span.word is Word.SPAN and part.word is Word.PART and part.text[:2] == "午休"

    def _is_break(self, token: Token) -> bool:
        """Whether 午休 lies within the hours said just before; alone it is a session."""
        last = self.made[-1] if self.made else None
        if not (token.span and token.text.startswith("午休") and last) or self._held.fresh:
            return False
        return any(one.start < token.span.start and token.span.end < one.end for one in last.day)

    def _until(self, token: Token) -> None:
        if token.span is None or not self._held.fresh:
            raise NotUnderstoodError
        self._say(Says.UNTIL, (token.span,))

    def _close(self, _token: Token) -> None:
        if self._next(-1) in {Word.SPAN, Word.PART}:
            return
        named = self._held.scope.days
        if not self._held.fresh or (
            named and named.weekdays >= _WORKING and not self._held.scope.season
        ):
            raise NotUnderstoodError
        closed = self._held.fresh
        self._say(Says.CLOSED)
        # 周一休息，9:00-17:00: the times are not Monday's.
        self._held = self._held.without(closed)

    def _as_usual(self, token: Token) -> None:
        if self._next(-1) is Word.PART or self._next() in {*_SAYS_WHEN, Word.CLOSED}:
            return
        if self._held.fresh:
            self._say(Says.USUAL)
        elif token.text == "无休":
            self._set("days", days("每天"))
        elif token.text == "也":
            raise NotUnderstoodError

    def _not_known(self, token: Token) -> None:
        if self._held.fresh:
            self._say(Says.OPEN, ANY_TIME)
        else:
            self.doubts.append(token.text)

    def _begin(self, token: Token) -> None:
        self._outer.append((token.word, self._held, len(self.made)))
        self._held = self._held.used() if token.word is Word.OPEN_BRACKET else _Holding()

    def _end_bracket(self, _token: Token) -> None:
        self._end_exception(_token, needed=False)
        if not self._outer:
            raise NotUnderstoodError
        _, outer, count = self._outer.pop()
        inner, self._held = self._held, outer
        if len(self.made) > count or not inner.fresh:
            return
        if outer.fresh or not self.made:
            self._held = replace(inner, fresh=inner.fresh | outer.fresh)
        else:
            self._held = inner
            self._hang(self.made[-1:])
            self._held = outer

    def _end_exception(self, _token: Token, *, needed: bool = True) -> None:
        if not self._outer or self._outer[-1][0] is not Word.EXCEPT:
            if needed:
                raise NotUnderstoodError
            return
        self._close(_token)
        self._held = self._outer.pop()[1]

    def _end_line(self, token: Token) -> None:
        self._end_exception(token, needed=False)
        if self._held.fresh and self.made[self._line :]:
            self._hang(self.made[self._line :])
        self._line = len(self.made)
        self._rate_is_old = not self._held.fresh

    def _hang(self, said: list[Statement]) -> None:
        """Days that come after their times: 9:00-17:00（周一至周五）."""
        sorts = self._held.fresh
        if any(getattr(one.scope, sort) is not None for one in said for sort in sorts):
            raise NotUnderstoodError
        values = {sort: getattr(self._held.scope, sort) for sort in sorts}
        for at, one in enumerate(self.made):
            if any(one is other for other in said):
                self.made[at] = replace(one, scope=replace(one.scope, **values))
        self._held = _Holding()

    def _doubt(self, token: Token) -> None:
        self.doubts.append(token.text)

    def _pass(self, _token: Token) -> None:
        return

    def _set_season(self, token: Token) -> None:
        self._set("season", season(token.text))

    def _set_dates(self, token: Token) -> None:
        self._set("season", dates(token.text))


_STEPS: dict[Word, Callable[[Reader, Token], None]] = {
    Word.DAYS: Reader._set_days,
    Word.SEASON: Reader._set_season,
    Word.DATES: Reader._set_dates,
    Word.RATE: Reader._set_rate,
    Word.SPAN: Reader._open,
    Word.PART: Reader._open,
    Word.ALL_DAY: Reader._open,
    Word.UNTIL: Reader._until,
    Word.CLOSED: Reader._close,
    Word.USUAL: Reader._as_usual,
    Word.UNKNOWN: Reader._not_known,
    Word.EXCEPT: Reader._begin,
    Word.EXCEPT_END: Reader._end_exception,
    Word.OPEN_BRACKET: Reader._begin,
    Word.CLOSE_BRACKET: Reader._end_bracket,
    Word.STRONG_GAP: Reader._end_line,
    Word.DOUBT: Reader._doubt,
    Word.GAP: Reader._pass,
}


def dates(text: str) -> tuple[str, str]:
    """First and last day of 6-9月, 2月9日-17日, 2024年2月9日: MM-DD, with a year if one is said.

    Raises:
        NotUnderstoodError: no calendar has such a day.
    """
    if iso := re.fullmatch(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})", text):
        one = _date(*iso.groups(), last=False)
        return one, one
    before, _, after = text.partition("-")
    year0, month0, day0 = _parts(before)
    year1, month1, day1 = _parts(after) if after else (year0, month0, day0)
    month0, month1 = month0 or before, month1 or month0
    return (
        _date(year0, month0, day0, last=False),
        _date(year1 or year0, month1, day1, last=True),
    )


def _parts(text: str) -> tuple[str, str, str]:
    found = (re.search(rf"(\d+)[{unit}]", text) for unit in ("年", "月", "日号"))
    year, month, day = (one[1] if one else "" for one in found)
    return year, month, day


def _date(year: str, month: str, day: str, *, last: bool) -> str:
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        raise NotUnderstoodError
    longest = monthrange(int(year or 2024), int(month))[1]
    if day and not 1 <= int(day) <= longest:
        raise NotUnderstoodError
    number = int(day) if day else longest if last else 1
    return f"{year}-{int(month):02}-{number:02}".removeprefix("-")
