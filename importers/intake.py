"""Taking the rows of a recognised file in: locate each, put it down, note what is found."""

import time
from collections.abc import Callable, Sequence
from operator import length_hint

from geodata.declared import Declared, Placed
from geodata.errors import CancelledError
from geodata.storing.incoming import Refusal
from geodata.storing.staged import BATCH
from importers.form import Match
from importers.parse import ParsedRow, RefusedRow, rows_of
from importers.reporting.findings import form_found, shown_fault, shown_row
from importers.reporting.seen import Gatherer
from importers.rows.row import CellFault

Locate = Callable[[Declared], Placed]
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
# Why a located record may not come in, "" if it may.
Bar = Callable[[Placed], str]
# Given the number of the first record, records, and what was refused beside them.
Put = Callable[[int, Sequence[Placed], Sequence[Refusal]], None]

# While a slow geocoder is asked, the staging area still hears from us.
_FLUSH_S = 5.0


class Watch:
    """Tells how far reading has come, and asks whether to go on."""

    def __init__(
        self, matches: Sequence[Match], progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        self._total = sum(length_hint(match.table.rows) for match in matches)
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def one_more(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, max(self._done, self._total))
        if self._cancelled is not None and self._cancelled():
            raise CancelledError("已取消导入，什么也没有存。")

    def all(self) -> None:
        if self._progress is not None and self._done:
            self._progress(self._done, self._done)


class Intake:
    """Puts rows down, some at a time, and notes what is found on the way."""

    def __init__(self, put: Put, locate: Locate, watch: Watch, bar: Bar | None = None) -> None:
        self.seen = Gatherer()
        self._bar = bar
        self._put = put
        self._locate = locate
        self._watch = watch
        self._records: list[Placed] = []
        self._refused: list[Refusal] = []
        self._stored = 0
        self._flushed = time.monotonic()

    def take(self, match: Match) -> None:
        """Take in all rows of a table."""
        rows = rows_of(match)
        for row in rows:
            self._take_row(row, match)
            self._watch.one_more()
            waited = time.monotonic() - self._flushed
            if len(self._records) + len(self._refused) >= BATCH or waited > _FLUSH_S:
                self.flush()
        self._watch.all()
        self.seen.form(form_found(match, rows.summary))

    def _take_row(self, row: ParsedRow, match: Match) -> None:
        if row.record is not None:
            placed = self._locate(row.record)
            why = self._bar(placed) if self._bar is not None else ""
            if why:
                self._refuse(_barred(placed, match, why))
            else:
                self._records.append(placed)
                self.seen.record(placed)
        if row.refused is not None:
            self._refuse(row.refused)
        for fault in row.faults:
            cell = shown_fault(fault)
            self.seen.fault(cell, row.refused)
            self._refused.append(_refused_cell(cell))

    def _refuse(self, row: RefusedRow) -> None:
        shown = shown_row(row)
        self.seen.row(shown)
        self._refused.append(_refused_row(shown))

    def flush(self) -> None:
        """Put down what has gathered."""
        self._put(self._stored, self._records, self._refused)
        self._stored += len(self._records)
        self._records, self._refused = [], []
        self._flushed = time.monotonic()


def _barred(placed: Placed, match: Match, why: str) -> RefusedRow:
    source = placed.declared.source
    cells = tuple(
        (match.columns[name].text, cell[1]) for name, cell in source.columns.items() if cell[1]
    )
    return RefusedRow(source.sheet, source.row, why, cells)


def _refused_row(shown: RefusedRow) -> Refusal:
    cells = [list(cell) for cell in shown.cells]
    values = {"sheet": shown.sheet, "row": shown.row, "reason": shown.reason}
    return Refusal(True, {**values, "cells": cells})


def _refused_cell(cell: CellFault) -> Refusal:
    values: dict[str, object] = {
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "header": cell.header,
        "found": cell.found,
        "expected": cell.expected,
    }
    return Refusal(False, values)
