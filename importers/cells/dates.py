"""When something is due, as offices write it: 2024年3月底, 2023.09, 2024年三季度, 2024Q3."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_PARTS = {
    "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31),
    "底": (21, 31), "末": (21, 31),
}  # fmt: skip
_YEAR_PARTS = {
    "": (1, 12), "内": (1, 12), "全年": (1, 12), "上半年": (1, 6), "下半年": (7, 12),
    "底": (12, 12), "末": (12, 12), "初": (1, 3), "中": (5, 8),
}  # fmt: skip
_DAY = re.compile(r"(?P<year>20\d\d)(?P<gap>[年./-])(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?")
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)?")
_MONTH = re.compile(
    r"(?P<year>20\d\d)[年./-](?P<month>\d{1,2})月?(?:份)?(?P<part>[上中下]旬|[初中底末])?"
)
_QUARTER = re.compile(
    r"(?P<year>20\d\d)年?(?:q(?P<q>[1-4])|第?(?P<n>[一二三四1-4])季度?)(?:末|底|内)?"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年?度?(?P<part>内|全年|[上下]半年|底|末|初|中|)")
_LEAD = re.compile(r"^(?:预计|计划|拟|力争|确保|约|大约|于|在)+")
_TAIL = re.compile(
    r"(?:之?前|以前|左右|前后|完成|建成|竣工|启用|投入使用|开放|挂牌|交付|\([^()]*\))+$"
)
_TIME = re.compile(r"t?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A date as written, with the first and the last day it can mean; None is not known."""

    text: str
    earliest: date | None = None
    latest: date | None = None


def due(text: str, *, year: int | None = None) -> Due:
    """When something is due; `year` is that of the form, for 三季度 and 3月底.

    已完成, 尽快, and a month of a year that nobody says, name no day.
    """
    written = " ".join(text.split())
    if not written:
        return Due("")
    flat = "".join(unicodedata.normalize("NFKC", written[:_LONGEST]).lower().split())
    flat = _LEAD.sub("", _TAIL.sub("", _TIME.sub("", flat)))
    if year and flat and not re.match(r"20\d\d", flat):
        flat = f"{year}{'' if flat.startswith('年') else '年'}{flat}"
    first, after = _halves(flat)
    span = _span(first) if first else None
    if span is None or not after:
        return Due(written, *(span or (None, None)))
    end = _span(after) or _span(f"{span[0].year}年{after}")
    return Due(written, span[0], end[1]) if end and end[1] >= span[0] else Due(written)


def _halves(flat: str) -> tuple[str, str]:
    """The two ends of 2024年6月至8月; a dash may also stand within one date."""
    for mark in ("至", "到", "~", "—", "–"):
        before, found, after = flat.partition(mark)
        if found:
            return before, after
    if halves := re.fullmatch(r"(20\d\d年.{0,12}?)-(.{1,16})", flat):
        return halves[1], halves[2]
    return flat, ""


def _span(flat: str) -> tuple[date, date] | None:
    for pattern, read in _READERS:
        found = pattern.fullmatch(flat)
        if found is None:
            continue
        try:
            return read(found)
        except ValueError:
            return None
    return None


def _day(found: re.Match[str]) -> tuple[date, date]:
    one = date(int(found["year"]), int(found["month"]), int(found["day"]))
    return one, one


def _compact(found: re.Match[str]) -> tuple[date, date]:
    return _day(found) if found["day"] else _months(found["year"], int(found["month"]))


def _month(found: re.Match[str]) -> tuple[date, date]:
    first, last = _months(found["year"], int(found["month"]))
    if part := found["part"]:
        start, end = _MONTH_PARTS[part]
        return first.replace(day=start), first.replace(day=min(end, last.day))
    return first, last


def _quarter(found: re.Match[str]) -> tuple[date, date]:
    number = _NUMERALS[found["q"] or found["n"]]
    return _months(found["year"], 3 * number - 2, 3 * number)


def _year(found: re.Match[str]) -> tuple[date, date]:
    return _months(found["year"], *_YEAR_PARTS[found["part"]])


def _months(year: str, first: int, last: int | None = None) -> tuple[date, date]:
    last = last or first
    if not 1 <= last <= 12:
        raise ValueError
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])


_READERS = (
    (_DAY, _day), (_COMPACT, _compact), (_MONTH, _month), (_QUARTER, _quarter), (_YEAR, _year),
)  # fmt: skip
