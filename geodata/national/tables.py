"""Demand and stations in Parquet: read by pieces of bounded size, columns checked at the edge."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import parquet

from geodata.errors import CellError, UnknownFormError, UnreadableFileError

Floats = NDArray[np.float64]

# What a column is read as, and what stands for it in a file without it; a file must have the rest.
TYPES = {
    "lon": pa.float64(),
    "lat": pa.float64(),
    "workers": pa.float64(),
    "district": pa.string(),
    "clinic": pa.string(),
    "error_m": pa.float64(),
    "half_days": pa.float64(),
    "status": pa.string(),
}
INSTEAD = {"clinic": "none", "error_m": 0.0, "status": "plaqued"}
DEMAND = ("id", "lon", "lat", "workers", "district", "clinic", "error_m")
STATIONS = ("lon", "lat", "half_days", "status")


def files_of(path: Path) -> list[Path]:
    """The Parquet file itself, or those of a folder in the order of their names.

    Raises:
        UnreadableFileError: there is none.
    """
    found = sorted(path.glob("**/*.parquet")) if path.is_dir() else [path]
    if not found or not all(file.is_file() for file in found):
        raise UnreadableFileError(f"找不到 {path}：要一个 .parquet 文件，或装有它们的目录。")
    return found


def pieces(files: Sequence[Path], columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
    """The files' rows in order, so many at a time (the last piece fewer).

    Raises:
        UnreadableFileError: not Parquet. UnknownFormError: a column is missing.
        CellError: a column does not hold what it should.
    """
    held: list[pa.Table] = []
    for batch in (batch for file in files for batch in _batches(file, columns, rows)):
        start = 0
        while start < batch.num_rows:
            room = rows - sum(table.num_rows for table in held)
            held.append(batch.slice(start, room))
            start += room
            if start <= batch.num_rows:
                yield pa.concat_tables(held)
                held = []
    if held:
        yield pa.concat_tables(held)


def write(table: pa.Table, file: Path) -> None:
    """Write a table, its folder too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, file)


def floats(table: pa.Table, column: str) -> Floats:
    """A column of numbers; NaN where a cell is empty."""
    values: Floats = pc.fill_null(table.column(column).cast(pa.float64()), np.nan).to_numpy()
    return values


def lonlat(table: pa.Table) -> Floats:
    """Shape (n, 2); a row with half a position has none.

    Raises:
        CellError: a position is not on the globe.
    """
    found = np.column_stack([floats(table, "lon"), floats(table, "lat")])
    found[~np.isfinite(found).all(axis=1)] = np.nan
    if (np.abs(found) > (180.0, 90.0)).any():
        raise CellError("经度要在 ±180、纬度要在 ±90 以内：lon 和 lat 两列是不是写反了？")
    return found


def people(table: pa.Table) -> Floats:
    """Workers of each row, NaN where unknown.

    Raises:
        CellError: not a whole number from 0.
    """
    workers = floats(table, "workers")
    known = workers[~np.isnan(workers)]
    # Sums of whole numbers are exact, so the total does not depend on how rows are dealt out.
    if (known < 0).any() or (known % 1 != 0).any() or np.isinf(known).any():
        raise CellError("workers 一列要写人数：0 或正整数，不知道就留空。")
    return workers


def _batches(file: Path, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
    try:
        with parquet.ParquetFile(file) as opened:
            missing = set(columns) - set(opened.schema_arrow.names)
            if lacking := sorted(missing - INSTEAD.keys()):
                raise UnknownFormError(f"{file.name} 缺少这些列：{'、'.join(lacking)}")
            wanted = [name for name in columns if name not in missing]
            for batch in opened.iter_batches(rows, columns=wanted):
                yield _typed(pa.Table.from_batches([batch]), columns, file)
    except FileNotFoundError:
        # Not a damaged file: a machine that does not see it.
        raise
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFileError(f"{file.name} 不是能读的 Parquet 文件，请重新导出。") from error


def _typed(table: pa.Table, columns: Sequence[str], file: Path) -> pa.Table:
    return pa.table({name: _column(table, name, file) for name in columns})


def _column(table: pa.Table, name: str, file: Path) -> pa.ChunkedArray:
    if name not in table.column_names:
        return pa.chunked_array([pa.repeat(pa.scalar(INSTEAD[name], TYPES[name]), len(table))])
    found = table.column(name)
    try:
        return found.cast(TYPES.get(name, found.type))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise CellError(f"{file.name} 的 {name} 一列要{_wanted(name)}。") from error


def _wanted(name: str) -> str:
    return "写数字" if TYPES[name] == pa.float64() else "写文字"
