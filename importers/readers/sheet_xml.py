"""The cells of one worksheet, straight from its XML, with what is merged, hidden or at fault.

openpyxl is several times slower at this, believes what a file says of its size, and tells no
merged ranges while it reads row by row.
"""

import re
from typing import IO

from openpyxl.utils import column_index_from_string

from importers.readers.markup import TooLargeError, parser
from importers.readers.values import DateError, Values
from importers.tables.sheet import LONGEST_CELL, Row, Span

_CHUNK = 1 << 18
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CELL, _VALUE, _FORMULA = (f"{_MAIN} {tag}" for tag in ("c", "v", "f"))
_TEXT, _PHONETIC = f"{_MAIN} t", f"{_MAIN} rPh"
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# A cell far to the right makes its row that wide; formatted to the end, a sheet is 1,048,576 long.
MOST_CELLS = 1_200_000
_MOST_PLACES = 6_000_000
_MOST_FAULTS = 100_000
_MOST_SPANS = 200_000
_MOST_RANGES = 20_000
_MOST_HIDDEN = 4 * _LAST_COLUMN
_NO_VALUE = "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值"
_ERROR_VALUE = "公式出错，或数字被设成了日期格式：请在 Excel 里改正，或改填数值"


class SheetXml:
    """What one worksheet holds; `most_cells` are those it may have, blank and merged ones too."""

    def __init__(self, values: Values, *, most_cells: int = MOST_CELLS) -> None:
        self.rows: list[Row] = []
        self.spans: list[Span] = []
        self.faults: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.cells = self._places = self._ranges = self._hidden = 0
        self._values, self._most_cells = values, most_cells
        self._columns: dict[str, int] = {}
        self._number = 0
        self._texts: list[str] = []
        self._column = -1
        self._kind, self._style, self._formula = "n", "", False
        self._written: list[str] = []
        self._taking = self._phonetic = False

    def read(self, file: IO[bytes]) -> "SheetXml":
        """Read the worksheet's part through."""
        expat = parser(start=self._start, end=self._end, text=self._take)
        while chunk := file.read(_CHUNK):
            expat.Parse(chunk, False)
        expat.Parse(b"", True)
        self.rows.sort(key=lambda row: row.number)
        return self

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == _CELL:
            self._start_cell(given)
        elif tag == _VALUE or (tag == _TEXT and self._kind == "inlineStr" and not self._phonetic):
            self._taking = True
        elif tag == _FORMULA:
            self._formula = True
        elif tag in _STARTS:
            _STARTS[tag](self, given)

    def _end(self, tag: str) -> None:
        if tag == _CELL:
            self._end_cell()
        elif tag in (_VALUE, _TEXT):
            self._taking = False
        elif tag in _ENDS:
            _ENDS[tag](self)

    def _take(self, text: str) -> None:
        if self._taking:
            self._written.append(text)

    def _start_row(self, given: dict[str, str]) -> None:
        self._number = int(given["r"]) if "r" in given else self._number + 1
        if not 0 < self._number <= _LAST_ROW:
            raise ValueError(self._number)
        self._texts, self._column = [], -1
        if given.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self._number)

    def _start_cell(self, given: dict[str, str]) -> None:
        self._count(1)
        place = given.get("r")
        self._column = self._column + 1 if place is None else self._column_of(place)
        self._kind, self._style = given.get("t", "n"), given.get("s", "")
        self._formula = False
        self._written.clear()

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            column = column_index_from_string(letters)
            if column > _LAST_COLUMN:
                raise ValueError(place)
            self._columns[letters] = column - 1
        return self._columns[letters]

    def _end_cell(self) -> None:
        written = "".join(self._written)
        if self._kind == "e":
            self._fault(_ERROR_VALUE)
        elif written:
            try:
                text = self._values.text(self._kind, self._style, written)
            except DateError:
                self._fault(_ERROR_VALUE)
            else:
                if len(text) > LONGEST_CELL:
                    raise TooLargeError
                self._put(text)
        elif self._formula and self._kind != "str":
            self._fault(_NO_VALUE)

    def _put(self, text: str) -> None:
        """Write a text at the cell's column; a blank one only makes the row as wide."""
        missing = self._column - len(self._texts)
        if missing < 0:
            self._texts[self._column] = text
            return
        self._texts += [""] * missing
        self._texts.append(text)

    def _fault(self, why: str) -> None:
        self.faults[self._number, self._column] = why
        self._put("")
        if len(self.faults) > _MOST_FAULTS:
            raise TooLargeError

    def _end_row(self) -> None:
        texts = self._texts
        while texts and not texts[-1] and (self._number, len(texts) - 1) not in self.faults:
            texts.pop()
        if texts:
            self.rows.append(Row(self._number, tuple(texts)))
        self._places += len(texts)
        if self._places > _MOST_PLACES:
            raise TooLargeError
        self._texts = []

    def _merge(self, given: dict[str, str]) -> None:
        if span := self._span(given):
            self.spans.append(span)
        if len(self.spans) > _MOST_SPANS:
            raise TooLargeError

    def _link(self, given: dict[str, str]) -> None:
        self._span(given)

    def _span(self, given: dict[str, str]) -> Span | None:
        found = _RANGE.fullmatch(given.get("ref", ""))
        if found is None:
            return None
        left, right = (column_index_from_string(found[n]) - 1 for n in (1, 3))
        span = Span(int(found[2]), left, int(found[4]), right)
        # A tag of fifty bytes covers 17 billion cells, each of which openpyxl makes for a copy.
        self._count(span.cells)
        return span

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > self._most_cells:
            raise TooLargeError

    def _rules(self, given: dict[str, str]) -> None:
        """Formats and checks of many ranges: openpyxl compares each with all others."""
        self._ranges += len(given.get("sqref", "").split())
        if self._ranges > _MOST_RANGES:
            raise TooLargeError

    def _hide_columns(self, given: dict[str, str]) -> None:
        if given.get("hidden") in {"1", "true"}:
            hidden = range(int(given["min"]) - 1, min(int(given["max"]), _LAST_COLUMN))
            self._hidden += len(hidden)
            if self._hidden > _MOST_HIDDEN:
                raise TooLargeError
            self.hidden_columns.update(hidden)

    def _start_phonetic(self, _given: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False


_STARTS = {
    f"{_MAIN} row": SheetXml._start_row,
    f"{_MAIN} mergeCell": SheetXml._merge,
    f"{_MAIN} hyperlink": SheetXml._link,
    f"{_MAIN} conditionalFormatting": SheetXml._rules,
    f"{_MAIN} dataValidation": SheetXml._rules,
    f"{_MAIN} col": SheetXml._hide_columns,
    _PHONETIC: SheetXml._start_phonetic,
}
_ENDS = {f"{_MAIN} row": SheetXml._end_row, _PHONETIC: SheetXml._end_phonetic}
