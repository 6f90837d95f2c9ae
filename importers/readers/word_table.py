"""A table of a Word document: cells at their columns, what is merged, what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.tables.sheet import Span


@dataclass(slots=True)
class Cell:
    """One cell of a row; it `continues` the one above where the two are merged."""

    column: int
    width: int = 1
    continues: bool = False
    text: str = ""


@dataclass(slots=True)
class WordTable:
    """The rows of one table, and the paragraphs next above and below it.

    `hidden` and `deleted` are rows, counted from 1; `skipped` are columns a row begins after.
    """

    above: list[str]
    below: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    skipped: int = 0

    def begin_row(self) -> None:
        """A row begins below the last."""
        self.rows.append([])
        self.skipped = 0

    def begin_cell(self) -> int:
        """A cell begins beside the last; returns its column."""
        row = self.rows[-1]
        column = row[-1].column + row[-1].width if row else self.skipped
        row.append(Cell(column))
        return column

    def texts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row that is not deleted with its number, by column; what is merged in is blank."""
        for number, row in enumerate(self.rows, start=1):
            texts: list[str] = []
            for cell in row:
                texts += [""] * (cell.column - len(texts))
                texts.append("" if cell.continues else cell.text)
            if number not in self.deleted:
                yield number, tuple(texts)

    def spans(self) -> tuple[Span, ...]:
        """The merged ranges."""
        growing: dict[int, tuple[Cell, int, int]] = {}
        found: list[Span] = []
        for number, row in enumerate(self.rows, start=1):
            for cell in row:
                if cell.continues and cell.column in growing:
                    first, top, _bottom = growing[cell.column]
                    growing[cell.column] = (first, top, number)
                else:
                    found += _span(growing.get(cell.column))
                    growing[cell.column] = (cell, number, number)
        for last in growing.values():
            found += _span(last)
        return tuple(sorted(found, key=lambda span: (span.top, span.left)))


def _span(one: tuple[Cell, int, int] | None) -> list[Span]:
    if one is None or (one[1] == one[2] and one[0].width == 1):
        return []
    cell, top, bottom = one
    return [Span(top, cell.column, bottom, cell.column + cell.width - 1)]
