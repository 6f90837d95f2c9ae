"""A gazetteer as one SQLite file that any SQLite can open: written by the builder, read whole."""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import SettingsError, UnreadableFileError
from geodata.model import Datum, Level, Position
from geodata.place.error_model import PRIOR, ErrorModel, Step
from geodata.place.gazetteer.entry import COLUMNS, Entry, Kind, side
from geodata.place.gazetteer.lines import Stretch

FORMAT = "1"
_COMMON = ("district", "town", "lon", "lat", "level", "error_m", "datum", "source", "input")
_TABLES = {
    "about": ("key", "value"),
    "input": ("id", "name", "license", "source", "datum", "items", "used"),
    **{kind.value: (*columns, *_COMMON) for kind, columns in COLUMNS.items()},
    "line": ("road", "coordinates"),
    "error_model": ("method", "up_to_m", "error_m", "cases"),
    "pace": ("district", "metres_per_number"),
}
# A door says which side of its street it stands on, for whoever opens the file by hand.
_TABLES["door"] = (*_TABLES["door"], "side")

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a gazetteer came from, on what terms, and how many of its items serve."""

    name: str
    license: str
    source: str
    datum: Datum
    items: int
    used: int


@dataclass(frozen=True, slots=True)
class Stored:
    """All that a gazetteer file holds."""

    entries: tuple[Entry, ...]
    lines: tuple[tuple[str, Stretch], ...] = ()
    model: ErrorModel = PRIOR
    origins: tuple[Origin, ...] = ()


def write(stored: Stored, out: Path) -> None:
    """Write the file anew, whole or not at all; the same contents make the same bytes.

    Raises SettingsError where it cannot be written.
    """
    try:
        _write(stored, out)
    except (OSError, sqlite3.OperationalError) as error:
        raise SettingsError(f"写不进 {out}：{error}。请换一个目录。") from error


def _write(stored: Stored, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            insert = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 # nosec B608
            connection.executemany(insert, _rows(stored, table))
        connection.commit()
    unfinished.replace(out)


def read(path: Path) -> Stored:
    """Read a file that `write` made; UnreadableFileError for anything else."""
    if not path.exists():
        raise UnreadableFileError(f"找不到地名库文件 {path}：请核对路径。")
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return _stored(connection)
    except (sqlite3.DatabaseError, ValueError) as error:
        raise UnreadableFileError(
            f"{path.name} 不是本版本的地名库文件：请用 zhitu gazetteer build 重新生成。"
        ) from error


def _rows(stored: Stored, table: str) -> Iterable[Values]:
    match table:
        case "about":
            return [("format", FORMAT)]
        case "input":
            return [
                (n, one.name, one.license, one.source, one.datum.value, one.items, one.used)
                for n, one in enumerate(stored.origins, start=1)
            ]
        case "line":
            return [(road, json.dumps(stretch)) for road, stretch in stored.lines]
        case "error_model":
            return [
                (step.method, _finite(step.up_to_m), step.error_m, step.cases)
                for step in stored.model.steps
            ]
        case "pace":
            return sorted(stored.model.pace_m.items())
    return [_entry_row(one) for one in stored.entries if one.kind == table]


def _entry_row(one: Entry) -> Values:
    at = one.position
    common = (at.lon, at.lat, at.level.value, at.error_m, at.datum.value, at.source, one.origin)
    sides = (side(one.key),) if one.kind is Kind.DOOR else ()
    return (*one.key, one.district, one.town, *common, *sides)


def _stored(connection: sqlite3.Connection) -> Stored:
    about = dict(connection.execute("SELECT key, value FROM about"))
    if about.get("format") != FORMAT:
        raise ValueError(about)
    steps = connection.execute("SELECT method, up_to_m, error_m, cases FROM error_model")
    origins = connection.execute(
        "SELECT name, license, source, datum, items, used FROM input ORDER BY id"
    )
    return Stored(
        entries=tuple(one for kind in Kind for one in _entries(connection, kind)),
        lines=tuple(
            (road, tuple((lon, lat) for lon, lat in json.loads(stretch)))
            for road, stretch in connection.execute("SELECT road, coordinates FROM line")
        ),
        model=ErrorModel(
            tuple(
                Step(method, math.inf if up_to is None else up_to, error_m, cases)
                for method, up_to, error_m, cases in steps
            ),
            dict(connection.execute("SELECT district, metres_per_number FROM pace")),
        ),
        origins=tuple(
            Origin(name, terms, source, Datum(datum), items, used)
            for name, terms, source, datum, items, used in origins
        ),
    )


def _entries(connection: sqlite3.Connection, kind: Kind) -> Iterator[Entry]:
    names = (*COLUMNS[kind], *_COMMON)
    width = len(COLUMNS[kind])
    select = f"SELECT {', '.join(names)} FROM {kind.value}"  # noqa: S608 # nosec B608
    for row in connection.execute(select):
        district, town, lon, lat, level, error_m, datum, source, origin = row[width:]
        position = Position(lon, lat, Level(level), error_m, source, Datum(datum))
        yield Entry(kind, row[:width], district, town, position, origin)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
