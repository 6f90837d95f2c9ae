"""Tables side by side: 名称 类别 地址, a blank column, and 名称 类别 地址 once more."""

from dataclasses import replace
from itertools import pairwise

from importers.tables.headers import ADDED, header_key
from importers.tables.sheet import Row
from importers.tables.table import Table

# One header met twice is an office's habit (联系人, 手机, 手机), not a table.
_FEWEST = 2
_MOST_COLUMNS = 100_000


def side_by_side(table: Table) -> list[Table]:
    """The tables that share a row of headers, from left to right; most often there is one."""
    starts = _starts(table)
    # A file too long to be held is no sheet somebody laid out by hand.
    if len(starts) < _FEWEST or not isinstance(table.rows, tuple):
        return [table]
    first, *others = pairwise([0, *starts[1:], _MOST_COLUMNS])
    return [
        _between(table, *first),
        *(replace(_between(table, *other), notes=()) for other in others),
    ]


def _starts(table: Table) -> list[int]:
    """The columns in which all headers begin anew."""
    headers = [header for header in table.headers if not header.text.startswith(ADDED)]
    keys = [header_key(header.text) for header in headers]
    period = next((n for n in range(1, len(keys)) if keys[n] == keys[0]), 0)
    if period < _FEWEST:
        return []
    whole = range(0, len(keys) - period + 1, period)
    return [headers[n].column for n in whole if keys[n : n + period] == keys[:period]]


def _between(table: Table, left: int, right: int) -> Table:
    """What of a table stands in some of its columns, each of which keeps its letter."""
    mine = (_blanked(row, left, right) for row in table.rows)
    return replace(
        table,
        headers=tuple(one for one in table.headers if left <= one.column < right),
        rows=tuple(row for row in mine if row.filled),
    )


def _blanked(row: Row, left: int, right: int) -> Row:
    texts = tuple(text if left <= column < right else "" for column, text in enumerate(row.texts))
    return replace(row, texts=texts)
