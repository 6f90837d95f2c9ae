"""The middle of an address: road, crossing, estate, lane, sublane, number."""

import re

from geodata.place.grammar import words
from geodata.place.grammar.draft import Draft
from geodata.place.grammar.words import EDGE, HAN, NUMERAL, RELATION, SEPARATORS

_BODY = rf"(?:(?![近与])[{HAN}])"
_SUFFIX = (
    r"(?:路步行街|路|(?<!步行)街(?![道区坊])|(?<![街轨隧通河航])道|弄|巷|胡同|高架(?!路)|环线)"
)
_BIG_SUFFIX = r"(?:路步行街|路|(?<!步行)街(?![道区坊])|大道)"
_ODD = (
    rf"[内中外]环(?:高架路?|线|路)?|[{HAN}]{{0,6}}\d{{1,3}}号路|[GSX]?\d{{2,4}}(?:国道|省道|县道|高速)"
    rf"|[GSX]\d{{1,4}}[{HAN}]{{0,6}}(?:公路|高速)"
)
_CORNER = (
    r"(?:(?:十字)?路口|交叉(?:路口|口|处)?|交界(?:处|口)|交汇(?:处|口)|交会处|相交处?|转角处?|拐角处?|之间"
    r"|口(?!岸|腔|袋))"
)
_AFTER_NUMBERLESS = (
    rf"(?:$|[{SEPARATORS}(]|{RELATION}|近(?!铁)|靠近|临近|路?口(?![{HAN}])|路段|沿线|沿街)"
)

# Digits that stand behind a road and are no house number.
_MEASURE = (
    r"(?:楼|层|F(?![A-Z])|室|房|栋|幢|座|#|单元|米|m|弄|期|路|线|公里|年|月|%|家|个|区|厂|街坊"
    r"|队|组)"
)
_NO_DOOR = (
    r"(?:大?楼(?!宇|盘)|线(?!缆|材)|口(?!腔|岸|味|袋|福)|出口|出入口|航站楼"
    r"|幢|栋|座(?!椅)|房(?![产地屋东])|室(?!内|外)|单元|会议室|电梯"
    r"|(?<!\d{3}号)(?:厂房|车间|仓库|码头|泊位|地块|门(?!面|店|口|诊|市))"
    rf"|[路桥馆塔](?![{HAN}]))"
)
_MARK = r"[甲乙丙丁戊己庚辛临]"
_ONE = (
    r"(?:[临附甲乙丙丁]字?)?\d{1,5}(?:-\d{1,5}(?!\d*[室楼层]))*"
    rf"(?:(?:[A-Z]|{_MARK})(?![座栋幢楼区塔]))?"
)
_JOIN = r"(?:[、,/和及与]|&)"

