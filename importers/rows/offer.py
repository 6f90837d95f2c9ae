"""What a service offers, and when: hours, facilities and services, from whichever columns a form
has for them.
"""

import re
from dataclasses import dataclass

from geodata.facilities import canonical, is_absent
from geodata.hours import Hours, half_days_per_week
from geodata.place.address import normalise
from importers.cells import typed
from importers.hours.read import read_hours, split_services_hours
from importers.rows.row import FormRow

_SERVICE = re.compile(r"咨询|援助|调解|培训|讲座|指导|课程|活动|体检|服务$|帮扶|维权|阅读|慰问")
_MANY_HALF_DAYS = 14


@dataclass(frozen=True, slots=True)
class Offer:
    """`hours` None is unknown; `half_days` a week follow from a fixed schedule of visits."""

    hours_text: str
    hours: Hours | None
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    half_days: float | None
    notes: str


def offer(row: FormRow) -> Offer:
    """The offer of one row."""
    column, text = "hours", one_line(row.written("hours"))
    services = _items(row.written("services"))
    notes = one_line(row.written("notes"))
    mixed = _items(row.written("mixed"))
    services += tuple(item for item in mixed if _SERVICE.search(item))
    things = tuple(item for item in mixed if not _SERVICE.search(item))
    if both := row.written("services_hours"):
        split = split_services_hours(both)
        if split is None:
            notes = one_line(both)
        else:
            column = "services_hours"
            services, text = split
    hours = hours_of(row, text, column=column)
    return Offer(
        hours_text=text,
        hours=hours,
        facilities=_facilities(row, _items(row.written("facilities")) + things),
        services=services,
        half_days=_half_days(hours) if column == "services_hours" else None,
        notes=notes,
    )


def hours_of(row: FormRow, text: str, *, column: str = "hours") -> Hours | None:
    """The hours a text says; a doubt when it says something that is not understood."""
    hours = read_hours(text)
    if hours is None and not typed.is_unknown(text):
        row.flag("hours_unread", "开放时间没有读懂，按未知处理", column)
    return hours


def _half_days(hours: Hours | None) -> float | None:
    """Half-days a week of a schedule that is the same each week; else the form must say."""
    if hours is None or hours.changes or not hours.sure:
        return None
    half_days = half_days_per_week(hours)
    return half_days if 0 < half_days <= _MANY_HALF_DAYS else None


def _facilities(row: FormRow, written: tuple[str, ...]) -> tuple[str, ...]:
    absent = [item for item in written if is_absent(item) and not typed.is_unknown(item)]
    if any(item != "无" for item in absent):
        column = "facilities" if row.written("facilities") else "mixed"
        row.flag("facility_absent", f"写明没有或还没有，没有登记：{'、'.join(absent)}", column)
    return tuple(dict.fromkeys(label for item in written if (label := canonical(item))))


def _items(text: str) -> tuple[str, ...]:
    return tuple(normalise(item) for item in typed.items(text))


def one_line(text: str) -> str:
    """A cell's text without its line breaks."""
    return " ".join(text.split())
