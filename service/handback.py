"""Handing files back: a copy filled in with what was found, a copy with the faults marked."""

from collections.abc import Iterator
from pathlib import Path

from geodata.place.locate import Locator
from geodata.store import Store
from importers.handback.filled import write_filled
from importers.handback.marked import write_errors
from service.workshop import for_file


def handed_back(
    path: Path, store: Store, where: Locator, *, fill: Path | None, errors: Path | None
) -> Iterator[str]:
    """Write the copies asked for, and say what was written.

    Raises:
        UnreadableFileError: the file cannot be read or copied.
        SettingsError: a copy cannot be written.
    """
    if fill is not None:
        rows = write_filled(path, fill, locate=for_file(path, store, where).locate)
        yield f"已写回填表 {fill}：{rows} 行填了区、街镇、位置、误差和备注"
    if errors is not None:
        marks = write_errors(path, errors)
        yield (
            f"已写标错表 {errors}：{marks} 处" if marks else f"没有要改的格子，{errors} 与原表相同"
        )
