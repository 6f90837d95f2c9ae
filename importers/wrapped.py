"""Rows of pasted text whose cells were broken over lines, put together again.

A page gives 7⇥黄浦区总工会⇥63773621、 on one line and 53062331⇥重庆南路229弄5号 on the next. The
numbers of a numbered table say where its rows begin, the header how many cells they have.
"""

import re
from collections.abc import Iterator, Sequence

from importers.headers import header_key
from importers.sheet import Row

_NUMBER_HEADERS = {"序号", "序", "no"}
_MOST_LINES = 6


def unwrap(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with broken ones joined; a blank line is never bridged."""
    width = 0
    index = 0
    while index < len(rows):
        row = rows[index]
        if header_key(row.texts[0]) in _NUMBER_HEADERS:
            width = len(row.texts)
        count = _pieces(rows, index, width) if width > 1 else 1
        yield _glued(rows[index : index + count])
        index += count


def _pieces(rows: Sequence[Row], index: int, width: int) -> int:
    """How many rows from `index` on are lines of one."""
    number = rows[index].texts[0]
    if not re.fullmatch(r"\d{1,4}", number) or len(rows[index].texts) == 1:
        return 1
    cells = len(rows[index].texts)
    whole = 1
    for count in range(1, _MOST_LINES):
        following = rows[index + count] if index + count < len(rows) else None
        adjacent = following is not None and _touches(rows[index + count - 1], following)
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
