"""A file's way: read, recognise, parse, locate, stage; then look at it, publish it or give it up.

`stage` writes to the staging area only, `commit` publishes in one transaction. Whatever goes wrong
or is cancelled before leaves nothing.
"""

import gc
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import length_hint
from pathlib import Path

from geodata.declared import Declared, Placed
from geodata.errors import CancelledError, UnknownFormError, UnreadableFileError
from geodata.storing.staged import BATCH, Refusal
from geodata.storing.staging import Staging
from importers.form import Match, NoMatch
from importers.parse import ParsedRow, recognise, rows_of
from importers.private import public_name
from importers.readers import read
from importers.reporting.findings import form_found, refusal, shown_fault, shown_row
from importers.reporting.report import FIRST_ROWS, ImportReport, Preview
from importers.reporting.seen import Findings, Gatherer

Locate = Callable[[Declared], Placed]
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

# While a slow geocoder is asked, the staging area still hears from us.
_FLUSH_S = 5.0
_OBJECTS_A_LOOK = 50_000


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits in the staging area, and what was found while reading it."""

    id: int
    findings: Findings


def stage(
    path: Path,
    *,
    area: Staging,
    locate: Locate,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Staged:
    """Read a file into the staging area; nothing of it is published.

    `progress` is told how many rows of how many have been read; when `cancelled` says so, the
    file is given up.

    Raises:
        UnreadableFileError: the file is not what its name and first bytes promise.
        UnknownFormError: no table of it is a form, not even an empty one.
        CancelledError: `cancelled` said so.
    """
    found = recognise(read(path))
    matches = visible_forms(found)
    if not matches:
        raise UnknownFormError(_unknown(path, found))
    sha256 = sha256_of(path)
    with _calm_collector(), _begun(area, public_name(path), sha256) as staged:
        intake = _Intake(area, staged, locate, _Watch(matches, progress, cancelled))
        for match in matches:
            intake.take(match)
        intake.flush()
        seen = intake.seen.findings(public_name(path), sha256, found)
        area.finish(
            staged,
            forms=tuple(dict.fromkeys(match.form.code for match in matches)),
            rows_refused=seen.refused.count,
            findings=seen.as_json(),
        )
        return Staged(staged, seen)


def sha256_of(path: Path) -> str:
    """What tells a file's content from another's.

    Raises:
        UnreadableFileError: it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFileError(f"打不开文件“{public_name(path)}”：请检查路径和权限。") from error


def waiting(staged_id: int, *, area: Staging) -> Staged:
    """A file staged before, perhaps by another process.

    Raises:
        NotFoundError: it was published or given up already.
    """
    return Staged(staged_id, Findings.from_json(area.findings(staged_id)))


def preview(staged: Staged, *, area: Staging) -> Preview:
    """What publishing a staged file would do."""
    rows = tuple(area.first(staged.id, FIRST_ROWS))
    return Preview(staged.findings, area.preview(staged.id), rows)


def commit(staged: Staged, *, area: Staging) -> ImportReport:
    """Publish a staged file, whole or not at all."""
    with _calm_collector():
        return ImportReport(staged.findings, area.commit(staged.id))


def discard(staged: Staged, *, area: Staging) -> None:
    """Give a staged file up."""
    area.discard(staged.id)


def ingest(
    path: Path,
    *,
    area: Staging,
    locate: Locate,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Stage and publish one file; what stops it on the way leaves nothing."""
    staged = stage(path, area=area, locate=locate, progress=progress, cancelled=cancelled)
    try:
        return commit(staged, area=area)
    finally:
        discard(staged, area=area)


def visible_forms(found: Sequence[Match | NoMatch]) -> list[Match]:
    """The recognised tables that are not on a hidden sheet."""
    return [one for one in found if isinstance(one, Match) and not one.table.sheet.hidden]


@contextmanager
def _calm_collector() -> Iterator[None]:
    """The garbage collector leaves out what was there before, a gazetteer of a million objects.

    It also looks less often: a batch of rows is thousands of objects that soon go by themselves.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_LOOK, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def _begun(area: Staging, name: str, sha256: str) -> Iterator[int]:
    """A staged file that is given up unless all of it was read."""
    staged, whole = area.begin(name, sha256), False
    try:
        yield staged
        whole = True
    finally:
        if not whole:
            area.discard(staged)


class _Watch:
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


class _Intake:
    """Puts rows into the staging area, some at a time, and notes what is found on the way."""

    def __init__(self, area: Staging, staged: int, locate: Locate, watch: _Watch) -> None:
        self.seen = Gatherer()
        self._area = area
        self._staged = staged
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
            self._take_row(row)
            self._watch.one_more()
            waited = time.monotonic() - self._flushed
            if len(self._records) + len(self._refused) >= BATCH or waited > _FLUSH_S:
                self.flush()
        self._watch.all()
        self.seen.form(form_found(match, rows.summary))

    def _take_row(self, row: ParsedRow) -> None:
        if row.record is not None:
            placed = self._locate(row.record)
            self._records.append(placed)
            self.seen.record(placed)
        if row.refused is not None:
            shown = shown_row(row.refused)
            self.seen.row(shown)
            cells = [list(cell) for cell in shown.cells]
            values = {"sheet": shown.sheet, "row": shown.row, "reason": shown.reason}
            self._refused.append(Refusal(True, {**values, "cells": cells}))
        for fault in row.faults:
            cell = shown_fault(fault)
            self.seen.fault(cell, row.refused)
            self._refused.append(
                Refusal(
                    False,
                    {
                        "sheet": cell.sheet,
                        "row": cell.row,
                        "column": cell.column,
                        "header": cell.header,
                        "found": cell.found,
                        "expected": cell.expected,
                    },
                )
            )

    def flush(self) -> None:
        """Put down what has gathered."""
        self._area.add(self._staged, self._stored, self._records, self._refused)
        self._stored += len(self._records)
        self._records, self._refused = [], []
        self._flushed = time.monotonic()


def _unknown(path: Path, found: Sequence[Match | NoMatch]) -> str:
    reasons = [refusal(one).reason for one in found]
    detail = "；".join(dict.fromkeys(reasons)) or "文件里没有表格（文本里各列要用制表符或逗号隔开）"
    return f"“{public_name(path)}”里没有认出能导入的表：{detail}。请对照样表检查表头。"
