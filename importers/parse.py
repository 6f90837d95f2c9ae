"""From tables to records: which tables are forms, which rows are records, what is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.declared import Declared
from importers.body import Line, body
from importers.fields import HEAD
from importers.form import Match, NoMatch, match
from importers.forms import FORMS
from importers.head import read_head
from importers.headers import header_key
from importers.private import Names, masked
from importers.records import declare
from importers.row import CellFault, FormRow, RefusedRowError
from importers.sheet import Sheet
from importers.table import find_tables

_HEADER_WORDS = {header for form in FORMS for header in form.by_header} | {
    header_key(header) for one in HEAD for header in one.headers
}


MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is no record: why, and the text of its public cells by header."""

    sheet: str
    row: int
    reason: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row of a recognised table: the record it declares, or why it is refused."""

    record: Declared | None
    refused: RefusedRow | None
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, a sum or a title between or below the rows; persons are cut out of it."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a table once its rows have been read.

    `unheaded` are the columns that hold something below no header. Only the first
    `MOST_NOTES` notes are kept with their text; `note_count` counts all.
    """

    records: int
    refused: int
    notes: tuple[Note, ...]
    note_count: int
    unheaded: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether this is a form nobody has filled in."""
        return not self.records and not self.refused


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """What the rows of one recognised table hold, all at once."""

    match: Match
    records: tuple[Declared, ...]
    refused: tuple[RefusedRow, ...]
    faults: tuple[CellFault, ...]
    notes: tuple[int, ...]
    unheaded: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether this is a form nobody has filled in."""
        return not self.records and not self.refused


def is_header_word(text: str) -> bool:
    """Whether any form knows a text as a header or as a label of its head block."""
    return header_key(text) in _HEADER_WORDS


def recognise(sheets: Sequence[Sheet]) -> list[Match | NoMatch]:
    """Every table of the sheets, with the form it is or the nearest to it."""
    return [
        match(table, FORMS)
        for sheet in sheets
        for table in find_tables(sheet, known=is_header_word)
    ]


class Rows(Iterator[ParsedRow]):
    """The rows of one recognised table in order; `summary` holds once all have been taken."""

    def __init__(self, found: Match) -> None:
        self.match = found
        content = body(found)
        self._texts = {row.number: row for row in found.table.rows}
        self._notes = content.notes
        self._unheaded = _unheaded(found, content.lines)
        self._records = self._refused = 0
        self._stream = self._rows(content.lines)

    def __next__(self) -> ParsedRow:
        return next(self._stream)

    @property
    def summary(self) -> Summary:
        """What the rows taken so far were, and what stands between them."""
        notes = tuple(
            Note(row, masked(" ".join(filter(None, self._texts[row].texts))))
            for row in self._notes[:MOST_NOTES]
        )
        return Summary(self._records, self._refused, notes, len(self._notes), self._unheaded)

    def _rows(self, lines: Sequence[Line]) -> Iterator[ParsedRow]:
        head = read_head(self.match.table.head)
        numbered = _is_numbered(self.match, lines)
        names = _names(self.match, lines, head)
        for line in lines:
            row = FormRow(self.match, line, head, names)
            _flag_row(row, numbered=numbered)
            yield self._parsed(row)

    def _parsed(self, row: FormRow) -> ParsedRow:
        try:
            record = declare(row)
        except RefusedRowError as error:
            self._refused += 1
            cells = row.public_cells()
            refused = RefusedRow(row.sheet_name, row.line.rows[0], str(error), cells)
            return ParsedRow(None, refused, tuple(row.faults))
        self._records += 1
        return ParsedRow(record, None, tuple(row.faults))


def rows_of(found: Match) -> Rows:
    """The rows of a recognised table, one by one; its `summary` is whole after the last."""
    return Rows(found)


def parse(found: Match) -> ParsedTable:
    """The records and refused rows of a recognised table, all at once."""
    rows = rows_of(found)
    parsed = list(rows)
    return ParsedTable(
        found,
        tuple(one.record for one in parsed if one.record is not None),
        tuple(one.refused for one in parsed if one.refused is not None),
        tuple(fault for one in parsed for fault in one.faults),
        tuple(note.row for note in rows.summary.notes),
        rows.summary.unheaded,
    )


def _unheaded(found: Match, lines: Sequence[Line]) -> tuple[str, ...]:
    filled = {column for line in lines for column, text in enumerate(line.texts) if text}
    columns = sorted(filled - found.table.headed)
    return tuple(found.table.sheet.column_name(column) for column in columns)


def _names(found: Match, lines: Sequence[Line], head: Mapping[str, str]) -> Names:
    header = found.columns.get("contact")
    cells = [line.text(header.column) for line in lines] if header else []
    return Names([head.get("head_contact", ""), *cells])


def _is_numbered(found: Match, lines: Sequence[Line]) -> bool:
    header = found.columns.get("number")
    return header is not None and any(line.text(header.column) for line in lines)


def _flag_row(row: FormRow, *, numbered: bool) -> None:
    rows = row.line.rows
    if row.is_hidden:
        row.flag("row_hidden", "这一行在工作表里是隐藏的，已照常导入")
    if len(rows) > 1:
        row.flag("row_joined", f"第 {'、'.join(map(str, rows))} 行是被分页断开的一行，已合成一行")
    elif numbered and not row.written("number"):
        row.flag("row_unnumbered", "这一行没有序号，请核对是否是上一行的续行", "number")
