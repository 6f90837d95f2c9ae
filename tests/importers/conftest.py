"""Files written by the tests, and an import whose locating only remembers."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from geodata.declared import Declared, Placed
from geodata.model import Reason, Unlocated
from geodata.store import Store
from geodata.tables import Base
from importers.ingest import Locate, ingest
from importers.reporting.report import ImportReport

Cells = Sequence[Sequence[object]]


class Import:
    """One import into a store: its report, and every record as it was declared."""

    def __init__(self, path: Path, store: Store, locate: Locate | None = None) -> None:
        self.store = store
        self.records: list[Declared] = []
        self.progress: list[tuple[int, int]] = []
        self.report: ImportReport = ingest(
            path,
            area=store.staging,
            locate=locate or self._nowhere,
            progress=lambda done, total: self.progress.append((done, total)),
        )

    def _nowhere(self, declared: Declared) -> Placed:
        self.records.append(declared)
        outcome = Unlocated(Reason.NOT_FOUND)
        return Placed(declared, None, outcome, declared.district, declared.flags)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "zhitu.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def fresh_store(empty_database: Path, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Stores with nothing in them."""
    opened: list[Store] = []

    def fresh() -> Store:
        path = shutil.copy(empty_database, tmp_path / f"store-{len(opened)}.sqlite")
        opened.append(Store.open(f"sqlite:///{path}"))
        return opened[-1]

    yield fresh
    for one in opened:
        one.close()


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
    text_file: Callable[..., Path],
    workbook: Callable[..., Path],
    import_file: Callable[..., Import],
) -> Callable[..., Import]:
    """Import rows written as xlsx, as csv or as text pasted with tabs."""

    def run(rows: Cells, how: str = "csv", merged: Sequence[str] = ()) -> Import:
        if how == "xlsx":
            return import_file(workbook(rows, merged))
        delimiter, name = ("\t", "表.txt") if how == "text" else (",", "表.csv")
        written = [["" if cell is None else str(cell) for cell in row] for row in rows]
        quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in written]
        return import_file(text_file("\n".join(delimiter.join(row) for row in quoted), name))

    return run


@pytest.fixture
def import_file(fresh_store: Callable[[], Store]) -> Callable[..., Import]:
    """Import a file as it is, into an empty store unless one is given."""
    return lambda path, store=None, locate=None: Import(path, store or fresh_store(), locate)


@pytest.fixture
def exported() -> Callable[[Store], str]:
    """Every row of every table but the staging area, as text; the clock is left out."""

    def export(store: Store) -> str:
        told = []
        with store.reading() as session:
            for table in sorted(Base.metadata.tables.values(), key=lambda one: one.name):
                # The day of a move is the clock's too: midnight may pass between two imports.
                left = {"at", "geom"} | ({"on"} if table.name == "status_change" else set())
                columns = [c for c in table.c if c.name not in left]
                if not table.name.startswith("staged_"):
                    query = select(*columns).order_by(*table.primary_key)
                    rows = [[str(value) for value in row] for row in session.execute(query)]
                    told.append([table.name, [column.name for column in columns], rows])
        return json.dumps(told, ensure_ascii=False)

    return export
