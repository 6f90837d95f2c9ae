"""Opening hours and services written into one cell, told apart where the cell lets them be."""

import re

from importers.cells import items

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
