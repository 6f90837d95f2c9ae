"""A workbook of 20,000 rows with merged cells imported whole, beside openpyxl's bare read of it.

The import parses, recognises, takes addresses apart, locates them in a gazetteer of 100,000 rows
and stores on SQLite. Run as `python -m bench.whole_import [rows]`.
"""

import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook, load_workbook

from bench.invented import HEADER, stations, write_gazetteer
from geodata.place.locate import Locator
from geodata.store import Store
from service.workshop import import_file, locator

TARGET = 5.0


def write_workbook(path: Path, count: int) -> None:
    """Stations with the district merged over its rows, under a title merged over the header."""
    book = Workbook()
    sheet = book.active
    sheet.append(["示例站点清单"])
    sheet.append(list(HEADER))
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADER))
    top = 3
    for _, rows in groupby(stations(count), key=lambda row: (row[1], int(str(row[0])) // 40)):
        some = list(rows)
        for index, row in enumerate(some):
            sheet.append([None if index and column == 1 else v for column, v in enumerate(row)])
        if len(some) > 1:
            sheet.merge_cells(
                start_row=top, end_row=top + len(some) - 1, start_column=2, end_column=2
            )
        top += len(some)
    book.save(path)


def bare_read(path: Path) -> float:
    """CPU seconds openpyxl takes to hand over every value."""
    start = time.process_time()
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for _row in sheet.iter_rows(values_only=True):
            pass
    book.close()
    return time.process_time() - start


def whole(path: Path, folder: Path, where: Locator, run: int) -> float:
    """CPU seconds the whole import takes into an empty database."""
    store = Store.open(f"sqlite:///{folder / f'{run}.sqlite'}")
    start = time.process_time()
    report = import_file(path, store, where)
    took = time.process_time() - start
    store.close()
    print(f"  {report.lines()[3]}")
    return took


def main(count: int = 20_000, runs: int = 3) -> None:
    """Print both and their ratio, the least of some runs each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, gazetteer = folder / "示例.xlsx", folder / "gazetteer.csv"
        write_workbook(book, count)
        entries = write_gazetteer(gazetteer)
        store = Store.open(f"sqlite:///{folder / 'empty.sqlite'}")
        start = time.process_time()
        where = locator(store, (gazetteer,))
        print(f"gazetteer of {entries:,} rows loaded in {time.process_time() - start:.1f} s")
        store.close()
        pairs = [(bare_read(book), whole(book, folder, where, run)) for run in range(runs)]
    bare, ours = (min(column) for column in zip(*pairs, strict=True))
    print(f"openpyxl bare read {bare:.2f} s, whole import {ours:.2f} s of {count:,} rows")
    print(f"ratio {ours / bare:.2f} (at most {TARGET:g})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
