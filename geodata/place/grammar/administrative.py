"""The front of an address: postcode, province, city, district, town, area."""

import re

from geodata.place.grammar import words
from geodata.place.grammar.draft import Draft
from geodata.place.grammar.words import HAN, SEPARATORS

_LABEL = re.compile(r"(?:(?:详细|办公|单位|通讯|联系)?地址|地点)\s?:\s?")
_COUNTRY = re.compile(
    rf"(?:中国|中华人民共和国)(?=[{SEPARATORS}]*(?:{words.PROVINCES}|[{HAN}]{{2}}市))"
)
# A bare six-digit number is a postcode only where it begins like those of home.
_OWN_POSTCODE = words.alternatives("postcode")
_POSTCODES = (
    re.compile(r"\(?邮(?:政编码|编)?\s?:?\s?(\d{6})(?!\d)\)?"),
    re.compile(rf"^\(?((?:{_OWN_POSTCODE})\d{{3}})\)?(?=[^\d号弄室-])"),
    re.compile(rf"(?<![\d-])\(?((?:{_OWN_POSTCODE})\d{{3}})\)?$"),
)
_PROVINCE = re.compile(words.PROVINCES)
_SHORT_PROVINCE = re.compile(
    rf"(?:江苏|浙江|安徽|江西|山东|福建|河南|湖北)(?!省)(?=[{HAN}]{{2,4}}市)"
)
_CITY_PROVINCES = {"北京市", "天津市", "上海市", "重庆市"}
_CITY = re.compile(
    rf"([{HAN}]{{2,4}}?(?<![超城都门夜集菜])市)(?=[{HAN}]{{1,7}}(?:区|县|镇|乡|街道|[路街道]\d))"
)
_CITY_OF_PROVINCE = re.compile(rf"[{HAN}]{{2,6}}?(?:市|自治州|地区|盟)(?!场|民)")
_OTHER_DISTRICT = re.compile(rf"[{HAN}]{{1,5}}?(?:区|县|市|旗)(?!域|政府|府|场|民|路)")
_NO_DISTRICT = re.compile(r"市辖区|县(?=[^城])")
_ROAD_TAIL = (
    r"(?:[东南西北中]?[一二三四五六七八九十]?支?(?:路|街(?!道)|大?道|公路|弄|站|村|宅)|[前后]街)"
)
_NOT_A_ROAD = re.compile(rf"(?!{_ROAD_TAIL})")
_NOT_LONGER = re.compile(rf"(?!{_ROAD_TAIL}|[东南西北中]?大街|[镇乡]|街道)")
_TOWN = re.compile(
    rf"[{HAN}]{{1,5}}?(?:街道|(?<![路街号弄古老集城市村近])镇|(?<![路街号弄城下故家水])乡)"
    rf"(?!{_ROAD_TAIL}|[老新]街|[上下]|村委|政府|人民政府)"
)
_ROAD_AHEAD = (
    rf"[{HAN}]{{2,7}}?(?:路|街(?!道|区|坊)|(?<!街)道)"
    rf"(?=$|[{SEPARATORS}(近与和]|No|[临附甲乙丙]?\d|路?口|靠近|交[叉界汇])"
)
_STREET_AHEAD = re.compile(_ROAD_AHEAD)
_HOME = words.home_province().removesuffix("市")
_FREE_TRADE_ZONE = re.compile(
    rf"(?:中国\({_HOME}\)|中国{_HOME}|{_HOME}市?)?自由贸易试验区"
    rf"(?:\([^)]{{2,8}}片区\)|[{HAN}]{{2}}新片区)?"
)
_AREA = re.compile(
    rf"([{HAN}A-Z0-9]{{2,12}}?(?:园区|工业区|开发区|保税区|加工区|商务区|新片区|片区|度假区|自贸区"
    rf"|科学城|大学城|古镇|老镇|老街))(?={_ROAD_AHEAD})"
)
_ROAD_INSIDE = re.compile(r"[路街号弄]")


