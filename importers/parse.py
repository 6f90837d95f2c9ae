"""From tables to records: which tables are forms, which rows are records, what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.declared import Declared
from importers.body import Line, body
from importers.fields import HEAD
from importers.form import Match, NoMatch, match
from importers.forms import FORMS
from importers.head import read_head
from importers.headers import header_key
from importers.private import Names
from importers.records import declare
from importers.row import CellFault, FormRow, RefusedRowError
from importers.sheet import Sheet
from importers.table import find_tables

_HEADER_WORDS = {header for form in FORMS for header in form.by_header} | {
    header_key(header) for one in HEAD for header in one.headers
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is no record: why, and the text of its public cells by header."""

    sheet: str
    row: int
    reason: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """What the rows of one recognised table hold.

    `notes` are rows of remarks and sums, `unheaded` the columns that hold something below no
    header.
    """

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


def parse(found: Match) -> ParsedTable:
    """The records and refused rows of a recognised table."""
    content = body(found)
    head = read_head(found.table.head)
    numbered = _is_numbered(found, content.lines)
    names = _names(found, content.lines, head)
    records: list[Declared] = []
    refused: list[RefusedRow] = []
    faults: list[CellFault] = []
    for line in content.lines:
        row = FormRow(found, line, head, names)
        _flag_row(row, numbered=numbered)
        try:
            records.append(declare(row))
        except RefusedRowError as error:
            cells = row.public_cells()
            refused.append(RefusedRow(row.sheet_name, line.rows[0], str(error), cells))
        faults += row.faults
    unheaded = _unheaded(found, content.lines)
    return ParsedTable(
        found, tuple(records), tuple(refused), tuple(faults), content.notes, unheaded
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
