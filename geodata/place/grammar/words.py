"""The words the address grammar knows; those that belong to one city are read from data."""

import csv
import re
from functools import cache
from importlib.resources import files

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
NUMERAL = "[一二两三四五六七八九十]"
COUNT = r"(?:\d{1,3}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
"""What `count` reads."""

SEPARATORS = ",;、:·/ \x1f"
CUT = "\x1f"
"""Stands where a part was taken out, so that what was left and right of it stays apart."""

EDGE = rf"(?=$|[{SEPARATORS}])"
RELATION = (
    r"(?:旁边|旁|附近|斜对面|正对面|对面|对过|隔壁|[东南西北]{1,2}(?:侧|面|边|角)|[前后左右]侧"
    r"|门口|背后|后面|前面|楼下)"
)

PROVINCES = (
    "北京市|天津市|上海市|重庆市|河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省"
    "|湖南省|广东省|海南省|四川省|贵州省|云南省|陕西省|甘肃省|青海省|台湾省|内蒙古自治区"
    "|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|香港特别行政区|澳门特别行政区"
)

# Names that end like a town or are followed by one, but are functional zones inside a town.
_TOWN_LIKE = ("街道", "镇", "乡", "新区", "工业区", "工业园区", "农场", "林场", "旅游区")


def _rows(name: str) -> list[dict[str, str]]:
    text = files("geodata").joinpath("data", name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def towns() -> dict[str, str]:
    """Town or town-like zone → its district."""
    return {
        row["name"]: row["district"]
        for row in _rows("towns.csv")
        if row["name"].endswith(_TOWN_LIKE)
    }


@cache
def areas() -> frozenset[str]:
    """Neighbourhoods, islands and zones that people write before the road."""
    zones = {row["name"] for row in _rows("towns.csv")} - towns().keys()
    listed = {row["name"] for row in _rows("areas.csv") if row["kind"] == "area"}
    return frozenset(zones | listed | _short_towns())


def _short_towns() -> set[str]:
    """曹家渡 for 曹家渡街道; not where what remains is itself a road, a village or a town."""
    short = {re.sub(r"(?:街道|镇|乡)$", "", name) for name in towns()}
    return {
        name
        for name in short
        if len(name) > 1 and not name.endswith(("路", "村", "镇", "区", "站", "新"))
    }


@cache
def alternatives(kind: str) -> str:
    """The names of a kind in areas.csv as a pattern: line, airport, railway, postcode."""
    return "|".join(re.escape(row["name"]) for row in _rows("areas.csv") if row["kind"] == kind)


@cache
def landmarks() -> frozenset[str]:
    """Places of their own that people also write before a road, as if they were areas."""
    return frozenset(row["name"] for row in _rows("areas.csv") if row["kind"] == "landmark")


@cache
def numbered() -> frozenset[str]:
    """Places whose houses bear the place's name and a number: 外滩18号 is no door of a road."""
    return frozenset(row["name"] for row in _rows("areas.csv") if row["kind"] == "numbered")


@cache
def districts() -> dict[str, str]:
    """District as written, past ones included → the district of today."""
    past = {row["name"]: row["today"] for row in _rows("areas.csv") if row["kind"] == "district"}
    return {name: name for name in towns().values()} | past


@cache
def short_districts() -> dict[str, str]:
    """District without its last word → its full name."""
    past_first = [*districts(), *districts().values()]
    names = [name for name in past_first if name.endswith("区")]
    return {name.removesuffix("区").removesuffix("新"): name for name in names}


@cache
def districts_in_english() -> dict[str, str]:
    """District → its English name as the city writes it: 浦东新区 → Pudong New Area."""
    return {row["today"]: row["name"] for row in _rows("areas.csv") if row["kind"] == "english"}


@cache
def english_districts() -> dict[str, str]:
    """District in pinyin, lower case, no apostrophe → its name."""
    return {
        re.sub(r"[^a-z]", "", english.lower()).removesuffix("newarea"): name
        for name, english in districts_in_english().items()
    }


@cache
def home_province() -> str:
    """The province, or the city of that rank, that the data are about."""
    return next(row["name"] for row in _rows("areas.csv") if row["kind"] == "province")


@cache
def home_in_english() -> str:
    return next(row["today"] for row in _rows("areas.csv") if row["kind"] == "province")


def longest_prefix(text: str, names: frozenset[str] | dict[str, str]) -> str:
    """The longest of `names` that `text` begins with, or an empty string."""
    for size in range(min(len(text), 20), 1, -1):
        if text[:size] in names:
            return text[:size]
    return ""


_DIGITS = {word: value for value, word in enumerate("〇一二三四五六七八九")} | {"两": 2}


def count(word: str) -> int:
    """The value of Arabic digits or of a Chinese numeral below one hundred."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS[word[-1]]
    return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[-1]] if ones else 0)
