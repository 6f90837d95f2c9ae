"""A sheet as a reader hands it on: the written text of every cell, and where it stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)

# What Excel takes into one cell; a longer text is no cell of a form.
LONGEST_CELL = 32_767


def clean(text: str) -> str:
    """The text without characters nobody sees; line breaks and tabs stay."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it; `number` counts from 1 as a person does, `height` is in lines."""

    number: int
    texts: tuple[str, ...]
    height: int = 1

    def text(self, column: int) -> str:
        return self.texts[column] if column < len(self.texts) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        return tuple(column for column, text in enumerate(self.texts) if text)

    @property
    def first(self) -> int:
        """The first column with text in it; rows that have none are not made."""
        return next((column for column, text in enumerate(self.texts) if text), 0)


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; rows count from 1, columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> int:
        """How many it covers, also where it is written from its end to its beginning."""
        return (abs(self.bottom - self.top) + 1) * (abs(self.right - self.left) + 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not blank, in order; they may be read from the file each time anew.

    `lettered` sheets come from a workbook: columns are called A, B, ... and a lone cell is part
    of the grid; in text a line without a delimiter is prose. `faults` says why a cell of a
    workbook has no value although something stands in it; `paragraphs` are the rows of a document
    that are in no table; `rewritten` are the cells a person wrote anew after the file was sent.
    """

    file: str
    name: str
    rows: Iterable[Row]
    lettered: bool = False
    spans: tuple[Span, ...] = ()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    paragraphs: frozenset[int] = frozenset()
    rewritten: frozenset[tuple[int, int]] = frozenset()

    def is_prose(self, row: Row) -> bool:
        """Whether a row is a line of text that is in no table."""
        return row.number in self.paragraphs if self.lettered else len(row.texts) == 1

    def column_name(self, column: int) -> str:
        return get_column_letter(column + 1) if self.lettered else str(column + 1)
