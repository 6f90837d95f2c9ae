"""A sheet's lines in one pass: what each is, and only those rows that a header may need kept.

A sheet in memory keeps all its rows. One that is read from its file keeps those around header
words and at the start of each run, and reads the rest again when a table asks for them.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

from geodata.errors import UnreadableFileError
from importers.tables.headers import header_key
from importers.tables.sheet import Row, Sheet
from importers.tables.wrapped import unwrap

Known = Callable[[str], bool]

# From the first row of a head block to its header; the union's forms need four.
HEAD_ROWS = 8
NOTE_LINES = 12
_LONGEST_HEADER = 40
# Tables that need more of a long file are not a list of places.
_MOST_KEPT = 100_000
_SAMPLE_ROWS = 50
_SUM = re.compile(r"[合总小共]计(?:[(（][^()（）]*[)）])?[:：]?\d*[个处家]?")
_FURNITURE = re.compile(r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d+\s*页.{0,12}")


def is_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum: 合计, 总 计（人）, 小计：12 个."""
    return bool(_SUM.fullmatch("".join(text.split())))


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a sheet without page numbers, broken ones joined; each iteration reads anew."""

    sheet: Sheet

    def __iter__(self) -> Iterator[Row]:
        if self.sheet.lettered:
            return iter(self.sheet.rows)
        return unwrap(row for row in self.sheet.rows if not _is_furniture(row))


def _is_furniture(row: Row) -> bool:
    """Whether a line is a page number, which may stand in the middle of a table."""
    return len(row.texts) == 1 and bool(_FURNITURE.fullmatch(row.texts[0]))


class Slice(Sequence[Row]):
    """Some of a sheet's lines, read from the file whenever they are asked for."""

    def __init__(self, lines: Lines, start: int, stop: int, without: frozenset[int]) -> None:
        self._lines = lines
        self._start, self._stop, self._without = start, stop, without
        self._first = tuple(islice(self, _SAMPLE_ROWS)) if len(self) else ()

    def __iter__(self) -> Iterator[Row]:
        rows = islice(self._lines, self._start, self._stop)
        for index, row in enumerate(rows, start=self._start):
            if index not in self._without:
                yield row

    def __len__(self) -> int:
        return self._stop - self._start - len(self._without)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            few = range(len(self))[index]
            rows = self._first if few.stop <= len(self._first) else tuple(self)
            return rows[index]
        place = range(len(self))[index]
        return next(islice(self, place, None))


class Grid:
    """The lines of a sheet by index: how many header words each holds, and what else it is.

    `words` is 0 where a row cannot be a header; `prose` and `wide` are 1 for lines without a
    delimiter and for rows with more than one filled cell; `ends` is 1 where prose ends a table.
    """

    def __init__(self, sheet: Sheet, known: Known, is_label: Known) -> None:
        self.sheet = sheet
        self.known, self.is_label = known, is_label
        self.words, self.prose = bytearray(), bytearray()
        self.wide, self.ends = bytearray(), bytearray()
        self._lines = Lines(sheet)
        self._held = tuple(self._lines) if isinstance(sheet.rows, tuple) else None
        self._kept: dict[int, Row] = {}
        for row in self._held if self._held is not None else self._keeping(iter(self._lines)):
            self._look_at(row)

    def __len__(self) -> int:
        return len(self.words)

    def row(self, index: int) -> Row:
        """A row near a header or at the start of a run."""
        return self._kept[index] if self._held is None else self._held[index]

    def rows(self, start: int, stop: int, without: frozenset[int]) -> Sequence[Row]:
        """The rows from one index to another without some of them."""
        if self._held is None:
            return Slice(self._lines, start, stop, without)
        return tuple(self._held[index] for index in range(start, stop) if index not in without)

    def _look_at(self, row: Row) -> None:
        prose = self.sheet.is_prose(row)
        filled = [text for text in row.texts if text]
        self.prose.append(prose)
        self.ends.append(prose and not is_sum(row.texts[0]))
        self.wide.append(len(filled) > 1)
        self.words.append(min(255, _words(filled, self.known)))

    def _keeping(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Keep the first row, those around header words and those where prose begins or ends."""
        before: deque[tuple[int, Row]] = deque(maxlen=HEAD_ROWS + 1)
        until = prose = 0
        for index, row in enumerate(rows):
            yield row
            if self.words[index]:
                self._kept.update(before)
                until = index + HEAD_ROWS
            prose = prose + 1 if self.prose[index] else 0
            if index <= until or self.prose[index - 1] or 0 < prose <= NOTE_LINES:
                self._kept[index] = row
            before.append((index, row))
            if len(self._kept) > _MOST_KEPT:
                raise UnreadableFileError(
                    f"“{self.sheet.file}”里像表头的行太多，读不了。请只留要导入的表，再导入。"
                )


def _words(filled: Sequence[str], known: Known) -> int:
    """How many different header words a row holds; 0 if it cannot be a header.

    Where most cells are unknown words, a number among them says that the row is data.
    """
    if len(filled) < 2:
        return 0
    plain = [text for text in filled if len(text) <= _LONGEST_HEADER and not text[0].isdigit()]
    words = len({header_key(text) for text in plain if known(text)})
    if words < 2 or (2 * words < len(filled) and len(plain) < len(filled)):
        return 0
    return words
