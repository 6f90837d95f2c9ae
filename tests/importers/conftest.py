"""Files written by the tests, and an import whose locating and storing only remember."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.declared import Declared, ImportedFile, Placed, Stored
from geodata.model import Reason, Unlocated
from importers.ingest import ingest
from importers.report import ImportReport

Cells = Sequence[Sequence[object]]


class Import:
    """One import: its report, and the file as it was published."""

    def __init__(self, path: Path) -> None:
        self.published: list[ImportedFile] = []
        self.progress: list[tuple[int, int]] = []
        self.report: ImportReport = ingest(
            path,
            locate=self._locate,
            publish=self._publish,
            progress=lambda done, total: self.progress.append((done, total)),
        )

    @property
    def records(self) -> list[Declared]:
        return [placed.declared for placed in self.published[0].records]

    def _locate(self, declared: Declared) -> Placed:
        outcome = Unlocated(Reason.NOT_FOUND)
        return Placed(declared, None, outcome, declared.district, declared.flags)

    def _publish(self, file: ImportedFile) -> Stored:
        self.published.append(file)
        return Stored(new=len(file.records))


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Write text to a file of a name and encoding."""

    def write(text: str, name: str = "表.txt", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows to a workbook of one sheet, with merged ranges."""

    def write(rows: Cells, merged: Sequence[str] = (), name: str = "表.xlsx") -> Path:
        book = Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def imported(
    text_file: Callable[..., Path], workbook: Callable[..., Path]
) -> Callable[..., Import]:
    """Import rows written as xlsx, as csv or as text pasted with tabs."""

    def run(rows: Cells, how: str = "csv", merged: Sequence[str] = ()) -> Import:
        if how == "xlsx":
            return Import(workbook(rows, merged))
        delimiter, name = ("\t", "表.txt") if how == "text" else (",", "表.csv")
        written = [["" if cell is None else str(cell) for cell in row] for row in rows]
        quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in written]
        return Import(text_file("\n".join(delimiter.join(row) for row in quoted), name))

    return run


@pytest.fixture
def import_file() -> Callable[[Path], Import]:
    """Import a file as it is."""
    return Import
