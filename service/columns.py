"""Rows as columns on a terminal; Chinese characters are two columns wide."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns padded to their widest cell; Chinese characters are two columns wide."""
    if not rows:
        yield "  （没有）"
        return
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        padded = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        yield "  " + "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
