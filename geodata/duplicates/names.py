"""What of a name tells one place from another of the same kind."""

import re
import unicodedata
from functools import cache

from geodata.kinds import KINDS
from geodata.place.district import load_districts
from geodata.place.grammar import words
from geodata.place.grammar.words import HAN

# What offices add to or leave off the name of the same place.
_KIND_WORDS = (
    *("户外职工爱心接力站", "户外职工驿站", "爱心接力站", "职工驿站", "工间休息室", "休息室"),
    *("职工服务中心", "职工服务总站", "职工服务站", "健康服务点", "服务总站", "服务中心"),
    *("服务站", "服务点", "妈咪小屋", "母婴室", "书屋", "司机之家", "健身驿站", "健身角"),
    *("驿站", "站点", "站", "总工会", "工会", "职工", "样板间", "示范点", "户外"),
)
_UNSAID = re.compile(rf"[^{HAN}0-9a-z]")
_NUMERAL = "一二三四五六七八九十百"
_DIGITS = {word: str(n) for n, word in enumerate(_NUMERAL[:10], start=1)}
_NUMBER = re.compile(
    rf"\d+|(?<![{_NUMERAL}])[{_NUMERAL}]+(?=[号期座栋幢楼店分站区]|$)|(?<=第)[{_NUMERAL}]+"
    r"|[a-z](?=[座栋幢楼区馆])|[东南西北](?=[座栋幢楼区馆门])"
)


def plain_name(name: str) -> str:
    """A name without city, district, kind words and punctuation; "" if nothing else is in it."""
    even = _UNSAID.sub("", unicodedata.normalize("NFKC", name).casefold())
    return _left_out().sub("", even)


def numbers(name: str) -> frozenset[str]:
    """The numbers of a name: 1 号楼 and 2 号楼 are one character and a building apart."""
    return frozenset(_DIGITS.get(found, found) for found in _NUMBER.findall(name))


@cache
def _left_out() -> re.Pattern[str]:
    city = words.home_province()
    labels = {word for facts in KINDS.values() for word in (facts.label, facts.short)}
    kinds = {_UNSAID.sub("", word) for word in (*labels, *_KIND_WORDS)}
    said = {city, city.removesuffix("市"), *load_districts().names, *kinds}
    return re.compile("|".join(sorted(map(re.escape, said), key=len, reverse=True)))