_MALL_STREET = r"(?!(?:步行|商业|美食|小吃|酒吧|文化|风情|一条|特色|餐饮)街)"
_CROSSING = tuple(
    re.compile(
        rf"(?P<road>{_BODY}{{1,8}}?{_BIG_SUFFIX}){link}{_MALL_STREET}(?P<road2>{body}?{_BIG_SUFFIX})"
        rf"(?:的?{_CORNER}|{after})"
    )
    for link, body, after in (
        (r"(?:与|/|、|&|及|,| |-|--)", rf"{_BODY}{{1,8}}", rf"(?={_AFTER_NUMBERLESS})"),
        (r"和?", rf"{_BODY}{{2,8}}", r"(?![\d支路街]|[东南西北中一二三四]路)"),
        (r"和?", rf"{_BODY}{{2,8}}", r"(?P<door>(?=\d{1,5}[号弄]))"),
    )
)
_NAME = rf"(?:{_ODD}|{_BODY}{{1,9}}?{_SUFFIX})"
_DOOR_AHEAD = r"\s?(?:No\.?\s?|#)?(?:[临附甲乙丙]字?)?\d"
_ROAD = re.compile(rf"{_NAME}(?={_DOOR_AHEAD})")
_ROAD_ALONE = re.compile(rf"{_NAME}(?={_AFTER_NUMBERLESS})")
_ROAD_LATER = re.compile(
    rf"(?<=[A-Za-z{SEPARATORS}]){_NAME}(?={_DOOR_AHEAD}{{1,5}}(?:-\d+)?[号弄])"
)
_SITE_WORD = (
    r"(?:大厦|广场|中心|公园|花园|公寓|医院|大楼|商城|园区|大学|中学|小学|市场|别墅|家园|基地|小区"
    r"|新村|村)"
)
_SITE_THEN_ROAD = re.compile(rf"([{HAN}]{{2,}}{_SITE_WORD})([{HAN}]{{2,6}}(?:路|街|道))")
# 曲阳路社区文化中心 is one name; 淮海中路香港广场 is a road and a name.
_NAMED_AFTER_ROAD = (
    r"(?:社区|服务|党群|文化|活动|体育|卫生|医疗|养老|邻里|便民|综合|行政|购物|步行街|地铁|公交"
    r"|商业|街道)"
)
_SITE = "广场|大厦|商厦|大楼|商城|商场|购物中心|百货|家园|花园|公寓|新村|小区|苑"
_ROAD_THEN_SITE = re.compile(
    rf"({_BODY}{{1,6}}?(?:路|大道|大街))"
    rf"(?=(?!{_NAMED_AFTER_ROAD}){_BODY}{{2,8}}?(?:{_SITE})(?!社区|路))"
)
_ESTATE = re.compile(
    rf"[{HAN}]{{1,10}}?(?:"
    rf"(?:新村(?:\d+村)?|{NUMERAL}+[村坊]|\d+村|小区|花园|公寓|家园|别墅|[新佳名雅豪绿园花馨]苑|苑|公馆|华庭|名邸|家苑)"
    rf"(?={EDGE}|[\dA-Z内东南西北中]|{NUMERAL}+(?:区|期|街坊|号|弄))"
    rf"|(?:里|坊)(?=\d+(?:弄|号))"
    rf"|(?<!农)村(?!委|民|口|路|{NUMERAL}*[路街]))"
)
_VILLAGE_OFFICE = re.compile(rf"[{HAN}]{{1,6}}?村(?=村民?委)")
_NAMED_DOOR = re.compile(rf"[{HAN}A-Z]{{2,14}}(?=\d{{1,5}}(?:支?弄|号(?!{_NO_DOOR})))")

# A road before a neighbourhood that carries the number: 淮海中路新天地18号.
_ROAD_THEN_AREA = re.compile(rf"(?P<road>{_BODY}{{1,6}}?(?:路|大道|大街))(?P<area>.+)")
_OWN_NUMBER = re.compile(r"\d{1,3}号")
CORNER_OF = re.compile(rf"(?P<road>{_BODY}{{1,8}}?{_BIG_SUFFIX}){_CORNER}(?P<side>{RELATION})?")

_NO_WORD = re.compile(r"(?:No\.?|#)\s?(?=\d)", re.IGNORECASE)
_LANE = re.compile(r"(\d+(?:[-、/]\d+)*)弄[内里]?")
_SUBLANE = re.compile(r"(\d+|[甲乙丙丁])支?弄[内里]?")
_NUMBER = re.compile(
    rf"(?P<list>{_ONE}(?:{_JOIN}{_ONE})*)号(?!{_NO_DOOR})(?:院内?(?!士|子))?"
    rf"(?:附(?P<annex>\d+)号?|-(?P<dash>\d{{1,2}})(?!\d|[室楼层])号?|(?P<of>之[\d一二三四五六七八九]+)"
    rf"|-?(?P<mark>{_MARK}(?:-\d{{1,2}}(?!\d|[室楼层]))?)(?=$|[^{HAN}]|{NUMERAL}+[楼层]|号|地下|[一二]楼)号?"
    rf"|(?P<letter>[A-Z])(?=$|[{SEPARATORS}(]))?"
)
_TO_NUMBER = re.compile(rf"-({_ONE})号(?!{_NO_DOOR})")
_ONE_MORE = re.compile(rf"{_JOIN}(?={_ONE}(?:{_JOIN}{_ONE})*号(?!{_NO_DOOR}))")
_BARE_NUMBER = re.compile(rf"{_ONE}(?!\d|[-、]?\d*(?:{_MEASURE}|号))")
_SPLIT = re.compile(_JOIN)