def label(draft: Draft) -> None:
    draft.take(_LABEL)
    draft.take(_COUNTRY)
    home = f"中国{words.home_province().removesuffix('市')}"
    after = draft.rest.removeprefix(home)
    if after != draft.rest and words.longest_prefix(after, words.districts()):
        draft.rest = draft.rest.removeprefix("中国")


def postcode(draft: Draft) -> None:
    for pattern in _POSTCODES:
        if match := draft.cut(pattern):
            draft.postcode = match[1]
            return


def province(draft: Draft) -> None:
    """A province; a city of that rank stands in its place."""
    own = words.home_province()
    after_short = draft.rest.removeprefix(own.removesuffix("市"))
    if after_short != draft.rest and not (
        draft.rest.startswith(own) or _begins_a_place(draft.rest)
    ):
        if after_short.startswith(own) or _opens(after_short):
            draft.rest = after_short
            draft.province = own
    elif match := draft.take(_SHORT_PROVINCE):
        draft.province = f"{match[0]}省"
    while match := draft.take(_PROVINCE):
        draft.province = match[0]
    draft.take(_NO_DISTRICT)


def city(draft: Draft) -> None:
    if draft.province in _CITY_PROVINCES:
        return
    if match := draft.take(_CITY_OF_PROVINCE if draft.province else _CITY):
        draft.city = match[0]


def district(draft: Draft) -> None:
    draft.rest = draft.rest.lstrip(SEPARATORS)
    while name := words.longest_prefix(draft.rest, words.districts()):
        _take_name(draft, name)
        draft.district = name
    if draft.district:
        return
    if draft.city or draft.province not in {"", words.home_province()}:
        if match := draft.take(_OTHER_DISTRICT):
            draft.district = match[0]
        return
    name = words.longest_prefix(draft.rest, words.short_districts())
    if name and _opens(draft.rest[len(name) :]) and not _begins_a_place(draft.rest):
        _take_name(draft, name)
        draft.district = words.short_districts()[name]


def town(draft: Draft) -> None:
    if draft.town:
        return
    name = words.longest_prefix(draft.rest, words.towns())
    if name and _NOT_A_ROAD.match(draft.rest, len(name)):
        _take_name(draft, name)
        draft.town = name
    elif match := draft.take(_TOWN):
        draft.town = match[0]


def area(draft: Draft) -> None:
    if match := draft.take(_FREE_TRADE_ZONE):
        draft.area = match[0]
        return
    name = words.longest_prefix(draft.rest, words.areas() | words.landmarks())
    after = draft.rest[len(name) :]
    alone = not after.strip(SEPARATORS) and name not in words.landmarks()
    if name and (alone or _opens(after)):
        _take_name(draft, name)
        draft.area = name
    elif (match := _AREA.match(draft.rest)) and not _ROAD_INSIDE.search(match[1][:-1]):
        draft.take(_AREA)
        draft.area = match[1]


def _take_name(draft: Draft, name: str) -> bool:
    """Consume a name at the start of the rest; whether it stood there."""
    draft.rest = draft.rest.lstrip(SEPARATORS)
    found = draft.rest.startswith(name)
    if found:
        draft.rest = draft.rest[len(name) :].lstrip(SEPARATORS)
    return found


def _opens(after: str) -> bool:
    """Whether a short name before this text was a place of its own, not the road's first half.

    浦东 opens 世纪大道100号 but not 南路100号: a road needs two characters before its last word.
    """
    after = after.lstrip(SEPARATORS)
    if not after:
        return True
    known = _begins_a_place(after) or words.longest_prefix(after, words.districts())
    street = _NOT_LONGER.match(after) and _STREET_AHEAD.match(after)
    return bool(known or street)


def _begins_a_place(text: str) -> bool:
    known = words.areas() | words.landmarks()
    name = words.longest_prefix(text, words.towns()) or words.longest_prefix(text, known)
    return bool(name) and bool(_NOT_A_ROAD.match(text, len(name)))


STEPS = (label, postcode, province, city, district, town, area, town)
