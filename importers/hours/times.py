"""Times of day put together: 上午9点到11点半 is one span, 下午 alone a session at no known time."""

from dataclasses import replace

from geodata.hours import DAY_MIN, Span
from importers.hours.words import Token, Word, minute

NOON = 12 * 60
# Nobody's day begins earlier unless the text says so: 1:30-5:00 is an afternoon.
_EARLIEST = 4 * 60
# Hours that end before they begin go over midnight, but not round the clock.
_LONGEST_NIGHT = 14 * 60
_AFTERNOON = tuple("下晚傍夜")
# When a session of which only the part of the day is known may take place.
_PARTS = {
    "上": (8 * 60, NOON),
    "早": (6 * 60, NOON),
    "清": (5 * 60, 9 * 60),
    "下": (NOON, 18 * 60),
    "中": (11 * 60, 14 * 60),
    "午": (11 * 60, 14 * 60),
    "傍": (16 * 60, 20 * 60),
    "晚": (17 * 60, DAY_MIN),
    "夜": (17 * 60, DAY_MIN + 8 * 60),
    "凌": (0, 6 * 60),
    "半": (6 * 60, 20 * 60),
}


class NotUnderstoodError(ValueError):
    """The words are known, what they say together is not."""


def spans(found: list[Token]) -> list[Token]:
    """The words with their times folded into SPAN, UNTIL and PART.

    Raises:
        NotUnderstoodError: a time has no other end, or no clock shows it.
    """
    made: list[Token] = []
    at = 0
    perhaps = False
    while at < len(found):
        token = found[at]
        if token.word is Word.PERHAPS:
            perhaps, at = True, at + 1
        elif token.word is Word.TIME or _leads(found, at):
            folded, at = _span(found, at)
            made.append(_doubtful(folded) if perhaps else folded)
            perhaps = False
        elif token.word is Word.DASH:
            closing, at = _closing_time(found, at)
            made += closing
        elif token.word is Word.NEXT_DAY:
            raise NotUnderstoodError
        else:
            made.append(_part(token) if token.word is Word.PART else token)
            at += 1
    return made


def _closing_time(found: list[Token], at: int) -> tuple[list[Token], int]:
    """冬季至17:30 ends the day; any other dash before a time is a mere mark."""
    after_season = at > 0 and found[at - 1].word in {Word.SEASON, Word.DATES}
    if after_season and _word(found, at + 1) is Word.TIME and _word(found, at + 2) is not Word.DASH:
        value, _, _, on = _time(found, at + 1)
        return [Token(Word.UNTIL, "", Span(0, value))], on
    return [], at + 1


def _word(found: list[Token], at: int) -> Word | None:
    return found[at].word if at < len(found) else None


def _leads(found: list[Token], at: int) -> bool:
    """Whether a part of the day belongs to the time after it: 上午9点, 上午: 9点."""
    if found[at].word is not Word.PART:
        return False
    after = at + 1 + (_word(found, at + 1) is Word.GAP and found[at + 1].text == ":")
    return _word(found, after) is Word.TIME


def _part(token: Token) -> Token:
    start, end = _PARTS[token.text[0]]
    return replace(token, span=Span(start, end, sure=False))


def _doubtful(token: Token) -> Token:
    return replace(token, span=replace(token.span, sure=False)) if token.span else token


def _span(found: list[Token], at: int) -> tuple[Token, int]:
    """The span that begins at a word, or the closing time, and where the words go on."""
    start, part, _, at = _time(found, at)
    if _word(found, at) is not Word.DASH:
        if _word(found, at) is Word.CLOSED:
            return Token(Word.UNTIL, "", Span(0, start)), at + 1
        raise NotUnderstoodError
    end, end_part, next_day, at = _time(found, at + 1)
    start = _on_clock(start, part)
    if start < _EARLIEST and start and not part:
        raise NotUnderstoodError
    end = _on_clock(end, end_part)
    if next_day or (end_part.startswith("凌") and end <= start):
        return Token(Word.SPAN, part, Span(start, end + DAY_MIN)), at
    return Token(Word.SPAN, part, Span(start, _end(start, end, part))), at


def _time(found: list[Token], at: int) -> tuple[int, str, bool, int]:
    """Minutes, part of the day, whether of the next day, and where the words go on."""
    part, next_day = "", False
    while _word(found, at) in {Word.PART, Word.NEXT_DAY} or (part and found[at].text == ":"):
        next_day = next_day or found[at].word is Word.NEXT_DAY
        part = found[at].text if found[at].word is Word.PART else part
        at += 1
    value = minute(found[at].text) if _word(found, at) is Word.TIME else None
    if value is None:
        raise NotUnderstoodError
    return value, part, next_day, at + 1


def _on_clock(value: int, part: str) -> int:
    if part.startswith(_AFTERNOON) and value <= NOON:
        # 晚上12点 is midnight, 下午12点半 is just after noon.
        return value if value == NOON and part[0] == "下" else value + NOON
    return value + NOON if part.startswith(("中", "午")) and value < _EARLIEST else value


def _end(start: int, end: int, part: str) -> int:
    if end <= start and part.startswith((*_AFTERNOON, "中", "午")) and end + NOON > start:
        end += NOON
    if (start, end) == (0, DAY_MIN - 1):
        return DAY_MIN
    if end <= start:
        end += DAY_MIN
        if end - start > _LONGEST_NIGHT:
            raise NotUnderstoodError
    return end
