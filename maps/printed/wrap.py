"""Lines of a text as Chinese sets them: broken between characters, words of letters kept whole."""

import re
from collections.abc import Callable, Iterator

_OPEN, _CLOSE = "（《“‘【〔(", "，。、；：！？）》”’】〕…%％,.;:!?)"
# A mark of punctuation neither begins a line nor is left behind by what it opens.
_PIECE = re.compile(
    rf"[{re.escape(_OPEN)}]*(?:[A-Za-z0-9./_@+\-]+|[^\s])[{re.escape(_CLOSE)}]*|[ \t]+|\n"
)
Advance = Callable[[str], float]


def wrapped(text: str, width: float, advance: Advance) -> list[str]:
    """The lines of a text within a width; `advance` is the width of one character.

    A word longer than a line is broken anywhere. An empty text is one empty line.
    """
    lines, used = [""], 0.0
    for piece in _PIECE.findall(text):
        if piece == "\n":
            lines.append("")
            used = 0.0
            continue
        for part in _fitting(piece, width, advance):
            size = sum(map(advance, part))
            if used + size > width and lines[-1]:
                lines.append("")
                used = 0.0
            if lines[-1] or not part.isspace():
                lines[-1] += part
                used += size
    return [line.rstrip() for line in lines]


def _fitting(piece: str, width: float, advance: Advance) -> Iterator[str]:
    if sum(map(advance, piece)) <= width:
        yield piece
    else:
        yield from piece
