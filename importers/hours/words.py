"""The words of opening hours: a text cut into tokens, or None where a word is not known.

Each pattern takes a bounded piece and the scanner never goes back, so any text is read in one
pass. A text longer than any sign at a door is not read at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from geodata.hours import HOLIDAY, SUMMER, WINTER, WORKDAY, Cycle, Span

_LONGEST = 400
_HOUR = "(?:点|时(?!间|段))"
_WORKDAYS = "工作日|上班日|平日|weekdays?|workingdays?"
_WEEKEND = "双休日?|周末|weekends?|休息日"
_ANY_HOLIDAY = (
    "(?:国家)?(?:法定|国定|公众|公共)?(?:节假日|假节日|节日|假日|假期)(?:期间)?"
    "|publicholidays?|holidays?"
)
_BRIEF = "[早晚](?=\\d|[一二两三四五六七八九十])"
_NTH = "第[一二三四五]个?(?:[、和及,]第?[一二三四五]个?)*"
_YEAR, _DATE = r"(?:20\d\d年)?", r"\d{1,2}[日号]"
_MONTH = rf"\d{{1,2}}月(?:{_DATE})?"
_OPEN = "开放|营业|办公|接待|上班|供餐|就餐|用餐|坐诊|门诊|出诊|咨询|开门"
# 周三三点 and 周1-5 9:00: a number before 点 or : is a time.
# 每周五天 is no Friday and Sunday but five days.
_DAY = (
    rf"(?:[一二三四五六](?!{_HOUR}|十[一二]?{_HOUR})|日|(?<![一二三四五六1-7])天"
    rf"|[1-7](?!{_HOUR}|[:.\d月]))"
)
_WEEK = "(?:周|星期|礼拜)"
_HOLIDAY_NAMES = {
    "元旦": "元旦", "春节": "春节", "清明": "清明节", "五一": "劳动节", "劳动节": "劳动节",
    "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节",
}  # fmt: skip
_NUMERAL = "十[一二]?|二十[一二三四]?|[一二两三四五六七八九]"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"


class Word(Enum):
    """What a piece of text says."""

    TIME = auto()
    SPAN = auto()
    UNTIL = auto()
    DASH = auto()
    DAYS = auto()
    SEASON = auto()
    DATES = auto()
    RATE = auto()
    PART = auto()
    ALL_DAY = auto()
    CLOSED = auto()
    USUAL = auto()
    UNKNOWN = auto()
    EXCEPT = auto()
    EXCEPT_END = auto()
    NEXT_DAY = auto()
    PERHAPS = auto()
    DOUBT = auto()
    OPEN_BRACKET = auto()
    CLOSE_BRACKET = auto()
    STRONG_GAP = auto()
    GAP = auto()


_PATTERNS: tuple[tuple[Word, str], ...] = (
    (Word.DOUBT, r"(?:需要?|须|请|可|凭|电话|提前)*预约(?:制|开放|服务)?"),
    (Word.DOUBT, r"约|左右|大约|一般|原则上|通常"),
    (Word.PERHAPS, r"可能"),
    (Word.RATE, rf"每月的?(?:{_NTH}|首个|最后[一1]个)的?(?:周的?(?={_WEEK}))?"),
    (Word.RATE, rf"每?[双单隔](?:周的?(?={_WEEK})|(?=周[一二三四五六日天])|周)"),
    (Word.RATE, r"每(?:两|二|2)周的?|每隔(?:一|1)周的?"),
    (Word.DAYS, r"每天|每日|天天|全年无休|年中无休|全年|(?:一周|每周)?7天|365天"),
    (Word.DAYS, r"daily|everyday|7days(?:aweek)?"),
    (Word.ALL_DAY, r"(?:7[*x×]24|24)(?:个?小时|h(?:ours?)?|/7)?(?:不间断|不打烊)?(?![\d:点时.])"),
    (Word.ALL_DAY, r"二十四小时|全天候?|昼夜"),
    (Word.DATES, rf"{_YEAR}{_MONTH}-(?:[次翌]年|20\d\d年)?(?:{_MONTH}|{_DATE})"),
    (Word.DATES, rf"\d{{1,2}}-\d{{1,2}}月(?!{_DATE})|{_YEAR}{_MONTH}"),
    (Word.DATES, r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}"),
    (Word.TIME, r"\d{1,2}:\d\d(?::00)?(?:am|pm)?|\d{1,2}(?:am|pm)|\d{1,2}\.[0-5]\d(?!\d)"),
    (Word.TIME, rf"\d{{1,2}}{_HOUR}(?:半|整|钟|\d{{1,2}}分?)?|(?:{_NUMERAL})点(?:半|整|钟)?"),
    (Word.TIME, rf"\d{{1,2}}(?=-(?:次日|翌日|凌晨|下午|晚上|中午)?\d{{1,2}}(?:{_HOUR}|:))"),
    (Word.DASH, r"-"),
    (
        Word.DAYS,
        rf"每?个?{_WEEK}(?:[一二三四五六末]|{_DAY})(?:[、,和及与/-]{{0,2}}{_WEEK}?{_DAY})*",
    ),
    (Word.DAYS, rf"{_EN_DAY}(?:(?:-|/|,|&|and|to|through){_EN_DAY})*"),
    (Word.DAYS, rf"{_WORKDAYS}|{_WEEKEND}|{_ANY_HOLIDAY}"),
    (Word.DAYS, rf"(?:{'|'.join(_HOLIDAY_NAMES)})节?(?:期间|假期|长假|放假|当天)*"),
    (Word.SEASON, r"[夏冬](?:令时?|季|天)"),
    (Word.NEXT_DAY, r"次日|翌日|第[二2]天|隔天"),
    (Word.USUAL, r"照常|正常|无休|不休息?|不打烊|不关门|也|同样|同上"),
    (Word.EXCEPT, r"除了?(?!外)|except(?:on|for)?"),
    (Word.EXCEPT, rf"closed?(?:on)?(?={_EN_DAY}|{_ANY_HOLIDAY}|weekend)"),
    (Word.CLOSED, rf"除外|不(?:{_OPEN}|对外|供应|服务)(?:开放|办公|服务)?"),
    (Word.CLOSED, r"(?:暂停|停止)(?:开放|营业|服务)"),
    (Word.CLOSED, r"休息|[闭关](?:馆|门|站|闭)|停诊|放假|打烊|closed|休"),
    (Word.EXCEPT_END, r"[以之]?外"),
    (Word.PART, r"[上中下]午|午间|午休(?:时间|时段)?|早上|早晨|清晨|晚上|傍晚|夜间|夜里|凌晨|半天"),
    (Word.PART, _BRIEF),
    (Word.UNKNOWN, r"(?:开放|服务)?时间(?:未知|不定|待定|另定|另行通知|不详)|待定|不定期?"),
    (Word.UNKNOWN, r"另行(?:通知|公布|公告)|以(?:公告|通知|现场)(?:公示|公告|通知)?为准"),
    (Word.OPEN_BRACKET, r"[(\[【{]"),
    (Word.CLOSE_BRACKET, r"[)\]】}]"),
    (Word.STRONG_GAP, r"[;。\n]"),
    (Word.GAP, rf"(?:对外)?(?:(?:{_OPEN}|服务|工作|供应)+(?:时间|时段|日期?)?|时间段?)[为是]?"),
    (Word.GAP, r"医生|全科|早餐|午餐|中餐|晚餐|夜宵"),
    (Word.GAP, r"每?逢|从|自|由|为|的|均|都|以及|及|和|与|且|并"),
    (Word.GAP, r"[,，、.:·/|+&\"'“”‘’]|open|from|hours|on|and"),
)  # fmt: skip
_SCANNER = re.compile("|".join(f"(?P<p{n}>{pattern})" for n, (_, pattern) in enumerate(_PATTERNS)))
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s(?=\d)")
_DASHES = re.compile(r"[-~～∼〜—–−―]+|至|到|(?<=[\dm])to(?=\d)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its text; a SPAN or UNTIL with its minutes."""

    word: Word
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays and holidays one word names; `daily` says that no day is left out."""

    weekdays: frozenset[int] = frozenset()
    on: frozenset[str] = frozenset()
    daily: bool = False
    each_week: bool = False


_NAMED_DAYS: tuple[tuple[str, Days], ...] = (
    (_WORKDAYS, Days(frozenset(range(5)), frozenset({WORKDAY}))),
    (_WEEKEND, Days(frozenset({5, 6}))),
    *((word, Days(on=frozenset({name}))) for word, name in _HOLIDAY_NAMES.items()),
    (_ANY_HOLIDAY, Days(on=frozenset({HOLIDAY}))),
)


def tokens(text: str) -> list[Token] | None:
    """The words of a text in order; None when one of them is not known."""
    flat = _flat(text)
    if len(flat) > _LONGEST:
        return None
    found: list[Token] = []
    at = 0
    while at < len(flat):
        match = _SCANNER.match(flat, at)
        if match is None or match.end() == at or match.lastgroup is None:
            return None
        found.append(Token(_PATTERNS[int(match.lastgroup[1:])][0], match[0]))
        at = match.end()
    return found


def _flat(text: str) -> str:
    lines = unicodedata.normalize("NFKC", text[: _LONGEST * 4]).lower().strip().split("\n")
    # 8:30-11:00 13:30-17:00: without its space the numbers would run together.
    apart = (_BETWEEN_NUMBERS.sub(",", line) for line in lines)
    flat = "\n".join("".join(line.split()) for line in apart)
    return _DASHES.sub("-", flat.strip()).replace("a.m.", "am").replace("p.m.", "pm")


def days(text: str) -> Days:
    """What a DAYS word names."""
    if text == "休息日":
        return Days(frozenset({5, 6}), frozenset({HOLIDAY}))
    for pattern, named in _NAMED_DAYS:
        if re.match(pattern, text):
            return named
    if listed := _listed(text):
        return Days(frozenset(listed), each_week=text.startswith("每"))
    return Days(frozenset(range(7)), daily=True)


def _listed(text: str) -> list[int]:
    english = re.findall("|".join((*_ENGLISH_DAYS, "-|to|through")), text)
    if english and english[0] in _ENGLISH_DAYS:
        marks = ["-" if one not in _ENGLISH_DAYS else _ENGLISH_DAYS.index(one) for one in english]
    elif re.match(rf"每?个?{_WEEK}", text):
        bare = re.sub(_WEEK, "", text.removeprefix("每"))
        bare = bare.replace("末", "六日").replace("天", "日")
        order = "一二三四五六日1234567"
        marks = ["-" if c == "-" else order.index(c) % 7 for c in bare if c == "-" or c in order]
    else:
        return []
    return _spread(marks)


def _spread(marks: list[int | str]) -> list[int]:
    """Weekdays with their ranges written out; 周六至周四 goes over Sunday."""
    found: list[int] = []
    for index, mark in enumerate(marks):
        if isinstance(mark, int):
            if index and marks[index - 1] == "-" and found:
                found += [(found[-1] + n) % 7 for n in range(1, (mark - found[-1]) % 7)]
            found.append(mark)
    return found


_CYCLES = {"双": Cycle.EVEN, "单": Cycle.ODD}


def rate(text: str) -> Cycle | tuple[int, ...]:
    """Which weeks a RATE word names: a cycle, or which of the month's."""
    if "月" not in text:
        return next((cycle for word, cycle in _CYCLES.items() if word in text), Cycle.ALTERNATE)
    if "最后" in text:
        return (-1,)
    return tuple("一二三四五".index(c) + 1 for c in re.findall("[一二三四五]", text)) or (1,)


def season(text: str) -> str:
    """SUMMER or WINTER."""
    return SUMMER if text.startswith("夏") else WINTER


def minute(text: str) -> int | None:
    """Minutes after midnight of a TIME word; None when no clock shows it."""
    numerals = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
    if found := re.match(rf"({_NUMERAL})点(.*)", text):
        tens, _, ones = found[1].rpartition("十")
        hour = numerals.get(ones, 0)
        hour += 10 * numerals.get(tens, 1) if "十" in found[1] else 0
        rest = found[2].removesuffix("分").replace("五", "5").replace("十", "0")
        past = 30 if rest == "半" else 0 if rest in {"", "整", "钟"} else None
        return None if past is None else hour * 60 + past
    numbers = [int(one) for one in re.findall(r"\d+", text)[:2]]
    hour, past = numbers[0], numbers[1] if len(numbers) > 1 else 30 if "半" in text else 0
    if text.endswith(("am", "pm")):
        hour = hour % 12 + (12 if text.endswith("pm") else 0)
    whole = hour * 60 + past
    return whole if past < 60 and whole <= 24 * 60 else None
