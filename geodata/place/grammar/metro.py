"""Metro lines, station and exits."""

import re

from geodata.place.grammar.draft import Draft
from geodata.place.grammar.words import (
    COUNT,
    CUT,
    HAN,
    RELATION,
    SEPARATORS,
    alternatives,
    count,
    home_province,
)

_CITY = home_province().removesuffix("市")
_SYSTEM = rf"(?:{_CITY})?(?:轨道交通|轨交|地铁)"
_NAMED_LINE = rf"(?:{alternatives('line')})线"
_ONE_LINE = rf"(?:{COUNT}(?:号线)?|{_NAMED_LINE})"
_JOIN = r"[/、,和及与]"
_LINES = rf"(?P<lines>(?<!\d)(?:{_ONE_LINE}{_JOIN}{_SYSTEM}?)*(?:{COUNT}号线|{_NAMED_LINE}))"
_EXIT = r"(?:[东南西北]?\d{1,2}[A-Z]?|[A-Z]\d?)"
_MOUTH = r"(?:号?(?:出入口|出口|进出口|进口|口(?!岸)))"
_EXITS = rf"(?:{_EXIT}{_MOUTH}?(?:{_JOIN}|-))*{_EXIT}{_MOUTH}|出口{_EXIT}(?:号?)"
_TERMINALS = rf"(?:(?:{alternatives('airport')})(?:机场)?)?(?:T?\d号?)+航站楼"
_NAME = rf"(?:{_TERMINALS}|(?:(?!号)[{HAN}·]){{1,12}}?)"
_WORD = r"(?:地铁|轨交)?站(?P<twice>站?)"
_NOT_STREET = r"(?![东南西北中]?[一二三]?[路街]|点)"
_STATION = rf"(?P<station>{_NAME}){_WORD}(?![前后台厅]|[东南西北]侧){_NOT_STREET}"
# Behind a line it is a station even where the hall or a side of it follows: 世博大道站厅层.
_STOP = rf"(?P<station>{_NAME})(?:(?=站[前后台厅])(?P<hall>)|{_WORD}(?![前后台厅]){_NOT_STREET})"

# 站 ends the names of many things; one that none of these words makes is a metro station.
_OTHER_WORDS = (
    "服务 驿 接力 工作 消防 电 收费 客运 货运 汽车 公交 火车 检测 监测 供应 水文 卫生 配送 快递"
    " 回收 中转 泵 车 总 救助 气象 水 垃圾 管理 加油 加气 分 网 指导 推广 防疫 急救 保健 售票"
    " 志愿者 爱心 联络 小 微 补给 休憩 休息 能量 关爱 关怀 便民 骑手 警务 岗 基 换电 充电 枢纽 停靠"
    " 体验 健康 医疗 科普 宣传 调解 献血 募捐 观测 兽医 农技 养护 环卫 道班 联勤 变电"
)
_OTHER_STATION = "".join(f"(?<!{word})" for word in _OTHER_WORDS.split())

_ON_A_LINE = re.compile(
    rf"(?:{_SYSTEM})?{_LINES}(?:\(?{_STOP}\)?|(?P<bare>{_NAME})(?=(?:近|靠近)?(?:{_EXITS})))"
)
_BY_NAME = tuple(
    re.compile(rf"(?:^|(?<=[号室弄{SEPARATORS}])){pattern}")
    for pattern in (
        rf"{_SYSTEM}{_STATION}",
        rf"(?P<station>{_NAME})(?:地铁|轨交)站(?P<twice>)",
        rf"{_STATION}(?=[{CUT}(]?(?:近|靠近)?(?:{_EXITS}))",
        rf"(?P<station>{_NAME}(?:路|大道|街|广场|公园|新城))"
        rf"站(?P<twice>站?)(?=$|[{SEPARATORS}]|车控室|站厅|站台|监控|集中)",
        rf"(?P<station>{_NAME})站(?P<twice>站)$",
        rf"(?P<station>{_NAME}){_OTHER_STATION}站(?P<twice>)(?={RELATION}?$)",
    )
)
_EXITS_HERE = re.compile(rf"[,、 {CUT}]?\(?(?:近|靠近)?(?P<exits>{_EXITS})\)?")
_EXITS_ANYWHERE = re.compile(rf"(?<![A-Za-z\d])(?P<exits>{_EXITS})")
_BARE_RELATION = re.compile(rf"{RELATION}(?=$|[{SEPARATORS}])")
_LINES_ALONE = re.compile(rf"(?:{_SYSTEM})?{_LINES}")
_LINE_NAME = re.compile(rf"{COUNT}|{_NAMED_LINE}")
_EXIT_SPAN = re.compile(rf"(?P<first>{_EXIT})(?:{_MOUTH}?-(?P<last>{_EXIT}))?")
# Railway stations of which the last word is part of the metro station's own name.
_RAILWAY = re.compile(rf".*火车|{alternatives('railway')}")


