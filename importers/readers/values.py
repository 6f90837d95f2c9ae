"""What a cell of a workbook shows, from what its XML holds: its type, its style, its value."""

import datetime as dt
from collections.abc import Container, Sequence
from dataclasses import dataclass

from openpyxl.utils.datetime import from_excel, from_ISO8601

from importers.readers.strings_xml import unescaped
from importers.tables.sheet import clean

# More digits than these an Excel number never has; a longer run is damage.
_MOST_DIGITS = 400


class DateError(ValueError):
    """A number is too large for the date it is formatted as."""


@dataclass(frozen=True, slots=True)
class Values:
    """The shared strings and styles of a workbook; `dates` and `durations` are style numbers."""

    strings: Sequence[str]
    dates: Container[int]
    durations: Container[int]
    epoch: dt.datetime

    def text(self, kind: str, style: str, written: str) -> str:
        """A cell's value as a person would write it.

        Raises:
            DateError: the cell shows ##### instead of a date.
        """
        if kind == "s":
            return self.strings[int(written)]
        if kind == "n":
            return self._number(style, written)
        if kind == "b":
            return as_text(bool(int(written)))
        if kind == "d":
            return as_text(from_ISO8601(written))
        return clean(unescaped(written)).strip()

    def _number(self, style: str, written: str) -> str:
        if len(written) > _MOST_DIGITS:
            raise ValueError(written)
        if style and (number := int(style)) in self.dates:
            try:
                value = from_excel(float(written), self.epoch, timedelta=number in self.durations)
            except (OverflowError, ValueError) as error:
                raise DateError from error
            return as_text(value)
        whole = written.lstrip("-").isdecimal()
        return str(int(written)) if whole else as_text(float(written))


def as_text(value: object) -> str:
    """A cell's value as a person would write it: 1200.0 as 1200, a date as 2024-05-01."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)
