"""The rows of recognised tables as a person sees them in the sheet, persons left out.

A private cell is told to be filled and no more. `places` leads from a cell to where in the file
it is written: what a merged cell says stands in its first row, what a broken row says in several.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from importers.form import Match
from importers.ingest import visible_forms
from importers.overrides import NO_OVERRIDES, Overrides, read_with
from importers.parse import recognise
from importers.reporting.findings import visible
from importers.rows.body import Line
from importers.rows.row import FormRow
from importers.rows.survey import Survey
from importers.tables.cards import is_card

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with its name in the sheet and its header; a text may be spread over `width`."""

    column: int
    name: str
    header: str
    private: bool
    width: int = 1


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A recognised table; one that is `fixed` was put together from cells that stand elsewhere."""

    sheet: int
    sheet_name: str
    title: str
    header_row: int
    columns: tuple[ShownColumn, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One entry: the texts of its public columns, its filled private ones, and where they stand.

    The first of a cell's `places` (row from 1, column from 0) holds all of it once it is
    `rewritten`; the others then are blank.
    """

    row: int
    texts: Mapping[int, str]
    hidden: frozenset[int]
    places: Mapping[int, tuple[Cell, ...]]
    rewritten: frozenset[int]


def shown_tables(
    path: Path, overrides: Overrides = NO_OVERRIDES
) -> Iterator[tuple[ShownTable, Iterator[ShownRow]]]:
    """The tables of a file that are taken in, each with its rows.

    Raises:
        UnreadableFileError: the file is not what its name and first bytes promise.
    """
    sheets = read_with(path, overrides)
    numbers = {sheet.name: number for number, sheet in enumerate(sheets)}
    for found in visible_forms(recognise(sheets)):
        survey = Survey(found)
        table = _table(found, survey, numbers[found.table.sheet.name])
        yield table, (_row(found, survey, table, line) for line in survey.lines())


def _table(found: Match, survey: Survey, sheet: int) -> ShownTable:
    private = {
        header.column for name, header in found.columns.items() if found.form.by_name[name].private
    }
    headers = {header.column: header for header in found.table.headers}
    filled = survey.filled - found.table.headed
    name = found.table.sheet.column_name
    return ShownTable(
        sheet=sheet,
        sheet_name=visible(found.table.sheet.name),
        title=found.form.title,
        header_row=found.table.header_row,
        columns=tuple(
            ShownColumn(
                column=column,
                name=name(column),
                header=visible(headers[column].text) if column in headers else "",
                private=column in private,
                width=headers[column].width if column in headers else 1,
            )
            for column in sorted({*headers, *filled})
        ),
        fixed=is_card(found.table),
    )


def _row(found: Match, survey: Survey, table: ShownTable, line: Line) -> ShownRow:
    row = FormRow(found, line, survey.head, survey.names)
    public = {
        header.column: row.written(name)
        for name, header in found.columns.items()
        if not found.form.by_name[name].private
    }
    for column, text in enumerate(line.texts):
        if text and column not in found.read:
            header = found.unread.get(column, found.table.sheet.column_name(column))
            public[column] = row.public_part(header, text)
    places = {one.column: _places(line, one) for one in table.columns}
    rewritten = found.table.sheet.rewritten
    return ShownRow(
        row=line.rows[0],
        texts={column: visible(text) for column, text in public.items() if text},
        hidden=frozenset(c.column for c in table.columns if c.private and line.text(c.column)),
        places=places,
        rewritten=frozenset(
            column for column, cells in places.items() if not rewritten.isdisjoint(cells)
        ),
    )


def _places(line: Line, one: ShownColumn) -> tuple[Cell, ...]:
    rows: Iterable[int] = line.rows
    if one.column in line.merged:
        rows = (line.merged[one.column],)
    return tuple((row, one.column + beside) for row in rows for beside in range(one.width))
