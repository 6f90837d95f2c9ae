"""A file's way: read, recognise, parse, locate, publish."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from geodata.declared import Declared, ImportedFile, Placed, Stored
from geodata.errors import UnknownFormError
from importers.findings import refusal
from importers.form import Match, NoMatch
from importers.parse import ParsedTable, parse, recognise
from importers.private import public_name
from importers.readers import read
from importers.report import ImportReport

Locate = Callable[[Declared], Placed]
Publish = Callable[[ImportedFile], Stored]
Progress = Callable[[int, int], None]


def ingest(
    path: Path, *, locate: Locate, publish: Publish, progress: Progress | None = None
) -> ImportReport:
    """Import one file; nothing is published unless all of it could be read.

    `progress` is told how many records of how many have been located.

    Raises:
        UnreadableFileError: the file is not what its name and first bytes promise.
        UnknownFormError: no table of it is a form, not even an empty one.
    """
    found = recognise(read(path))
    tables = [parse(one) for one in visible_forms(found)]
    if not tables:
        raise UnknownFormError(_unknown(path, found))
    placed = _locate_all([record for table in tables for record in table.records], locate, progress)
    file = _imported_file(path, tables, placed)
    return ImportReport.of(file, publish(file), tables, found)


def visible_forms(found: Sequence[Match | NoMatch]) -> list[Match]:
    """The recognised tables that are not on a hidden sheet."""
    return [one for one in found if isinstance(one, Match) and not one.table.sheet.hidden]


def _locate_all(
    records: Sequence[Declared], locate: Locate, progress: Progress | None
) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    for record in records:
        placed.append(locate(record))
        if progress is not None:
            progress(len(placed), len(records))
    return tuple(placed)


def _imported_file(
    path: Path, tables: Sequence[ParsedTable], placed: tuple[Placed, ...]
) -> ImportedFile:
    refused = sum(len(table.refused) for table in tables)
    return ImportedFile(
        name=public_name(path),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        records=placed,
        rows_read=len(placed) + refused,
        rows_refused=refused,
        forms=tuple(dict.fromkeys(table.match.form.code for table in tables)),
    )


def _unknown(path: Path, found: Sequence[Match | NoMatch]) -> str:
    reasons = [refusal(one).reason for one in found]
    detail = "；".join(dict.fromkeys(reasons)) or "文件里没有表格（文本里各列要用制表符或逗号隔开）"
    return f"“{public_name(path)}”里没有认出能导入的表：{detail}。请对照样表检查表头。"
