"""A file that appears under its name only once all of it is written."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

from geodata.errors import SettingsError


def written(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written under a passing name of the same suffix, then give it its own.

    Raises:
        SettingsError: the folder cannot be written to.
    """
    partial = path.with_name(f".{uuid4().hex[:8]}-{path.name}")
    try:
        write(partial)
        os.replace(partial, path)
    except OSError as error:
        raise SettingsError(f"写不进 {path}：{error.strerror}。请换一个目录。") from error
    finally:
        partial.unlink(missing_ok=True)


def pieces(path: Path, content: Iterable[bytes]) -> None:
    """Write a file piece by piece.

    Raises:
        SettingsError: the folder cannot be written to.
    """

    def write(partial: Path) -> None:
        with partial.open("wb") as file:
            file.writelines(content)

    written(path, write)
