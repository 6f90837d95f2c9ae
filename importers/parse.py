"""From tables to records: which tables are forms, which rows are records, what is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.declared import Declared
from importers.fields import HEAD
from importers.form import Match, NoMatch, match, without_card_heads
from importers.forms import FORMS
from importers.rows.extra import extra
from importers.rows.records import declare
from importers.rows.row import CellFault, FormRow, RefusedRowError
from importers.rows.survey import Note, Survey
from importers.tables.beside import side_by_side
from importers.tables.head import is_labelled
from importers.tables.headers import header_key
from importers.tables.sheet import Sheet
from importers.tables.table import find_tables

_HEADER_WORDS = {header for form in FORMS for header in form.by_header} | {
    header_key(header) for one in HEAD for header in one.headers
}
_FIRST_CHARACTERS = {word[0] for word in _HEADER_WORDS if word}


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
class Summary:
    """What is known of a table once its rows have been read.

    `unheaded` are the columns that hold something below no header; `note_count` counts all notes,
    of which `notes` has the first.
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


def is_header_word(text: str) -> bool:
    """Whether any form knows a text as a header or as a label of its head block."""
    first = text[:1]
    # Most cells are data, and what they begin with tells most of them at once.
    if "\u4e00" <= first <= "\u9fff" and first not in _FIRST_CHARACTERS:
        return False
    return header_key(text) in _HEADER_WORDS


def recognise(sheets: Sequence[Sheet]) -> list[Match | NoMatch]:
    """Every table of the sheets, with the form it is or the nearest to it."""
    return without_card_heads(
        [
            match(table, FORMS)
            for sheet in sheets
            for found in find_tables(sheet, known=is_header_word, is_label=is_labelled)
            for table in side_by_side(found)
        ]
    )


class Rows(Iterator[ParsedRow]):
    """The rows of one recognised table in order; `summary` holds once all have been taken."""

    def __init__(self, found: Match) -> None:
        self.match = found
        self._survey = Survey(found)
        self._records = self._refused = 0
        self._stream = self._rows()

    def __next__(self) -> ParsedRow:
        return next(self._stream)

    @property
    def summary(self) -> Summary:
        """What the rows taken so far were, and what stands between and below them."""
        survey = self._survey
        return Summary(
            self._records, self._refused, survey.notes, survey.note_count, survey.unheaded
        )

    def _rows(self) -> Iterator[ParsedRow]:
        survey = self._survey
        hidden = _hidden_columns(self.match)
        for line in survey.lines():
            row = FormRow(self.match, line, survey.head, survey.names)
            _flag_row(row, numbered=survey.numbered)
            for name in hidden:
                row.flag("column_hidden", "这一列在工作表里是隐藏的，已照常导入", name)
            # Once a table is enough.
            hidden = ()
            yield self._parsed(row)

    def _parsed(self, row: FormRow) -> ParsedRow:
        try:
            record = declare(row)
        except RefusedRowError as error:
            self._refused += 1
            cells = (*row.public_cells(), *extra(row).items())
            refused = RefusedRow(row.sheet_name, row.line.rows[0], str(error), cells)
            return ParsedRow(None, refused, tuple(row.faults))
        self._records += 1
        return ParsedRow(record, None, tuple(row.faults))


def rows_of(found: Match) -> Rows:
    """The rows of a recognised table, one by one; its `summary` is whole after the last."""
    return Rows(found)


def _hidden_columns(found: Match) -> tuple[str, ...]:
    hidden = found.table.sheet.hidden_columns
    return tuple(name for name, header in found.columns.items() if header.column in hidden)


def _flag_row(row: FormRow, *, numbered: bool) -> None:
    rows = row.line.rows
    if row.is_hidden:
        row.flag("row_hidden", "这一行在工作表里是隐藏的，已照常导入")
    if len(rows) > 1:
        row.flag("row_joined", f"第 {'、'.join(map(str, rows))} 行是被分页断开的一行，已合成一行")
    elif numbered and not row.written("number"):
        row.flag("row_unnumbered", "这一行没有序号，请核对是否是上一行的续行", "number")