def crossing(draft: Draft) -> None:
    """Two roads in a row; a number behind them belongs to the second."""
    for pattern in _CROSSING:
        if match := draft.take(pattern):
            draft.road, draft.road2 = match["road"], match["road2"]
            if "door" in match.groupdict():
                draft.road, draft.road2 = draft.road2, draft.road
            return


def road(draft: Draft) -> None:
    """A road with a number behind it, or one that the address ends with.

    A road in the middle of a name belongs to the name: 金高路停车场.
    """
    if draft.road:
        return
    match = draft.take(_ROAD) or draft.take(_ROAD_ALONE) or draft.take(_ROAD_THEN_SITE)
    if match:
        draft.road = match[0]
        if split := _SITE_THEN_ROAD.fullmatch(match[0]):
            draft.road = split[2]
            if _ESTATE.fullmatch(split[1]):
                draft.estate = split[1]
            else:
                draft.names.append(split[1])


def estate(draft: Draft) -> None:
    """An estate or village in the road's place; behind a road such a name is a `poi`."""
    if draft.road:
        return
    if match := draft.take(_VILLAGE_OFFICE) or draft.take(_ESTATE):
        draft.estate = match[0]


def later_road(draft: Draft) -> None:
    """A road and number behind a name and a comma: 某某大厦，墨玉南路888号."""
    if draft.road or draft.metro_station:
        return
    if match := _ROAD_LATER.search(draft.rest):
        draft.names.append(draft.rest[: match.start()].strip(SEPARATORS))
        draft.road = match[0]
        draft.rest = draft.rest[match.end() :]


def named_door(draft: Draft) -> None:
    """A number or lane behind a name that is neither road nor estate: 东八灶80弄."""
    if draft.road or draft.estate or draft.metro_station:
        return
    if match := draft.take(_NAMED_DOOR):
        name = match[0]
        split = _ROAD_THEN_AREA.fullmatch(name)
        if split and split["area"] in words.areas() | words.landmarks():
            draft.road, name = split["road"], split["area"]
        if name in words.numbered() and (own := draft.take(_OWN_NUMBER)):
            name += own[0]
        draft.names.append(name)


def lane(draft: Draft) -> None:
    draft.take(_NO_WORD)
    if match := draft.take(_LANE):
        draft.lane = match[1]
        if match := draft.take(_SUBLANE):
            draft.sublane = match[1]


def number(draft: Draft) -> None:
    draft.take(_NO_WORD)
    rest, another = draft.rest, True
    while another and (match := _NUMBER.match(rest)):
        rest = rest[match.end() :]
        draft.number += _doors(match)
        if to := _TO_NUMBER.match(rest):
            draft.number[-1] += f"-{to[1]}"
            rest = rest[to.end() :]
        another = _ONE_MORE.match(rest) is not None
        rest = rest[1:] if another else rest
    draft.rest = rest
    behind = draft.road or draft.lane or draft.estate
    if behind and not draft.number and (match := draft.take(_BARE_NUMBER)):
        draft.number.append(match[0])


def only_road(text: str) -> str:
    """The road when `text` is a road, or a road's corner, and nothing else."""
    match = _ROAD_ALONE.match(text)
    if match and re.fullmatch(rf"{_CORNER}?", text[match.end() :]):
        return match[0]
    return ""


def _doors(match: re.Match[str]) -> list[str]:
    doors = _SPLIT.split(match["list"])
    if match["annex"]:
        doors[-1] += f"附{match['annex']}"
    elif match["dash"]:
        doors[-1] += f"-{match['dash']}"
    else:
        doors[-1] += match["of"] or match["mark"] or match["letter"] or ""
    return doors


STEPS = (crossing, road, estate, later_road, named_door, lane, number)
