"""Tables written by the tests and read as far as their records, without storing anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from geodata.declared import Declared, Source
from importers.form import Match, NoMatch
from importers.parse import RefusedRow, Rows, recognise
from importers.readers import read
from importers.rows.row import CellFault

Cells = Sequence[Sequence[object]]

NOWHERE = Source("", "", 0, {}, "")


@dataclass(frozen=True)
class Table:
    """What became of a recognised table."""

    form: str
    records: list[Declared]
    refused: list[RefusedRow]
    faults: list[CellFault]

    @property
    def bare(self) -> list[Declared]:
        """The records without their sources, which differ by file format, and without flags."""
        return [replace(one, source=NOWHERE, flags=()) for one in self.records]

    @property
    def flags(self) -> list[tuple[str, str]]:
        return [(flag.code, flag.message) for one in self.records for flag in one.flags]

    @property
    def sentences(self) -> list[tuple[int, str, str, str]]:
        """Row, header, what was found and what is expected of every cell at fault."""
        return [(one.row, one.header, one.found, one.expected) for one in self.faults]


def parsed(found: Match) -> Table:
    rows = list(Rows(found))
    return Table(
        found.form.code,
        [row.record for row in rows if row.record is not None],
        [row.refused for row in rows if row.refused is not None],
        [fault for row in rows for fault in row.faults],
    )


@pytest.fixture
def found_in() -> Callable[[Path], list[Match | NoMatch]]:
    """The tables of a file, recognised or not."""
    return lambda path: recognise(read(path))


@pytest.fixture
def written(text_file: Callable[..., Path], workbook: Callable[..., Path]) -> Callable[..., Path]:
    """Write rows as xlsx, as csv or as text pasted with tabs, under a name without suffix."""

    def write(rows: Cells, how: str, name: str = "表", merged: Sequence[str] = ()) -> Path:
        if how == "xlsx":
            return workbook(rows, merged, f"{name}.xlsx")
        width = max(map(len, rows))
        full = [[*row, *[None] * (width - len(row))] for row in rows]
        cells = [["" if cell is None else str(cell) for cell in row] for row in full]
        if how == "text":
            return text_file("\n".join(map("\t".join, cells)), f"{name}.txt")
        quoted = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in cells]
        return text_file("\n".join(quoted), f"{name}.csv")

    return write


@pytest.fixture
def table(
    written: Callable[..., Path], found_in: Callable[[Path], list[Match | NoMatch]]
) -> Callable[..., Table]:
    """Read the only table of some rows."""

    def run(rows: Cells, how: str = "csv", name: str = "表", merged: Sequence[str] = ()) -> Table:
        (found,) = found_in(written(rows, how, name, merged))
        assert isinstance(found, Match), found
        return parsed(found)

    return run


@pytest.fixture
def tables(found_in: Callable[[Path], list[Match | NoMatch]]) -> Callable[[Path], list[Table]]:
    """Read every recognised table of a file."""
    return lambda path: [parsed(one) for one in found_in(path) if isinstance(one, Match)]
