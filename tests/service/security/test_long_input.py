"""What is far too long is refused or read in a moment: cells, addresses, boxes, request lines."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from geodata.errors import UnreadableFileError
from geodata.place.address import canonical, parse
from importers.form import Match
from importers.forms import FORMS
from importers.handback.examples import example
from importers.handback.templates import columns, title
from importers.parse import recognise, rows_of
from importers.private import masked
from importers.readers import read
from importers.tables.sheet import LONGEST_CELL

# Seconds of the processor; all of them take hundredths.
MOST_S = 3.0
PIECES = ("1", "路", "(", "弄1", "一", "a@", "周一9:00-", "、", "号线")


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def read_through(path: Path) -> int:
    """How many rows of a file are read as records or refused with a reason."""
    found = [one for one in recognise(read(path)) if isinstance(one, Match)]
    return sum(1 for one in found for _row in rows_of(one))


@pytest.mark.parametrize("piece", PIECES)
def test_the_longest_cell_of_every_column_of_every_form_is_read_in_a_moment(
    tmp_path: Path, piece: str
) -> None:
    long = (piece * LONGEST_CELL)[: LONGEST_CELL - 1]
    path = tmp_path / "表.csv"
    read_rows, began = 0, time.process_time()
    for form in FORMS:
        fields = [one for one in columns(form) if not one.private]
        # All columns at once where they take text, so that one file holds them all.
        cells = ["2" if one.name == "number" else example(form, one) for one in fields]
        rows = [
            [long if n == column else cell for n, cell in enumerate(cells)]
            for column in range(len(cells))
        ]
        head = [[title(form)], [one.headers[0] for one in fields]]
        lines = ("\t".join(cell.replace("\t", " ") for cell in row) for row in (*head, *rows))
        path.write_text("\n".join(lines), encoding="utf-8")
        read_rows += read_through(path)
    assert (read_rows > 100, time.process_time() - began < 10 * MOST_S) == (True, True)


@pytest.mark.parametrize("name", ["表.csv", "表.xlsx"])
def test_a_cell_longer_than_any_excel_writes_is_refused_with_its_file(
    tmp_path: Path, name: str
) -> None:
    path, long = tmp_path / name, "长" * (LONGEST_CELL + 1)
    if name.endswith("csv"):
        path.write_text(f"名称,地址\n甲,{long}\n", encoding="utf-8")
    else:
        book = Workbook()
        book.active.append(["名称", "x" * 10])
        book.save(path)
        path.write_bytes(with_text(path, "x" * 10, long))
    with pytest.raises(UnreadableFileError, match="太长"):
        read(path)


def with_text(path: Path, old: str, new: str) -> bytes:
    """A workbook with a text no library would write."""
    out = BytesIO()
    with ZipFile(path) as given, ZipFile(out, "w") as made:
        for entry in given.infolist():
            made.writestr(entry, given.read(entry).replace(old.encode(), new.encode()))
    return out.getvalue()


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_address_is_taken_apart_in_a_moment(piece: str) -> None:
    address = piece * (1_000_000 // len(piece))
    took = seconds(lambda: canonical(parse(address), "浦东新区"))
    assert (took < MOST_S, seconds(lambda: masked(address[:100_000])) < MOST_S) == (True, True)


@pytest.mark.parametrize(
    ("path", "name"), [("/", "q"), ("/nearest", "q"), ("/ogc/collections/places/items", "q")]
)
def test_a_megabyte_of_question_is_refused_in_a_moment(
    client: FlaskClient, path: str, name: str
) -> None:
    statuses = []
    took = seconds(
        lambda: statuses.append(
            client.get(
                path, query_string={name: "a" * 1_000_000, "lon": 121, "lat": 31}
            ).status_code
        )
    )
    assert (statuses, took < MOST_S) == ([400], True)
