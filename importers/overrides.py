"""Cells a person wrote anew on the page: put in where cells are read, so that all sees them.

The file itself stays as it was sent. Whatever is read afterwards - forms, rows, copies handed
back - reads the cell as it is now, and the record's source says that it was changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from importers.readers import read
from importers.tables.sheet import Row, Sheet, clean

# The number of a sheet and the column count from 0, the row from 1.
Place = tuple[int, int, int]
Overrides = Mapping[Place, str]
NO_OVERRIDES: Overrides = MappingProxyType({})
_Cells = Mapping[int, Mapping[int, str]]


def read_with(path: Path, overrides: Overrides) -> list[Sheet]:
    """The sheets of a file with some cells written anew.

    Raises:
        UnreadableFileError: the file is not what its name and first bytes promise.
    """
    return with_overrides(read(path), overrides)


def with_overrides(sheets: Sequence[Sheet], overrides: Overrides) -> list[Sheet]:
    """The sheets with some cells written anew; what stood in them is not at fault any more."""
    return [
        _rewritten(sheet, cells) if (cells := _cells_of(number, overrides)) else sheet
        for number, sheet in enumerate(sheets)
    ]


def _cells_of(number: int, overrides: Overrides) -> _Cells:
    cells: dict[int, dict[int, str]] = {}
    for (sheet, row, column), text in overrides.items():
        if sheet == number:
            cells.setdefault(row, {})[column] = clean(text).strip()
    return cells


def _rewritten(sheet: Sheet, cells: _Cells) -> Sheet:
    places = frozenset((row, column) for row, texts in cells.items() for column in texts)
    rows = _Rewritten(sheet.rows, cells)
    return replace(
        sheet,
        rows=tuple(rows) if isinstance(sheet.rows, tuple) else rows,
        faults={place: why for place, why in sheet.faults.items() if place not in places},
        rewritten=places,
    )


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """Rows with some cells written anew, read again by each iteration."""

    rows: Iterable[Row]
    cells: _Cells

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            texts = self.cells.get(row.number)
            yield _row(row, texts) if texts else row


def _row(row: Row, texts: Mapping[int, str]) -> Row:
    width = max(len(row.texts), max(texts) + 1)
    return replace(row, texts=tuple(texts.get(n, row.text(n)) for n in range(width)))