def metro(draft: Draft) -> None:
    rest = draft.rest
    match = _mentioned(rest)
    if not match:
        return
    _fill(draft, match)
    before, after = rest[: match.start()], rest[match.end() :]
    if exits := _EXITS_HERE.match(after):
        draft.metro_exits += _exit_names(exits["exits"])
        after = after[exits.end() :]
    elif exits := _EXITS_ANYWHERE.search(after):
        draft.metro_exits += _exit_names(exits["exits"])
        after = after[: exits.start()] + CUT + after[exits.end() :]
    if before.strip(SEPARATORS) and (beside := _BARE_RELATION.match(after)):
        # Behind a door the station is its neighbour: keep the whole mention, not a lone 旁.
        mention = rest[match.start() : len(rest) - len(after)].strip(CUT)
        draft.near.append(mention + beside[0])
        after = after[beside.end() :]
    draft.rest = f"{before}{CUT}{after}" if before else after


def metro_aside(draft: Draft) -> None:
    """Exits in brackets behind a station, or a station that something is near to."""
    kept = []
    for aside in draft.asides:
        exits, lines = _EXITS_HERE.fullmatch(aside), _LINES_ALONE.fullmatch(aside)
        if exits and draft.metro_station and not aside.startswith(("近", "靠近")):
            draft.metro_exits += _exit_names(exits["exits"])
        elif lines and draft.metro_station and not draft.metro_lines:
            draft.metro_lines += _line_names(lines["lines"])
        else:
            kept.append(aside)
    draft.asides = kept


def metro_near(draft: Draft, text: str) -> None:
    """Fill what is still unknown of the metro from the text of a note."""
    if not draft.metro_station:
        match = _mentioned(text)
        if not match:
            return
        _fill(draft, match)
    if not draft.metro_exits:
        for match in _EXITS_ANYWHERE.finditer(text):
            draft.metro_exits += _exit_names(match["exits"])


def _mentioned(text: str) -> re.Match[str] | None:
    """The station a text names, by its line or by its name."""
    # Seven searches, and few addresses hold either word.
    if "站" not in text and "线" not in text:
        return None
    return next((found for p in (_ON_A_LINE, *_BY_NAME) if (found := p.search(text))), None)


def _fill(draft: Draft, match: re.Match[str]) -> None:
    groups = match.groupdict()
    station = groups["station"] or groups["bare"]
    if groups["twice"] or _RAILWAY.fullmatch(station):
        station += "站"
    draft.metro_station = station
    if groups.get("lines"):
        draft.metro_lines += _line_names(groups["lines"])


def _exit_names(text: str) -> list[str]:
    """Each exit by its name; 1-3号口 are three."""
    names: list[str] = []
    for span in _EXIT_SPAN.finditer(text):
        first, last = span["first"], span["last"]
        if last and first.isdecimal() and last.isdecimal() and int(first) < int(last):
            names += map(str, range(int(first), int(last) + 1))
        else:
            names += [name for name in (first, last) if name]
    return names


def _line_names(text: str) -> list[str]:
    names = _LINE_NAME.findall(text)
    return [name.removesuffix("线") if name.endswith("线") else str(count(name)) for name in names]
