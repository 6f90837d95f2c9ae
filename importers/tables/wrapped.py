"""Rows of pasted text whose cells were broken over lines, put together again.

A page gives 7⇥黄浦区总工会⇥63773621、 on one line and 53062331⇥重庆南路229弄5号 on the next. The
numbers of a numbered table say where its rows begin, the header how many cells they have.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from importers.tables.headers import header_key
from importers.tables.sheet import Row

_NUMBER_HEADERS = {"序号", "序", "no"}
_LONGEST_HEADER = 8
_NUMBER = re.compile(r"\d{1,4}")
_MOST_LINES = 6


def unwrap(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with broken ones joined; a blank line is never bridged."""
    source = iter(rows)
    held: deque[Row] = deque()
    width = 0
    while True:
        if not held:
            held.extend(islice(source, 1))
        if not held:
            return
        first = held[0].texts
        if len(first[0]) <= _LONGEST_HEADER and header_key(first[0]) in _NUMBER_HEADERS:
            width = len(first)
        count = 1
        if width > 1 and len(first) > 1 and _NUMBER.fullmatch(first[0]):
            held.extend(islice(source, _MOST_LINES - len(held)))
            count = _pieces(held, width)
        yield _glued([held.popleft() for _ in range(count)])


def _pieces(rows: Sequence[Row], width: int) -> int:
    """How many of the rows are lines of the first."""
    number = rows[0].texts[0]
    cells = len(rows[0].texts)
    whole = 1
    for count in range(1, _MOST_LINES):
        following = rows[count] if count < len(rows) else None
        adjacent = following is not None and _touches(rows[count - 1], following)
        if following is None or not adjacent:
            # Nothing numbered follows: what made the row whole is believed, and no line more.
            return whole
        if following.texts[0] == str(int(number) + 1):
            return count
        if cells < width == cells + len(following.texts) - 1:
            whole = count + 1
        cells += len(following.texts) - 1
        if cells > width or len(following.texts) == width:
            return 1
    return 1


def _touches(above: Row, below: Row) -> bool:
    return below.number == above.number + above.height


def _glued(pieces: Sequence[Row]) -> Row:
    if len(pieces) == 1:
        return pieces[0]
    texts = list(pieces[0].texts)
    for piece in pieces[1:]:
        texts[-1] = f"{texts[-1]}\n{piece.texts[0]}".strip()
        texts += piece.texts[1:]
    last = pieces[-1]
    height = last.number + last.height - pieces[0].number
    return Row(pieces[0].number, tuple(texts), height)
