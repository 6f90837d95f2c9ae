"""A file's way: read, recognise, parse, locate, stage; then look at it, publish it or give it up.

`stage` writes to the staging area only, `commit` publishes in one transaction; `ingest` does both,
a short file without staging it. Whatever goes wrong or is cancelled before leaves nothing.
"""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from geodata.declared import Placed
from geodata.errors import UnknownFormError, UnreadableFileError
from geodata.storing.incoming import Refusal
from geodata.storing.short import MOST_ROWS, Short
from geodata.storing.staging import Staging, Then
from importers.form import Match, NoMatch
from importers.intake import Bar, Cancelled, Intake, Locate, Progress, Watch
from importers.overrides import NO_OVERRIDES, Overrides, read_with
from importers.parse import recognise
from importers.private import public_name
from importers.reporting.findings import refusal
from importers.reporting.report import FIRST_ROWS, ImportReport, Preview
from importers.reporting.seen import Findings

_OBJECTS_A_LOOK = 50_000


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits in the staging area, and what was found while reading it."""

    id: int
    findings: Findings


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that holds a form: its tables, those that are taken in, and what it is called."""

    found: Sequence[Match | NoMatch]
    matches: Sequence[Match]
    name: str
    sha256: str

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.form.code for match in self.matches))

    @property
    def is_short(self) -> bool:
        """Whether it can wait in memory: its rows are there already, and not too many."""
        tables = [match.table.rows for match in self.matches]
        held = all(isinstance(rows, tuple) for rows in tables)
        return held and sum(map(len, tables)) <= MOST_ROWS


def stage(
    path: Path,
    *,
    area: Staging,
    locate: Locate,
    bar: Bar | None = None,
    overrides: Overrides = NO_OVERRIDES,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Staged:
    """Read a file into the staging area; nothing of it is published.

    `bar` refuses rows that the sender may not bring, `overrides` are cells written anew.
    `progress` is told how many rows of how many have been read; when `cancelled` says so, the
    file is given up.

    Raises:
        UnreadableFileError: the file is not what its name and first bytes promise.
        UnknownFormError: no table of it is a form, not even an empty one.
        CancelledError: `cancelled` said so.
    """
    file = _opened(path, overrides)
    return _staged(file, area, locate, Watch(file.matches, progress, cancelled), bar)


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


def preview(staged: Staged, *, area: Staging, then: Then | None = None) -> Preview:
    """What publishing a staged file would do; `then` may look at it before it is taken back."""
    rows = tuple(area.first(staged.id, FIRST_ROWS))
    return Preview(staged.findings, area.preview(staged.id, then=then), rows)


def commit(staged: Staged, *, area: Staging, then: Then | None = None) -> ImportReport:
    """Publish a staged file, whole or not at all; `then` writes in the same transaction."""
    with _calm_collector():
        return ImportReport(staged.findings, area.commit(staged.id, then=then))


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
    """Take in and publish one file; what stops it on the way leaves nothing.

    A short one waits in memory meanwhile, a long one in the staging area.
    """
    file = _opened(path)
    watch = Watch(file.matches, progress, cancelled)
    if file.is_short:
        return _at_once(file, area, locate, watch)
    staged = _staged(file, area, locate, watch)
    try:
        return commit(staged, area=area)
    finally:
        discard(staged, area=area)


def visible_forms(found: Sequence[Match | NoMatch]) -> list[Match]:
    """The recognised tables that are not on a hidden sheet."""
    return [one for one in found if isinstance(one, Match) and not one.table.sheet.hidden]


def _staged(
    file: _Opened, area: Staging, locate: Locate, watch: Watch, bar: Bar | None = None
) -> Staged:
    with _calm_collector(), _begun(area, file.name, file.sha256) as staged:
        intake = Intake(partial(area.add, staged), locate, watch, bar)
        seen = _taken_in(file, intake)
        refused = seen.refused.count
        area.finish(staged, forms=file.forms, rows_refused=refused, findings=seen.as_json())
        return Staged(staged, seen)


def _at_once(file: _Opened, area: Staging, locate: Locate, watch: Watch) -> ImportReport:
    with _calm_collector():
        short = Short(file.name, file.sha256)

        def put(_: int, records: Sequence[Placed], refused: Sequence[Refusal]) -> None:
            short.add(records, refused)
            # What waits here is nothing the collector could free.
            gc.freeze()

        seen = _taken_in(file, Intake(put, locate, watch))
        refused = seen.refused.count
        short.finish(forms=file.forms, rows_refused=refused, findings=seen.as_json())
        return ImportReport(seen, area.publish(short))


def _taken_in(file: _Opened, intake: Intake) -> Findings:
    """Put all rows of a file down; returns what was found."""
    for match in file.matches:
        intake.take(match)
    intake.flush()
    return intake.seen.findings(file.name, file.sha256, file.found)


def _opened(path: Path, overrides: Overrides = NO_OVERRIDES) -> _Opened:
    found = recognise(read_with(path, overrides))
    matches = visible_forms(found)
    if not matches:
        raise UnknownFormError(_unknown(path, found))
    return _Opened(found, matches, public_name(path), sha256_of(path))


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


def _unknown(path: Path, found: Sequence[Match | NoMatch]) -> str:
    reasons = [refusal(one).reason for one in found]
    detail = "；".join(dict.fromkeys(reasons)) or "文件里没有表格（文本里各列要用制表符或逗号隔开）"
    return f"“{public_name(path)}”里没有认出能导入的表：{detail}。请对照样表检查表头。"
