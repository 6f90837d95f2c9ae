"""The rows of a gazetteer file, checked cell by cell and converted to WGS-84."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import CellError, UnknownFormError, UnreadableFileError
from geodata.model import Datum, Level, Position
from geodata.place.datum import convert
from geodata.place.district import canonical_district, load_districts

REQUIRED = ("address", "lng", "lat", "datum", "level")
OPTIONAL = ("district", "error_m", "source", "aliases")


@dataclass(frozen=True, slots=True)
class Row:
    """A position with the names it goes by; `district` is empty only outside the city."""

    address: str
    aliases: tuple[str, ...]
    district: str
    position: Position


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file, able to say where a cell of it stands."""

    file: str
    number: int
    cells: Mapping[str, str]

    def refuse(self, column: str, wanted: str) -> CellError:
        found = self.cells.get(column, "")
        held = f"写着“{found}”" if found else "是空的"
        return CellError(f"{self.file} 第 {self.number} 行“{column}”列{held}：{wanted}。")

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def degrees(self, column: str, *, limit: float) -> float:
        value = _number(self.text(column))
        if value is None or abs(value) > limit:
            raise self.refuse(column, f"请填 -{limit:g} 到 {limit:g} 之间的度数，如 121.4710")
        return value


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of one file, in its order.

    Raises UnreadableFileError, UnknownFormError for a missing column, CellError for a cell; each
    names the file and what to do.
    """
    rows = [_row(line) for line in _lines(path)]
    return iter(_with_districts(_in_wgs84(rows)))


def _lines(path: Path) -> Iterator[_Line]:
    reader = csv.DictReader(_text(path).splitlines(), restkey="", restval="")
    missing = [column for column in REQUIRED if column not in (reader.fieldnames or ())]
    if missing:
        raise UnknownFormError(
            f"{path.name} 第 1 行缺少“{'、'.join(missing)}”列："
            f"地名库要有 {'、'.join(REQUIRED)}，可以再有 {'、'.join(OPTIONAL)}。"
        )
    for cells in reader:
        # The key "" holds what stands beyond the last header.
        if cells.get(""):
            raise CellError(
                f"{path.name} 第 {reader.line_num} 行比表头多出 {len(cells[''])} 格："
                "地址里有逗号时，请给它加上双引号。"
            )
        yield _Line(path.name, reader.line_num, {k: v.strip() for k, v in cells.items() if k})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableFileError(f"找不到地名库文件 {path}：请核对路径。") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} 不是 UTF-8 文本：请在表格软件里另存为“CSV UTF-8”。"
        ) from error


def _row(line: _Line) -> Row:
    if not line.text("address"):
        raise line.refuse("address", "请填地址、地名或车站名")
    level = _level(line)
    position = Position(
        lon=line.degrees("lng", limit=180.0),
        lat=line.degrees("lat", limit=90.0),
        level=level,
        error_m=_error_m(line, level),
        source=line.text("source") or f"{line.file} 第 {line.number} 行",
        datum=_datum(line),
    )
    aliases = tuple(alias.strip() for alias in line.text("aliases").split("|") if alias.strip())
    return Row(line.text("address"), aliases, _district(line), position)


def _level(line: _Line) -> Level:
    name = line.text("level")
    if name not in set(Level):
        raise line.refuse("level", f"应为 {'、'.join(Level)} 之一")
    return Level(name)


def _datum(line: _Line) -> Datum:
    name = line.text("datum")
    if name not in set(Datum):
        raise line.refuse("datum", f"应为 {'、'.join(Datum)} 之一，坐标系不明的点不能用")
    return Datum(name)


def _error_m(line: _Line, level: Level) -> float:
    if not line.text("error_m"):
        return level.prior_error_m
    value = _number(line.text("error_m"))
    if value is None or value <= 0:
        raise line.refuse("error_m", "请填大于 0 的米数，或留空")
    return value


def _district(line: _Line) -> str:
    if not line.text("district"):
        return ""
    district = canonical_district(line.text("district"))
    if district is None:
        raise line.refuse("district", f"应为 {'、'.join(load_districts().names)} 之一，或留空")
    return district


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _in_wgs84(rows: list[Row]) -> list[Row]:
    """Each datum converted in one call; `Position.datum` still names the source's."""
    result = list(rows)
    for datum in dict.fromkeys(row.position.datum for row in rows):
        at = [index for index, row in enumerate(rows) if row.position.datum == datum]
        lons, lats = convert(
            [rows[index].position.lon for index in at],
            [rows[index].position.lat for index in at],
            source=datum,
            target=Datum.WGS84,
        )
        for index, lon, lat in zip(at, lons.tolist(), lats.tolist(), strict=True):
            position = replace(rows[index].position, lon=lon, lat=lat)
            result[index] = replace(rows[index], position=position)
    return result


def _with_districts(rows: list[Row]) -> list[Row]:
    found = load_districts().at_many(
        [row.position.lon for row in rows], [row.position.lat for row in rows]
    )
    return [
        row if row.district else replace(row, district=at or "")
        for row, at in zip(rows, found, strict=True)
    ]
