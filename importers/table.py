"""The tables of a sheet: where each header stands, what it heads, what stands above it.

A header is the row of a run that holds most words known from the forms; the key-value rows above
it (区局工会, 联系人, ...) are its head block. Rows no header claims become tables without a form,
so that whatever looks like a table is answered for.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from importers.headers import header_key
from importers.sheet import Row, Sheet
from importers.wrapped import unwrap

Known = Callable[[str], bool]

# From the first row of a head block to its header; the union's forms need four.
_HEAD_ROWS = 8
_TITLE_LINES = 2
_LONGEST_HEADER = 40
_SUM = re.compile(r"[合总小共]计(?:[(（][^()（）]*[)）])?[:：]?\d*[个处家]?")
_FURNITURE = re.compile(r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d+\s*页.{0,12}")


@dataclass(frozen=True, slots=True)
class Header:
    """One column's header; `group` is the merged header above it, if there is one.

    `width` counts the columns a merged header spans that have no header of their own below it.
    """

    column: int
    text: str
    group: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it; `title` and `head` are what belongs to it above."""

    sheet: Sheet
    title: str
    head: tuple[Row, ...]
    header_row: int
    headers: tuple[Header, ...]
    rows: tuple[Row, ...]

    @property
    def headed(self) -> frozenset[int]:
        """The columns that stand below a header."""
        return frozenset(
            column
            for header in self.headers
            for column in range(header.column, header.column + header.width)
        )


@dataclass(frozen=True, slots=True)
class _Grid:
    """A sheet's rows with how many header words each holds (0: it cannot be a header)."""

    sheet: Sheet
    rows: list[Row]
    words: list[int]
    known: Known

    def is_prose(self, index: int) -> bool:
        return not self.sheet.lettered and len(self.rows[index].texts) == 1

    def ends_table(self, index: int) -> bool:
        """Whether a line is prose below a table; a sum may stand in the middle of one."""
        return self.is_prose(index) and not is_sum(self.rows[index].texts[0])

    def is_head(self, index: int) -> bool:
        """Whether a row may stand above a header: a lone cell, or pairs that begin with a label."""
        row = self.rows[index]
        return len(row.filled) == 1 or bool(self.words[index]) or self.known(row.texts[row.first])


def is_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum: 合计, 总 计（人）, 小计：12 个."""
    return bool(_SUM.fullmatch("".join(text.split())))


def find_tables(sheet: Sheet, *, known: Known) -> list[Table]:
    """All tables of a sheet in order; `known` tells the header words of the forms."""
    rows = [row for row in sheet.rows if not _is_furniture(sheet, row)]
    if not sheet.lettered:
        rows = list(unwrap(rows))
    grid = _Grid(sheet, rows, [_words(row, known) for row in rows], known)
    starts = _header_indexes(grid)
    tables: list[Table] = []
    cursor = 0
    for start, following in pairwise([*starts, len(rows)]):
        head = _head_start(grid, cursor, start)
        tables += _orphans(grid, cursor, head, below_table=bool(tables))
        headers, body = _headers(grid, start)
        limit = _head_start(grid, body, following) if following < len(rows) else following
        cursor = next((index for index in range(body, limit) if grid.ends_table(index)), limit)
        tables.append(_table(grid, headers, (head, start, body, cursor)))
    return tables + _orphans(grid, cursor, len(rows), below_table=bool(tables))


def _is_furniture(sheet: Sheet, row: Row) -> bool:
    """Whether a line is a page number, which may stand in the middle of a table."""
    lone = not sheet.lettered and len(row.texts) == 1
    return lone and bool(_FURNITURE.fullmatch(row.texts[0]))


def _words(row: Row, known: Known) -> int:
    """How many different header words a row holds; 0 if it cannot be a header.

    Where most cells are unknown words, a number among them says that the row is data.
    """
    filled = [row.texts[column] for column in row.filled]
    if len(filled) < 2:
        return 0
    plain = [text for text in filled if len(text) <= _LONGEST_HEADER and not text[0].isdigit()]
    words = len({header_key(text) for text in plain if known(text)})
    if words < 2 or (2 * words < len(filled) and len(plain) < len(filled)):
        return 0
    return words


def _header_indexes(grid: _Grid) -> list[int]:
    found: list[int] = []
    prose = -1
    for index, words in enumerate(grid.words):
        if grid.is_prose(index):
            prose = index
        if not words or _yields(grid, index):
            continue
        if found and prose < found[-1] and _continues(grid, found[-1], index):
            continue
        found.append(index)
    return found


def _yields(grid: _Grid, index: int) -> bool:
    """Whether a row is part of the head block of a fuller header just below it."""
    for later in range(index + 1, min(index + 1 + _HEAD_ROWS, len(grid.rows))):
        if grid.is_prose(later):
            return False
        if grid.words[later] > grid.words[index]:
            return True
        if not grid.is_head(later):
            return False
    return False


def _continues(grid: _Grid, header: int, index: int) -> bool:
    """Whether a row is the header's second row, or the header again on the next page."""
    if index == header + 1 and _is_second_row(grid, header):
        return True
    return _keys(grid.rows[header]) == _keys(grid.rows[index])


