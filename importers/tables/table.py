"""The tables of a sheet: where each header stands, what it heads, what stands above it.

A header is the row of a run that holds most words known from the forms; the key-value rows above
it (区局工会, 联系人, ...) are its head block. Rows no header claims become tables without a form,
so that whatever looks like a table is answered for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geodata.errors import UnreadableFileError
from importers.tables.grid import HEAD_ROWS, NOTE_LINES, Grid, Known
from importers.tables.headers import header_key
from importers.tables.sheet import Row, Sheet

_TITLE_LINES = 2
# Each table of a long file is read from its start.
_MOST_TABLES = 1_000
_NOTE = re.compile(
    r"(?:备注|注|说明|填表说明|填报说明)\s*(?:[:：(（].*)?"
    r"|(?:填表|填报|制表|审核|联系|负责)(?:人|单位|日期)?\s*(?:[(（]盖章[)）])?\s*[:：].*",
    re.DOTALL,
)
_PAIR = re.compile(r"[:：]\s*\S")
_POINT = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．].*", re.DOTALL)


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
    """A header and the rows below it; `title` and `head` are what belongs to it above.

    `notes` are remarks in prose right below it.
    """

    sheet: Sheet
    title: str
    head: tuple[Row, ...]
    header_row: int
    headers: tuple[Header, ...]
    rows: Sequence[Row]
    notes: tuple[Row, ...] = ()

    @property
    def headed(self) -> frozenset[int]:
        """The columns that stand below a header."""
        return frozenset(
            column
            for header in self.headers
            for column in range(header.column, header.column + header.width)
        )


def is_note(text: str) -> bool:
    """Whether a text is a remark about a table: 备注：…, 填表人：…."""
    return bool(_NOTE.fullmatch(text))


def is_point(text: str) -> bool:
    """Whether a text may be a point of a longer remark: 1.…, （二）…."""
    return bool(_POINT.fullmatch(text))


def find_tables(sheet: Sheet, *, known: Known, is_label: Known) -> list[Table]:
    """All tables of a sheet in order.

    `known` tells the header words of the forms, `is_label` the labels of a head block, also with
    their value behind a colon.
    """
    grid = Grid(sheet, known, is_label)
    starts = _header_indexes(grid)
    tables: list[Table] = []
    cursor = 0
    for start, following in pairwise([*starts, len(grid)]):
        head = _head_start(grid, cursor, start)
        tables += _orphans(grid, cursor, head, below_table=bool(tables))
        headers, body = _headers(grid, start)
        limit = _head_start(grid, body, following) if following < len(grid) else following
        end = grid.ends.find(1, body, limit)
        cursor = limit if end < 0 else end
        tables.append(_table(grid, headers, (head, start, body, cursor)))
    return tables + _orphans(grid, cursor, len(grid), below_table=bool(tables))


def _header_indexes(grid: Grid) -> list[int]:
    found: list[int] = []
    for index in (index for index, words in enumerate(grid.words) if words):
        if _yields(grid, index):
            continue
        prose = grid.prose.rfind(1, 0, index)
        if found and prose < found[-1] and _continues(grid, found[-1], index):
            continue
        found.append(index)
    if len(found) > _MOST_TABLES:
        raise UnreadableFileError(
            f"“{grid.sheet.file}”里的表超过 {_MOST_TABLES} 张。请分成几个文件再导入。"
        )
    return found


def _yields(grid: Grid, index: int) -> bool:
    """Whether a row is part of the head block of a fuller header just below it."""
    for later in range(index + 1, min(index + 1 + HEAD_ROWS, len(grid))):
        if grid.prose[later]:
            return False
        if grid.words[later] > grid.words[index]:
            return True
        if not _is_head(grid, later):
            return False
    return False


def _is_head(grid: Grid, index: int) -> bool:
    """Whether a row may stand above a header: a lone cell, or pairs that begin with a label."""
    row = grid.row(index)
    return (
        not grid.wide[index]
        or bool(grid.words[index])
        or grid.known(row.texts[row.first])
        or (index > 0 and _are_labels(grid, grid.row(index - 1)))
    )


def _are_labels(grid: Grid, row: Row) -> bool:
    """Whether a row is two labels or more and nothing else, their values standing below."""
    texts = [row.texts[column] for column in row.filled]
    return len(texts) > 1 and all(grid.is_label(text) and not _PAIR.search(text) for text in texts)


def _continues(grid: Grid, header: int, index: int) -> bool:
    """Whether a row is the header's second row, or the header again on the next page."""
    second = _is_second_row(grid, header)
    if second and index == header + 1:
        return True
    printed = [header, header + 1] if second else [header]
    return _keys(grid.row(index)) in [_keys(grid.row(one)) for one in printed]


def _keys(row: Row) -> tuple[str, ...]:
    return tuple(header_key(text) for text in row.texts)


