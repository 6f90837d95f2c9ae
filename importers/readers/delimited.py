"""CSV, TSV and text pasted from a page or PDF: lines split at the delimiter they share.

A long file is never held: its rows are read again each time they are asked for.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from geodata.errors import UnreadableFileError
from importers.private import public_name
from importers.readers.encoding import encoding_of
from importers.readers.markup import TooLargeError
from importers.tables.sheet import LONGEST_CELL, Row, Sheet, clean

_DELIMITERS = ("\t", ",", ";", "，", "；")
_QUOTED = re.compile('"[^"]*"')
# A quoted cell may hold line breaks, but an unclosed quote must not swallow the file.
_LONGEST_CELL_LINES = 40
_LONGEST_LINE = 1_000_000
_SNIFFED_LINES = 20_000
# As wide as a workbook may be.
_MOST_COLUMNS = 16_384
# Some 15,000 rows of a form; rows in memory take ten to fifty times their bytes.
_HELD_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class DelimitedRows:
    """The rows of a text file, read anew by each iteration; numbers are line numbers."""

    path: Path
    encoding: str
    delimiter: str

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from _rows(_lines(self.path, self.encoding), self.delimiter)
        except csv.Error as error:
            raise UnreadableFileError(_too_long(self.path, "一格")) from error
        except TooLargeError as error:
            raise UnreadableFileError(
                f"“{public_name(self.path)}”有一行超过 {_MOST_COLUMNS} 列。"
                "请只留下要导入的列，再导入。"
            ) from error


def read_delimited(path: Path) -> Sheet:
    """One sheet without a name; row numbers are line numbers of the file."""
    name = public_name(path)
    with path.open("rb") as file:
        encoding = encoding_of(file, name=name)
    first = list(islice(_lines(path, encoding), _SNIFFED_LINES))
    delimiter = sniff(first, prose=path.suffix.lower() != ".csv")
    rows = DelimitedRows(path, encoding, delimiter)
    held = path.stat().st_size <= _HELD_BYTES
    return Sheet(file=name, name="", rows=tuple(rows) if held else rows)


def sniff(lines: list[str], *, prose: bool) -> str:
    """The delimiter that comes as many times in a line as in the line before, most of all.

    Where the text may be `prose`, which is full of commas, a tab wins as soon as it repeats. A
    table may not: systems append a tab to long numbers so that Excel keeps their digits.
    """
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    scores = {delimiter: _score(bare, delimiter) for delimiter in _DELIMITERS}
    if prose and scores["\t"] > (0, 0):
        return "\t"
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(lines: list[str], delimiter: str) -> tuple[int, int]:
    counts = [line.count(delimiter) for line in lines]
    steady = sum(now for before, now in pairwise(counts) if now == before)
    return steady, sum(counts)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines without their ends and without what nobody sees."""
    try:
        with path.open(encoding=encoding) as file:
            while line := file.readline(_LONGEST_LINE):
                if len(line) == _LONGEST_LINE:
                    raise UnreadableFileError(_too_long(path, "一行"))
                yield clean(line.removesuffix("\n"))
    except (OSError, UnicodeError) as error:
        raise UnreadableFileError(f"“{public_name(path)}”读到一半变了，请重新导入。") from error


def _too_long(path: Path, what: str) -> str:
    return f"“{public_name(path)}”里有{what}太长，读不了。请用 Excel 另存为 xlsx 再导入。"


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    opening = re.compile(f'(?:^|{re.escape(delimiter)})\\s*"')
    held: deque[str] = deque()
    number = 1
    while True:
        if not held:
            held.extend(islice(lines, 1))
        if not held:
            return
        if not held[0]:
            held.popleft()
            number += 1
            continue
        quoted = '"' in held[0] and bool(opening.search(held[0]))
        height = _height(held, lines) if quoted else 1
        text = "\n".join(held.popleft() for _ in range(height))
        cells = _split(text, delimiter, quoted=quoted)
        if len(cells) > _MOST_COLUMNS:
            raise TooLargeError
        if len(text) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
            raise csv.Error
        if any(cells):
            yield Row(number, cells, height)
        number += height


def _height(held: deque[str], lines: Iterator[str]) -> int:
    """How many lines a quoted row takes; those looked at stay held."""
    held.extend(islice(lines, _LONGEST_CELL_LINES - len(held)))
    quotes = 0
    for height, line in enumerate(held, start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return height
    return 1


def _split(line: str, delimiter: str, *, quoted: bool) -> tuple[str, ...]:
    if quoted and line.count('"') % 2 == 0:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    else:
        cells = line.split(delimiter)
    return tuple([cell.strip() for cell in cells])
