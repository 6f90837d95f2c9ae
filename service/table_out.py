"""A CSV file for Excel: written whole or not at all, and no cell of it a formula."""

import csv
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from geodata.errors import SettingsError
from geodata.exports.formula import is_formula

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?|[-—]+")


class Rows(Protocol):
    """Takes rows, one after the other."""

    def writerow(self, row: Sequence[str], /) -> object: ...


@contextmanager
def table_out(path: Path) -> Iterator[Rows]:
    """Rows for a file that appears under its name only once all of them are in it.

    Raises SettingsError when the folder cannot be written to.
    """
    if path.exists() and not path.is_file():
        raise SettingsError(f"写不进 {path}：它不是普通文件。请换一个名字。")
    partial = path.with_name(f"{path.name}.part")
    try:
        file = partial.open("w", encoding="utf-8-sig", newline="")
        with _removed(partial), file:
            yield csv.writer(file)
            file.close()
            os.replace(partial, path)
    except OSError as error:
        raise SettingsError(f"写不进 {path}：{error.strerror}。请换一个目录。") from error


@contextmanager
def _removed(partial: Path) -> Iterator[None]:
    """A file that is gone afterwards; what was never made need not go."""
    try:
        yield
    finally:
        partial.unlink(missing_ok=True)


def safe(text: str) -> str:
    """A cell that Excel shows as text; a plain number stays one."""
    if is_formula(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def added(headers: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns to add; one that is already taken gets a tail."""
    taken = {header.strip().lower() for header in headers}
    return tuple(f"{name}_zhitu" if name in taken else name for name in names)