def _head_start(grid: Grid, first: int, start: int) -> int:
    """Where the title and the head block above a header begin."""
    index = start
    prose = 0
    while index > max(first, start - HEAD_ROWS) and _is_head(grid, index - 1):
        if grid.prose[index - 1]:
            # Above the title whoever is named is somebody else's contact.
            labelled = grid.is_label(grid.row(index - 1).texts[0])
            prose += not labelled
            if prose > (0 if labelled else _TITLE_LINES):
                break
        index -= 1
    return index


def _table(grid: Grid, headers: tuple[Header, ...], marks: tuple[int, int, int, int]) -> Table:
    head, start, body, end = marks
    lone = {index: row.texts[row.first] for index, row in _lone(grid, head, start)}
    printed = {_keys(grid.row(index)) for index in range(start, body)}
    again = (index for index in range(body, end) if grid.words[index])
    return Table(
        sheet=grid.sheet,
        title=" ".join(text for text in lone.values() if not grid.is_label(text)),
        head=tuple(
            grid.row(index)
            for index in range(head, start)
            if not grid.prose[index] or grid.is_label(lone[index])
        ),
        header_row=grid.row(start).number,
        headers=headers,
        rows=grid.rows(
            body, end, frozenset(index for index in again if _keys(grid.row(index)) in printed)
        ),
        notes=_notes(grid, end),
    )


def _lone(grid: Grid, first: int, end: int) -> Iterator[tuple[int, Row]]:
    return ((index, grid.row(index)) for index in range(first, end) if not grid.wide[index])


def _notes(grid: Grid, start: int) -> tuple[Row, ...]:
    """The prose at an index, if it begins like a remark."""
    notes: list[Row] = []
    for index in range(start, min(start + NOTE_LINES, len(grid))):
        if not grid.prose[index]:
            break
        text = grid.row(index).texts[0]
        if not (is_note(text) or (notes and is_point(text))):
            break
        notes.append(grid.row(index))
    return tuple(notes)


def _headers(grid: Grid, start: int) -> tuple[tuple[Header, ...], int]:
    """The headers at `start`, joined with a second row under merged ones, and the next index."""
    top = grid.row(start)
    if not _is_second_row(grid, start):
        return _single(grid, start), start + 1
    below = grid.row(start + 1)
    columns = sorted({*top.filled, *below.filled})
    return tuple(_joined(top, below, column) for column in columns), start + 2


def _single(grid: Grid, start: int) -> tuple[Header, ...]:
    """The headers of one row, and those the row above merges down into it."""
    top = grid.row(start)
    texts = {column: top.texts[column] for column in top.filled}
    if start and grid.row(start - 1).number == top.number - 1:
        texts = _merged_down(grid, start) | texts
    ends = {span.left: span.right for span in grid.sheet.spans if span.top == top.number}
    columns = sorted(texts)
    following = [*columns[1:], max(ends.values(), default=0) + 1]
    return tuple(
        Header(column, texts[column], width=max(1, min(ends.get(column, 0) + 1, after) - column))
        for column, after in zip(columns, following, strict=True)
    )


def _merged_down(grid: Grid, start: int) -> dict[int, str]:
    """Headers in the row above a header; in text a blank between two headers tells them."""
    above, top = grid.row(start - 1), grid.row(start)
    tall = {span.left for span in grid.sheet.spans if span.top < top.number <= span.bottom}
    return {
        column: above.texts[column]
        for column in above.filled
        if (column in tall or column < top.filled[-1]) and grid.known(above.texts[column])
    }


def _is_second_row(grid: Grid, start: int) -> bool:
    if start + 1 >= len(grid):
        return False
    top, below = grid.row(start), grid.row(start + 1)
    return (
        any(not top.text(column) for column in below.filled)
        and any(grid.known(below.texts[column]) for column in below.filled)
        and all(_group(top, below, column) for column in below.filled)
    )


def _group(top: Row, below: Row, column: int) -> str:
    """The merged header over a column: the nearest text to the left that blanks follow."""
    if top.text(column):
        after = column + 1
        widened = not top.text(after) and (after < len(top.texts) or bool(below.text(after)))
        return top.text(column) if widened else ""
    return next((text for text in reversed(top.texts[:column]) if text), "")


def _joined(top: Row, below: Row, column: int) -> Header:
    if below.text(column):
        return Header(column, below.text(column), _group(top, below, column))
    return Header(column, top.text(column))


def _orphans(grid: Grid, first: int, end: int, *, below_table: bool) -> list[Table]:
    """Runs of rows that no header heads, at least two rows by two columns.

    Below a table a lone row is one too: it may be an entry that a line of prose cut off.
    """
    return [
        _orphan(grid, start, stop)
        for start, stop in _runs(grid, first, end)
        if grid.wide.count(1, start, stop) > (not below_table)
    ]


def _orphan(grid: Grid, start: int, stop: int) -> Table:
    top = grid.row(start)
    return Table(
        sheet=grid.sheet,
        title="",
        head=(),
        header_row=top.number,
        headers=tuple(Header(column, top.texts[column]) for column in top.filled),
        rows=grid.rows(start + 1, stop, frozenset()),
    )


def _runs(grid: Grid, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches without prose, from an index to one past their last."""
    start = first
    while start < end:
        stop = grid.prose.find(1, start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1
