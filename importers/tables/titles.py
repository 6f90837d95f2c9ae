"""What stands around a table and says what its rows are: its title, its sheet, its file.

A list of 名称 and 地址 alone is one of 职工书屋 because its title says 职工书屋名单. Only a title
that ends so counts: 职工书屋合作单位名单 lists something else.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath

from importers.cells.kind_words import KIND_WORDS
from importers.cells.words import OUTLET_WORDS, SITE_WORDS, Makes, plain
from importers.tables.table import Table

_LIST = re.compile(r"名单|清单|一览|汇总|统计|登记|名录|名册|列表|台账|表")
# 点位信息, 2025年, (第一批), 申报: what may stand between a kind and the end of a title.
_TAIL = re.compile(
    rf"(?:{_LIST.pattern}|申报成功|申报通过|申报|推荐|建设|基本|基础|点位|站点|分布|位置|服务|开放|挂牌|情况|信息"
    r"|数据|资料|明细|坐标|地址|副本|\([^()]*\)|[-_.年月日版稿最新终第批一二三四五六七八九十v\d])*"
)
_JOINED = frozenset({"、", ",", "和", "及", "与"})
_DECLARED = re.compile(r"申报(?!成功|通过)|拟建|推荐表")
# Behind another word these name what others run: 党群服务站, 农家书屋, 城市驿站.
_LOOSE = frozenset(
    {
        "服务站",
        "服务中心",
        "驿站",
        "休息室",
        "书屋",
        "母婴",
        "母婴室",
        "母婴设施",
        "培训点",
        "健身区",
    }
)
# A longer text is no title.
_LONGEST = 200

Words = Mapping[str, object]


def surroundings(table: Table) -> tuple[str, ...]:
    """The texts that may say what a table lists, the nearest first."""
    return (table.title, table.sheet.name, PurePath(table.sheet.file).stem)


def kinds_in_title(makes: Makes, table: Table) -> tuple[object, ...]:
    """The kinds that the nearest text around a table names, if any names one."""
    return next(filter(None, (_named(makes, text) for text in surroundings(table))), ())


def is_declaration(table: Table) -> bool:
    """Whether the title says that what is listed is asked for and does not serve yet."""
    return any(map(_asks, surroundings(table)))


@lru_cache(maxsize=1024)
def _asks(text: str) -> bool:
    return bool(_DECLARED.search(plain(text)))


@lru_cache(maxsize=1024)
def _named(makes: Makes, text: str) -> tuple[object, ...]:
    """The kinds of a title of one or more lines."""
    for line in (text, *reversed(text.split())):
        title = plain(line)[-_LONGEST:]
        places = _ending(KIND_WORDS, title)
        if makes not in {Makes.SITE, Makes.OUTLET}:
            kinds = places
        elif places or not _LIST.search(title[-12:]):
            # The name of one park or canteen ends in such a word too.
            kinds = ()
        else:
            kinds = _ending(SITE_WORDS if makes is Makes.SITE else OUTLET_WORDS, title)
        if kinds:
            return kinds
    return ()


def _ending(words: Words, title: str) -> tuple[object, ...]:
    """The kinds a title ends in, the words of several joined by 、 or 和."""
    every = _pattern(tuple(words)).finditer(title)
    found = [one for one in every if one[0] not in _LOOSE or not one.start()]
    if not found or not _TAIL.fullmatch(title, found[-1].end()):
        return ()
    return tuple(dict.fromkeys(words[one[0]] for one in reversed(list(_last_joined(found, title)))))


def _last_joined(found: list[re.Match[str]], title: str) -> Iterator[re.Match[str]]:
    following: re.Match[str] | None = None
    for one in reversed(found):
        if following and title[one.end() : following.start()] not in _JOINED:
            return
        yield one
        following = one


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    chinese = sorted((word for word in words if not word.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, chinese)))