def _keys(row: Row) -> tuple[str, ...]:
    return tuple(header_key(text) for text in row.texts)


def _head_start(grid: _Grid, first: int, start: int) -> int:
    """Where the title and the head block above a header begin."""
    index = start
    prose = 0
    while index > max(first, start - _HEAD_ROWS) and grid.is_head(index - 1):
        prose += grid.is_prose(index - 1)
        if prose > _TITLE_LINES:
            break
        index -= 1
    return index


def _table(grid: _Grid, headers: tuple[Header, ...], marks: tuple[int, int, int, int]) -> Table:
    head, start, body, end = marks
    above = range(head, start)
    printed = {_keys(row) for row in grid.rows[start:body]}
    return Table(
        sheet=grid.sheet,
        title=" ".join(
            grid.rows[index].texts[grid.rows[index].first]
            for index in above
            if len(grid.rows[index].filled) == 1
        ),
        head=tuple(grid.rows[index] for index in above if not grid.is_prose(index)),
        header_row=grid.rows[start].number,
        headers=headers,
        rows=tuple(
            grid.rows[index]
            for index in range(body, end)
            if not (grid.words[index] and _keys(grid.rows[index]) in printed)
        ),
    )


def _headers(grid: _Grid, start: int) -> tuple[tuple[Header, ...], int]:
    """The headers at `start`, joined with a second row under merged ones, and the next index."""
    top = grid.rows[start]
    if not _is_second_row(grid, start):
        return _single(grid, start), start + 1
    below = grid.rows[start + 1]
    columns = sorted({*top.filled, *below.filled})
    return tuple(_joined(top, below, column) for column in columns), start + 2


def _single(grid: _Grid, start: int) -> tuple[Header, ...]:
    """The headers of one row, and those the row above merges down into it."""
    top = grid.rows[start]
    texts = {column: top.texts[column] for column in top.filled}
    if start and grid.rows[start - 1].number == top.number - 1:
        texts = _merged_down(grid, start) | texts
    ends = {span.left: span.right for span in grid.sheet.spans if span.top == top.number}
    columns = sorted(texts)
    following = [*columns[1:], max(ends.values(), default=0) + 1]
    return tuple(
        Header(column, texts[column], width=max(1, min(ends.get(column, 0) + 1, after) - column))
        for column, after in zip(columns, following, strict=True)
    )


def _merged_down(grid: _Grid, start: int) -> dict[int, str]:
    """Headers in the row above a header; in text a blank between two headers tells them."""
    above, top = grid.rows[start - 1 : start + 1]
    tall = {span.left for span in grid.sheet.spans if span.top < top.number <= span.bottom}
    return {
        column: above.texts[column]
        for column in above.filled
        if (column in tall or column < top.filled[-1]) and grid.known(above.texts[column])
    }


def _is_second_row(grid: _Grid, start: int) -> bool:
    if start + 1 >= len(grid.rows):
        return False
    top, below = grid.rows[start : start + 2]
    return (
        any(not top.text(column) for column in below.filled)
        and any(grid.known(below.texts[column]) for column in below.filled)
        and all(_group(top, column) for column in below.filled)
    )


def _group(top: Row, column: int) -> str:
    """The merged header over a column: the nearest text to the left that blanks follow."""
    if top.text(column):
        widened = column + 1 < len(top.texts) and not top.text(column + 1)
        return top.text(column) if widened else ""
    return next((text for text in reversed(top.texts[:column]) if text), "")


def _joined(top: Row, below: Row, column: int) -> Header:
    if below.text(column):
        return Header(column, below.text(column), _group(top, column))
    return Header(column, top.text(column))


def _orphans(grid: _Grid, first: int, end: int, *, below_table: bool) -> list[Table]:
    """Runs of rows that no header heads, at least two rows by two columns.

    Below a table a lone row is one too: it may be an entry that a line of prose cut off.
    """
    return [
        Table(
            sheet=grid.sheet,
            title="",
            head=(),
            header_row=run[0].number,
            headers=tuple(Header(column, run[0].texts[column]) for column in run[0].filled),
            rows=tuple(run[1:]),
        )
        for run in _runs(grid, first, end)
        if sum(len(row.filled) > 1 for row in run) > (not below_table)
    ]


def _runs(grid: _Grid, first: int, end: int) -> Iterator[list[Row]]:
    run: list[Row] = []
    for index in range(first, end):
        if grid.is_prose(index):
            yield run
            run = []
        else:
            run.append(grid.rows[index])
    yield run
