"""The pages of a report: one thing below the other, on a new page when one is full."""

from collections.abc import Sequence
from dataclasses import dataclass

from maps.base import Bounds
from maps.printed.book import (
    DOUBT,
    GOOD,
    HEIGHT_MM,
    INK,
    INK_2,
    INK_3,
    MARGIN_MM,
    PRIMARY,
    WEAK,
    WIDTH_MM,
    Book,
    Sheet,
    columns_mm,
)
from maps.printed.drawing import filled
from maps.printed.type import MM_A_POINT

INSIDE_MM = WIDTH_MM - 2 * MARGIN_MM
BOTTOM_MM = HEIGHT_MM - 18.0
_LEADING = 1.5
_PAD_MM = 1.4
_CELL_MM = 0.9
_CELL = 8.5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its share of the width, whether it holds figures."""

    head: str
    share: float
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline number: what it is, its value, what it rests on, what changed."""

    label: str
    value: str
    basis: str
    tone: str = INK
    change: str = ""
    better: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page in millimetres."""

    x: float
    y: float
    width: float
    height: float

    def around(self, bounds: Bounds) -> Bounds:
        """The bounds grown to the shape of the box."""
        return filled(bounds, self.width, self.height)


class Flow:
    """Writes down a book; `y` is how far the page at hand is filled, in millimetres."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet: Sheet = book.sheet()
        self.y = MARGIN_MM

    def new_page(self) -> None:
        """Go on on the next page."""
        self.sheet = self.book.sheet()
        self.y = MARGIN_MM

    def room(self, height: float) -> None:
        """Go on on the next page unless so much is left of this one."""
        if self.y + height > BOTTOM_MM:
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def title(self, text: str, below: str = "") -> None:
        """The head of a page, and a line below it."""
        self.lines(text, size=20, bold=True)
        if below:
            self.gap(1.0)
            self.lines(below, size=10, colour=INK_2)
        self.gap(4.0)

    def heading(self, text: str, *, keep: float = 24.0) -> None:
        """The head of a part; it is not left alone at the end of a page."""
        self.room(keep)
        self.gap(3.0)
        self.lines(text, size=12, bold=True)
        self.gap(1.5)

    def lines(
        self, text: str, *, size: float = 10.0, colour: str = INK, bold: bool = False
    ) -> None:
        """A paragraph over the whole width."""
        for line in self.book.type.lines(text, INSIDE_MM, size=size, bold=bold):
            high = size * MM_A_POINT * _LEADING
            self.room(high)
            self.sheet.text(MARGIN_MM, self.y, line, size=size, colour=colour, bold=bold)
            self.y += high

    def facts(self, pairs: Sequence[tuple[str, str]], *, box: Box | None = None) -> None:
        """Labels and values, two columns; in a box beside a map, or over the whole width."""
        x, width = (box.x, box.width) if box else (MARGIN_MM, INSIDE_MM)
        label = min(28.0, width * 0.34)
        for name, value in pairs:
            names = self.book.type.lines(name, label - 3.0, size=9)
            values = self.book.type.lines(value, width - label, size=9)
            high = max(len(names), len(values)) * 9 * MM_A_POINT * _LEADING + _PAD_MM
            if box is None:
                self.room(high)
            self._column(names, x, self.y, size=9, colour=INK_3)
            self._column(values, x + label, self.y, size=9)
            self.y += high

    def numbers(self, figures: Sequence[Figure]) -> None:
        """Headline numbers, three in a row."""
        width = (INSIDE_MM - 8.0) / 3
        for start in range(0, len(figures), 3):
            row = figures[start : start + 3]
            bases = [self.book.type.lines(one.basis, width - 8.0, size=8) for one in row]
            high = 23.0 + max(map(len, bases)) * 8 * MM_A_POINT * _LEADING
            self.room(high)
            for n, (one, basis) in enumerate(zip(row, bases, strict=True)):
                self._number(one, basis, Box(MARGIN_MM + n * (width + 4.0), self.y, width, high))
            self.y += high + 4.0

    def _number(self, one: Figure, basis: Sequence[str], box: Box) -> None:
        self.sheet.box(box.x, box.y, box.width, box.height, "#F7F6F2")
        x = box.x + 4.0
        self.sheet.text(x, box.y + 3.0, one.label, size=9, colour=INK_2)
        self.sheet.text(x, box.y + 8.0, one.value, size=20, bold=True, colour=one.tone)
        if one.change:
            colour = GOOD if one.better else DOUBT
            right = box.x + box.width - 4.0
            self.sheet.text(right, box.y + 3.2, one.change, size=8, colour=colour, align="right")
        self._column(basis, x, box.y + 18.5, size=8, colour=INK_3)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """A table; its head comes again on every page it runs over to."""
        widths = columns_mm([column.share for column in columns])
        self._head(columns, widths)
        for row in rows:
            cells = [
                self.book.type.lines(text, width - 2 * _PAD_MM, size=_CELL)
                for text, width in zip(row, widths, strict=True)
            ]
            high = max(map(len, cells)) * _CELL * MM_A_POINT * _LEADING + 2 * _CELL_MM
            if self.y + high > BOTTOM_MM:
                self.new_page()
                self._head(columns, widths)
            self._row(columns, widths, cells, colour=INK, bold=False)
            self.y += high
            self.sheet.rule(self.y)

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        cells = [
            self.book.type.lines(column.head, width - 2 * _PAD_MM, size=_CELL, bold=True)
            for column, width in zip(columns, widths, strict=True)
        ]
        high = max(map(len, cells)) * _CELL * MM_A_POINT * _LEADING + 2 * _CELL_MM
        self.room(high + 10.0)
        self.sheet.box(MARGIN_MM, self.y, INSIDE_MM, high, WEAK)
        self._row(columns, widths, cells, colour=PRIMARY, bold=True)
        self.y += high

    def _row(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        cells: Sequence[Sequence[str]],
        *,
        colour: str,
        bold: bool,
    ) -> None:
        x = MARGIN_MM
        for column, width, lines in zip(columns, widths, cells, strict=True):
            align = "right" if column.figure else "left"
            at = x + width - _PAD_MM if column.figure else x + _PAD_MM
            self._column(
                lines, at, self.y + _CELL_MM, size=_CELL, colour=colour, bold=bold, align=align
            )
            x += width

    def _column(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        *,
        size: float,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        for n, line in enumerate(lines):
            at = y + n * size * MM_A_POINT * _LEADING
            self.sheet.text(x, at, line, size=size, colour=colour, bold=bold, align=align)

    def space(self, height: float) -> Box:
        """Room for a map over the whole width."""
        self.room(height)
        box = Box(MARGIN_MM, self.y, INSIDE_MM, height)
        self.y += height + 3.0
        return box
