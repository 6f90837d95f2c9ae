"""Cells to typed values. Each function takes a cell that is not blank and raises CellError.

What offices write is read as far as it says one thing: 约100余人 is about 100, 100-200 is at
least 100, both marked `about`; 待定 and / are unknown, which is None and never 0.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from geodata.errors import CellError
from importers.cells.numerals import in_digits

_UNKNOWN = {"", "/", "-", "--", "—", "——", "不详", "未知", "待定", "待统计", "暂无", "暂缺", "?"}
_NOTHING = {"无", "没有", "否", "不设"}
_TAG = re.compile(r"<[^<>]*>")
_BRACKETS = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2, "半": 0.5}
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000}
_ABOUT = r"约|大约|大概|近|超过?|逾|至少|不少于|不低于|上(?=[百千万])|>=?|≥|≈"
_MORE = r"余|多|来|左右|上下|以上|\+"
_AMOUNT = re.compile(
    rf"(?P<about>{_ABOUT})?(?:每周|共计?|合计|总计|人均|每份|人民币)?(?P<about2>{_ABOUT})?"
    r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九半](?=[十百千万个])|(?=[百千万]))"
    r"(?:(?P<range>[-~至到—–])(?P<upper>\d+(?:\.\d+)?))?"
    rf"(?P<more>{_MORE})?(?P<scale>[十百千万]?)(?P<more2>{_MORE})?"
    rf"(?P<unit>[^\d\s.,-]{{0,6}}?\d?)(?P<more3>{_MORE})?"
)


def is_unknown(text: str) -> bool:
    """Whether a cell says no more than that nobody knows: blank, /, 待定."""
    return "".join(unicodedata.normalize("NFKC", text).split()) in _UNKNOWN


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a cell gives it; `about` when the cell says it is not exact."""

    value: float
    about: bool = False


def amount(text: str, *, units: frozenset[str], nothing: bool = False) -> Amount | None:
    """A number with one of `units` after it or none; `nothing` reads 无 as 0."""
    flat = _TAG.sub("", unicodedata.normalize("NFKC", text))
    flat = in_digits(_COMMA.sub("", "".join(_BRACKETS.sub("", flat).split())))
    if flat in _UNKNOWN:
        return None
    if flat in _NOTHING and nothing:
        return Amount(0.0)
    found = _AMOUNT.fullmatch(flat)
    if not found or found["unit"].lower() not in units:
        raise CellError("一个数，例如 120")
    number = found["number"]
    value = float(_DIGITS.get(number, 0) or number or 1) * _SCALES[found["scale"]]
    vague = ("about", "about2", "range", "more", "more2", "more3")
    return Amount(round(value, 6), about=any(found[part] for part in vague))


_HEADS = frozenset({"", "人", "名", "家", "户", "个", "间", "座", "位", "席", "格", "份", "人次"})
_METRES = frozenset({"", "平方米", "平米", "平方", "平", "m2", "m", "㎡", "平方公尺"})
_YUAN = frozenset({"", "元", "圆", "元/份", "元/人", "元/餐", "元/位", "元整", "块", "人民币"})
_HALF_DAYS = frozenset({"", "个半天", "半天", "次", "个", "个半日"})
_TURNS = frozenset({"", "次", "轮", "翻"})


def heads(text: str, *, most: int = 1_000_000, nothing: bool = False) -> Amount | None:
    """A whole number of people, firms, seats; larger than `most` is a slip (a phone number)."""
    found = amount(text, units=_HEADS, nothing=nothing)
    if found is not None and (not found.value.is_integer() or found.value > most):
        raise CellError(f"不超过 {most} 的整数，例如 120")
    return found


def area_m2(text: str) -> Amount | None:
    """Square metres; what brackets add (其中休憩约40) is left out."""
    found = amount(text, units=_METRES)
    if found is not None and not 0 < found.value <= 1_000_000:
        raise CellError("大于 0 的平方米数，例如 84")
    return found


def yuan(text: str, *, factor: float = 1.0) -> Amount | None:
    """Yuan; `factor` is the header's unit and gives way to a 万 in the cell."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    if flat in {"免费", "0"}:
        return Amount(0.0)
    found = amount(text.replace("￥", "").replace("¥", ""), units=_YUAN)
    if found is not None and "万" not in flat and "元" not in flat:
        found = Amount(found.value * factor, found.about)
    if found is not None and found.value > 100_000_000:
        raise CellError("不超过一亿元的金额；单位可能填错了")
    return found


def half_days(text: str) -> Amount | None:
    """Half-days a week, 0 to 14."""
    found = amount(text, units=_HALF_DAYS, nothing=True)
    if found is not None and found.value > 14:
        raise CellError("每周的半天数，0 到 14")
    return found


def turns(text: str) -> Amount | None:
    """How often a seat is used in one lunch hour."""
    found = amount(text, units=_TURNS)
    if found is not None and not 0 < found.value <= 20:
        raise CellError("每餐翻台次数，例如 2")
    return found


_YEAR = re.compile(r"((?:19|20)\d{2})(?:年.*|[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?: .*)?)?(?:度)?")


def year(text: str) -> int | None:
    """The year of 2025, 2025年3月 or 2025-03-01."""
    flat = unicodedata.normalize("NFKC", text).strip()
    if flat in _UNKNOWN:
        return None
    if not (found := _YEAR.fullmatch(flat)):
        raise CellError("四位数的年份，例如 2025")
    return int(found[1])


def degrees(text: str, *, limit: float) -> float | None:
    """A longitude (`limit` 180) or latitude (90) in decimal degrees."""
    flat = unicodedata.normalize("NFKC", text).strip().rstrip("°度")
    if flat in _UNKNOWN:
        return None
    if not re.fullmatch(r"[-+]?\d{1,3}(?:\.\d+)?", flat):
        raise CellError("十进制的度数，例如 121.4710")
    if abs(value := float(flat)) > limit:
        raise CellError(f"不超过 {limit:g} 的度数；经度和纬度可能填反了")
    return value


@lru_cache(maxsize=4096)
def items(text: str) -> tuple[str, ...]:
    """A list in one cell, split at 、；; ，, / and line breaks outside brackets,
    or at spaces where none of these is used.
    """
    parts = [""]
    depth = 0
    for character in text:
        depth += (character in "(（[【") - (character in ")）]】")
        if depth <= 0 and character in "、；;，,/\n|":
            parts.append("")
        else:
            parts[-1] += character
    if len(parts) == 1:
        parts = text.split()
    stripped = (part.strip(" 。.:：") for part in parts)
    return tuple(dict.fromkeys(part for part in stripped if part))
