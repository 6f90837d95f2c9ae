"""The rows below a header, made whole: what a page break, a merged cell or a form's habit split.

The steps run in the order of `STEPS`; each takes and gives the lines one by one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce

from importers.form import Match
from importers.tables.grid import is_sum
from importers.tables.headers import EXAMPLE
from importers.tables.sheet import Row, Span
from importers.tables.table import is_note, is_point

_NUMBER = re.compile(r"\s*(\d{1,9})\s*(?:[.、．]\s*)?")
_NONE: Mapping[int, int] = {}


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


def lines_of(match: Match, set_aside: Callable[[Row], None]) -> Iterator[Line]:
    """The entries below a recognised header; numbered rows that hold nothing are none.

    `set_aside` is told each row that is a remark or a sum.
    """
    lines = _entries(match, set_aside)
    for step in STEPS:
        lines = step(match, lines)
    return lines


def _entries(match: Match, set_aside: Callable[[Row], None]) -> Iterator[Line]:
    number, name = _column(match, "number"), _column(match, "name")
    remark = False
    for row in match.table.rows:
        first = row.texts[row.first] if row.texts else ""
        if _is_note(row, number, name):
            remark = is_note(first)
            set_aside(row)
        elif remark and is_point(first) and len(row.filled) == 1:
            set_aside(row)
        else:
            remark = False
            yield Line((row.number,), row.number + row.height - 1, row.texts, _NONE, _NONE)


def _column(match: Match, name: str) -> int | None:
    header = match.columns.get(name)
    return header.column if header else None


def _is_note(row: Row, number: int | None, name: int | None) -> bool:
    """Whether a row is a remark, a sum or the title of a section, by how it begins."""
    first = row.texts[row.first] if row.texts else ""
    if not first:
        return False
    written = "" if number is None else row.text(number)
    if written and row.first == number and _NUMBER.fullmatch(written):
        return name is not None and is_sum(row.text(name))
    alone = len(row.filled) == 1
    return bool(
        is_sum(first)
        or (name is not None and is_sum(row.text(name)))
        or ((written or alone or number is None) and is_note(first))
        or (alone and written)
        or written == EXAMPLE
    )


def _join_wide(match: Match, lines: Iterator[Line]) -> Iterator[Line]:
    """A header merged over several columns with none below it: their texts are one cell."""
    for header in match.columns.values():
        if header.width > 1:
            lines = map(partial(_narrowed, first=header.column, width=header.width), lines)
    return lines


def _narrowed(line: Line, *, first: int, width: int) -> Line:
    pieces = list(filter(None, line.texts[first : first + width]))
    if len(pieces) < 2:
        return line
    blank = [""] * (len(line.texts[first : first + width]) - 1)
    joined = reduce(_glued, pieces)
    texts = (*line.texts[:first], joined, *blank, *line.texts[first + width :])
    return replace(line, texts=texts)


def _spread_merged(match: Match, lines: Iterator[Line]) -> Iterator[Line]:
    """A cell merged over several rows says the same of each."""
    used = {header.column for header in match.columns.values()}
    spans = [one for one in match.table.sheet.spans if one.left in used and one.top < one.bottom]
    return _spread(lines, spans) if spans else lines


def _spread(lines: Iterator[Line], spans: Iterable[Span]) -> Iterator[Line]:
    starting: defaultdict[int, list[Span]] = defaultdict(list)
    for span in spans:
        starting[span.top].append(span)
    open_spans: dict[int, tuple[Span, str]] = {}
    for line in lines:
        row = line.rows[0]
        open_spans = {column: held for column, held in open_spans.items() if row <= held[0].bottom}
        above = {column: span.top for column, (span, _text) in open_spans.items()}
        yield _filled(line, {column: text for column, (_, text) in open_spans.items()}, above)
        for span in starting.get(row, ()):
            if line.text(span.left):
                open_spans.setdefault(span.left, (span, line.text(span.left)))


def _filled(line: Line, texts: Mapping[int, str], above: Mapping[int, int]) -> Line:
    if not above:
        return line
    filled = list(line.texts) + [""] * (max(above) + 1 - len(line.texts))
    for column, text in texts.items():
        filled[column] = text
    return replace(line, texts=tuple(filled), merged=above)


def _join_broken(match: Match, lines: Iterator[Line]) -> Iterator[Line]:
    """A row a page break split: the lower part has no number and follows a gap or lacks cells."""
    number = _column(match, "number")
    return lines if number is None else _joined_where_broken(match, number, lines)


def _joined_where_broken(match: Match, number: int, lines: Iterator[Line]) -> Iterator[Line]:
    needed = [match.columns[one.name].column for one in match.form.fields if one.column]
    above, line = None, next(lines, None)
    while line is not None:
        after = next(lines, None)
        if above is not None and _continues(number, needed, (above, line, after)):
            above = _joined(above, line)
        else:
            if above is not None:
                yield above
            above = line
        line = after
    if above is not None:
        yield above


def _continues(number: int, needed: list[int], three: tuple[Line, Line, Line | None]) -> bool:
    """Whether the middle of three lines is the rest of the first."""
    above, line, after = three
    if line.text(number):
        return False
    upper = _NUMBER.fullmatch(above.text(number))
    lower = _NUMBER.fullmatch(after.text(number)) if after else None
    if not upper or (after and not (lower and int(lower[1]) == int(upper[1]) + 1)):
        return False
    lacking = any(not line.text(column) for column in needed)
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


def _without_blank(match: Match, lines: Iterator[Line]) -> Iterator[Line]:
    """A form comes with numbers printed; a row with nothing else is not an entry."""
    number = _column(match, "number")
    faults = {row for row, _column in match.table.sheet.faults}
    for line in lines:
        if line.rows[0] in faults or any(
            text and column != number and column not in line.merged
            for column, text in enumerate(line.texts)
        ):
            yield line


def _carry_down(match: Match, lines: Iterator[Line]) -> Iterator[Line]:
    """A form that prints a value once means it for the rows below."""
    for one in match.form.fields:
        column = _column(match, one.name)
        if one.carry_down and column is not None:
            lines = _carried(lines, column)
    return lines


def _carried(lines: Iterator[Line], column: int) -> Iterator[Line]:
    source: Line | None = None
    for line in lines:
        if line.text(column):
            source = line if column not in line.merged else source
            yield line
        elif source is None:
            yield line
        else:
            texts = list(line.texts) + [""] * (column + 1 - len(line.texts))
            texts[column] = source.text(column)
            above = {**line.carried, column: source.rows[0]}
            yield replace(line, texts=tuple(texts), carried=above)


Step = Callable[[Match, Iterator[Line]], Iterator[Line]]
STEPS: tuple[Step, ...] = (_join_wide, _spread_merged, _join_broken, _without_blank, _carry_down)
