"""Opening hours as offices write them: to a weekly calendar, or to unknown.

A promise of "open" must not be wrong: what one word of the text may take away is not promised.
Hours without a day (9:00-17:00) are those of the working days, and unknown at weekends.
"""

import re
from dataclasses import replace
from functools import lru_cache

from geodata.hours import Hours
from importers.cells.typed import items
from importers.hours.calendar import calendar
from importers.hours.statements import Reader
from importers.hours.times import NotUnderstoodError, spans
from importers.hours.words import tokens

_TIME = re.compile(
    r"周[一二三四五六日天末]|星期|每[周月日天]|工作日|[上下中]午|午休|全天|半天"
    r"|\d{1,2}[:：]\d{2}|\d{1,2}点|24小时"
)
_TIME_WORDS = re.compile(
    r"(?:服务|开放|咨询|坐诊|营业)?时间[:：为]?|每?(?:周|星期|月|个月)(?:[一二三四五六日天末]"
    r"(?:[、和及至到~-]|(?=[一二三四五六日天]))?)*|每[日天]|工作日|节假日|双休日|[单双隔]周|[上下中]午|午休"
    r"|全天|半天|第[一二三四五]个?|\d{1,2}(?:[:：]\d{2}|点半?|时)?|个|次|小时|分"
    r"|[一二两三]|[至到~～—–、和及\s()（）-]"
)
_LABEL = re.compile(r"^(?:服务)?(?:内容|项目)[:：]\s*")


@lru_cache(maxsize=4096)
def read_hours(text: str) -> Hours | None:
    """The hours a text says; None where it says nothing or is not wholly understood."""
    found = tokens(text)
    if not found:
        return None
    try:
        reader = Reader(spans(found))
        reader.read()
        hours = calendar(reader.made)
    except NotUnderstoodError:
        return None
    if hours is None or not reader.doubts:
        return hours
    return replace(hours, sure=False, note="、".join(dict.fromkeys(reader.doubts)))


def split_services_hours(text: str) -> tuple[tuple[str, ...], str] | None:
    """Services and hours of 健康咨询，每周二 9:00-11:30; None where one part holds both."""
    services: list[str] = []
    hours: list[str] = []
    for part in _parts(text):
        if not _TIME.search(part):
            services += items(_LABEL.sub("", part))
        elif _TIME_WORDS.sub("", part):
            return None
        else:
            hours.append(part)
    return tuple(dict.fromkeys(services)), "；".join(hours)


def _parts(text: str) -> list[str]:
    parts = re.split(r"[，,；;。\n]", text)
    return [part.strip() for part in parts if part.strip()]
