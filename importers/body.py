"""The rows below a header, made whole: what a page break, a merged cell or a form's habit split.

The steps run in the order of `STEPS`; each takes and gives all lines.
"""

import re
from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from importers.form import Match
from importers.table import is_sum

_NOTE = re.compile(
    r"(?:备注|注|说明|填表说明|填报说明)\s*(?:[:：(（].*)?"
    r"|(?:填表|填报|制表|审核|联系|负责)(?:人|单位|日期)?\s*(?:[(（]盖章[)）])?\s*[:：].*",
    re.DOTALL,
)
_NUMBER = re.compile(r"\s*(\d+)\s*[.、．]?\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a table: its rows in the sheet, its cells, and which were filled from above.

    `merged` and `carried` map a column to the row its text stands in.
    """

    rows: tuple[int, ...]
    last: int
    texts: tuple[str, ...]
    merged: Mapping[int, int]
    carried: Mapping[int, int]

    def text(self, column: int) -> str:
        return self.texts[column] if column < len(self.texts) else ""


@dataclass(frozen=True, slots=True)
class Body:
    """The entries of a table, and the rows set aside as notes or sums."""

    lines: tuple[Line, ...]
    notes: tuple[int, ...]


def body(match: Match) -> Body:
    """The entries below a recognised header; numbered rows that hold nothing are none."""
    rows = match.table.rows
    every = [Line((row.number,), row.number + row.height - 1, row.texts, {}, {}) for row in rows]
    notes = {line.rows[0] for line in every if _is_note(match, line)}
    lines = [line for line in every if line.rows[0] not in notes]
    for step in STEPS:
        lines = step(match, lines)
    return Body(tuple(lines), tuple(sorted(notes)))


def _column(match: Match, name: str) -> int | None:
    header = match.columns.get(name)
    return header.column if header else None


def _is_note(match: Match, line: Line) -> bool:
    """Whether a row is a remark, a sum or the title of a section, by how it begins."""
    filled = [text for text in line.texts if text]
    if not filled:
        return False
    column, name = _column(match, "number"), _column(match, "name")
    number = "" if column is None else line.text(column)
    alone = len(filled) == 1
    return bool(
        is_sum(filled[0])
        or (name is not None and is_sum(line.text(name)))
        or ((number or alone or column is None) and _NOTE.fullmatch(filled[0]))
        or (alone and number and not _NUMBER.fullmatch(number))
    )


def _join_wide(match: Match, lines: list[Line]) -> list[Line]:
    """A header merged over several columns with none below it: their texts are one cell."""
    for header in match.columns.values():
        if header.width > 1:
            lines = [_narrowed(line, header.column, header.width) for line in lines]
    return lines


def _narrowed(line: Line, first: int, width: int) -> Line:
    pieces = list(filter(None, line.texts[first : first + width]))
    if len(pieces) < 2:
        return line
    blank = [""] * (len(line.texts[first : first + width]) - 1)
    joined = reduce(_glued, pieces)
    texts = (*line.texts[:first], joined, *blank, *line.texts[first + width :])
    return replace(line, texts=texts)


def _spread_merged(match: Match, lines: list[Line]) -> list[Line]:
    """A cell merged over several rows says the same of each."""
    used = {header.column for header in match.columns.values()}
    tops = {line.rows[0]: line for line in lines}
    numbers = sorted(tops)
    above: dict[int, dict[int, int]] = {}
    for span in match.table.sheet.spans:
        if span.left in used and span.top in tops and tops[span.top].text(span.left):
            # A merged column is a million rows of which few are filled.
            for row in numbers[bisect(numbers, span.top) : bisect(numbers, span.bottom)]:
                if span.left in above.setdefault(row, {}):
                    break
                above[row][span.left] = span.top
    return [_filled(line, above.get(line.rows[0], {}), tops) for line in lines]


def _filled(line: Line, above: Mapping[int, int], tops: Mapping[int, Line]) -> Line:
    if not above:
        return line
    texts = list(line.texts) + [""] * (max(above) + 1 - len(line.texts))
    for column, row in above.items():
        texts[column] = tops[row].text(column)
    return replace(line, texts=tuple(texts), merged=above)


def _join_broken(match: Match, lines: list[Line]) -> list[Line]:
    """A row a page break split: the lower part has no number and follows a gap or lacks cells."""
    number = _column(match, "number")
    if number is None:
        return lines
    joined: list[Line] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if joined and _continues(match, joined[-1], line, after):
            joined[-1] = _joined(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _continues(match: Match, above: Line, line: Line, after: Line | None) -> bool:
    column = match.columns["number"].column
    upper = _NUMBER.fullmatch(above.text(column))
    if not upper or line.text(column):
        return False
    lower = _NUMBER.fullmatch(after.text(column)) if after else None
    if after and not (lower and int(lower[1]) == int(upper[1]) + 1):
        return False
    needed = [one.name for one in match.form.fields if one.column]
    lacking = any(not line.text(match.columns[name].column) for name in needed)
    return lacking or line.rows[0] > above.last + 1


def _joined(above: Line, line: Line) -> Line:
    width = max(len(above.texts), len(line.texts))
    return replace(
        above,
        rows=above.rows + line.rows,
        last=line.last,
        texts=tuple(_glued(above.text(column), line.text(column)) for column in range(width)),
    )


def _glued(above: str, below: str) -> str:
    words = above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii()
    return f"{above} {below}" if words and below[:1].isalpha() else above + below


def _without_blank(match: Match, lines: list[Line]) -> list[Line]:
    """A form comes with numbers printed; a row with nothing else is not an entry."""
    number = _column(match, "number")
    faults = {row for row, _column in match.table.sheet.faults}
    return [
        line
        for line in lines
        if line.rows[0] in faults
        or any(
            text and column != number and column not in line.merged
            for column, text in enumerate(line.texts)
        )
    ]


def _carry_down(match: Match, lines: list[Line]) -> list[Line]:
    """A form that prints a value once means it for the rows below."""
    for one in match.form.fields:
        column = _column(match, one.name)
        if one.carry_down and column is not None:
            lines = _carried(lines, column)
    return lines


def _carried(lines: list[Line], column: int) -> list[Line]:
    source: Line | None = None
    carried: list[Line] = []
    for line in lines:
        if line.text(column):
            source = line if column not in line.merged else source
            carried.append(line)
        elif source is None:
            carried.append(line)
        else:
            texts = list(line.texts) + [""] * (column + 1 - len(line.texts))
            texts[column] = source.text(column)
            above = {**line.carried, column: source.rows[0]}
            carried.append(replace(line, texts=tuple(texts), carried=above))
    return carried


Step = Callable[[Match, list[Line]], list[Line]]
STEPS: tuple[Step, ...] = (_join_wide, _spread_merged, _join_broken, _without_blank, _carry_down)
