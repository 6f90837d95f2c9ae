"""CSV, TSV and text pasted from a page or PDF: lines split at the delimiter they share."""

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from geodata.errors import UnreadableFileError
from importers.private import public_name
from importers.readers.encoding import decode
from importers.sheet import Row, Sheet, clean

_DELIMITERS = ("\t", ",", ";", "，", "；")
_QUOTED = re.compile('"[^"]*"')
# A quoted cell may hold line breaks, but an unclosed quote must not swallow the file.
_LONGEST_CELL_LINES = 40


def read_delimited(path: Path) -> Sheet:
    """One sheet without a name; row numbers are line numbers of the file."""
    name = public_name(path)
    text = clean(decode(path.read_bytes(), name=name))
    lines = text.split("\n")
    delimiter = sniff(lines, prose=path.suffix.lower() != ".csv")
    try:
        rows = tuple(_rows(lines, delimiter))
    except csv.Error as error:
        raise UnreadableFileError(
            f"“{name}”里有一格太长，读不了。请用 Excel 另存为 xlsx 再导入。"
        ) from error
    return Sheet(file=name, name="", rows=rows)


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


def _rows(lines: list[str], delimiter: str) -> Iterator[Row]:
    opening = re.compile(f'(?:^|{re.escape(delimiter)})\\s*"')
    index = 0
    while index < len(lines):
        height = _height(lines, index, opening)
        texts = _split("\n".join(lines[index : index + height]), delimiter, opening)
        if any(texts):
            yield Row(index + 1, texts, height)
        index += height


def _height(lines: list[str], index: int, opening: re.Pattern[str]) -> int:
    if '"' not in lines[index] or not opening.search(lines[index]):
        return 1
    quotes = 0
    for height, line in enumerate(lines[index : index + _LONGEST_CELL_LINES], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return height
    return 1


def _split(line: str, delimiter: str, opening: re.Pattern[str]) -> tuple[str, ...]:
    if '"' in line and opening.search(line) and line.count('"') % 2 == 0:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    else:
        cells = line.split(delimiter)
    return tuple(cell.strip() for cell in cells)
