"""How a facility and the hours of a form are shown: an icon beside, open all day in green."""

import re

from geodata.facilities import OTHER_ICON, facility_of

_ALL_DAY = re.compile(r"24\s*小时|全天|00?[:：]00\s*[-–—~至]\s*24[:：]00")

_SOME_DAYS = re.compile(r"工作日|周[一二三四五六日末]|星期|除|休息|季")


def always_open(hours_text: str) -> bool:
    """Whether the hours as written say that the place never closes."""
    return bool(_ALL_DAY.search(hours_text)) and not _SOME_DAYS.search(hours_text)


def facility_icon(facility: str) -> str:
    """The name of the line icon for a facility."""
    found = facility_of(facility)
    return found.icon if found else OTHER_ICON
