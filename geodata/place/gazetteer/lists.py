"""Tables a user has, read as inputs: address lists, named places, metro stations and exits.

What a table is follows from its headers, in Chinese or English. Coordinates need a datum: a
column of it, a coordinate column's name (lng_wgs84), or the one the user names for the file.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import CellError, DatumError, UnknownFormError, UnreadableFileError
from geodata.model import Datum, Level
from geodata.place.datum import convert
from geodata.place.gazetteer.headers import HEADERS, datum_named, datum_of, field_of
from geodata.place.gazetteer.inputs import Anchor, Input, NamedPlace, Stop

UNSTATED = "未说明"

_LINE = re.compile(r"(.+?)号?线")

Spot = Anchor | NamedPlace | Stop


@dataclass(frozen=True, slots=True)
class ListRead:
    """One table as an input, and a sentence for each row of it that cannot be used."""

    input: Input
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row by field, able to say where it stands."""

    where: str
    cells: Mapping[str, str]

    def text(self, field: str) -> str:
        return self.cells.get(field, "")

    def degrees(self, field: str, column: str, limit: float) -> float:
        try:
            value = float(self.text(field))
        except ValueError:
            value = math.nan
        if not abs(value) <= limit:
            wanted = f"应为 -{limit:g} 到 {limit:g} 之间的度数"
            raise CellError(f"{self.where}的{column}写着“{self.text(field)}”，{wanted}，没有采用。")
        return value

    def names(self, field: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.text(field).split("|") if name.strip())


def read_list(
    path: Path, *, datum: Datum | None = None, terms: str = UNSTATED, source: str = ""
) -> ListRead:
    """Read one CSV table. `datum` holds where the file does not say one itself.

    Raises UnreadableFileError, UnknownFormError for its headers, DatumError where none is named.
    """
    headers, lines = _table(path)
    fields = {header: field_of(header) for header in headers}
    make = _maker(path, set(fields.values()))
    stated = next((found for header in headers if (found := datum_of(header))), datum)
    if stated is None and "datum" not in fields.values():
        raise DatumError(
            f"{path.name} 没有写坐标系：请用 --datum 指明（{'、'.join(Datum)}），"
            "坐标系不明的点会偏几百米，不能用。"
        )
    items: list[tuple[Datum, Spot]] = []
    refused: list[str] = []
    for number, cells in lines:
        known = {fields[header]: text.strip() for header, text in cells.items() if text}
        row = _Row(f"{path.name} 第 {number} 行", known)
        try:
            items.append((_row_datum(row, stated), make(row)))
        except CellError as error:
            refused.append(str(error))
    given = [each for each, _ in items]
    mostly = max(dict.fromkeys(given), key=given.count, default=stated or Datum.WGS84)
    return ListRead(
        Input(path.name, terms, mostly, tuple(_in_wgs84(items)), source), tuple(refused)
    )


def _table(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restkey="", restval="")
    lines = [
        (reader.line_num, {k: v for k, v in row.items() if k and isinstance(v, str)})
        for row in reader
    ]
    return [header for header in reader.fieldnames or () if header], lines


def _text(path: Path) -> str:
    """The text of a file in UTF-8, or in the code page that spreadsheets in China still write."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"读不了 {path}：{error.strerror}。请核对路径。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(f"{path.name} 不是文本：请在表格软件里另存为“CSV UTF-8”。")


def _row_datum(row: _Row, stated: Datum | None) -> Datum:
    if not row.text("datum"):
        if stated is None:
            raise CellError(f"{row.where}没有写坐标系，没有采用。")
        return stated
    found = datum_named(row.text("datum"))
    if found is None:
        raise CellError(f"{row.where}的坐标系写着“{row.text('datum')}”，没有采用。")
    return found


def _maker(path: Path, fields: set[str]) -> Callable[[_Row], Spot]:
    if {"lng", "lat"} <= fields:
        if {"station", "exit"} <= fields:
            return _exit
        if "address" in fields:
            return _anchor
        if "station" in fields or {"name", "open"} <= fields:
            return _station
        if "name" in fields:
            return _place
    wanted = "；".join(
        f"{field}：{'、'.join(HEADERS[field])}" for field in ("address", "lng", "lat")
    )
    raise UnknownFormError(
        f"{path.name} 的表头认不出来：要有地址（或名称、站名）、经度、纬度三列，可以写作 {wanted}。"
    )


def _anchor(row: _Row) -> Anchor:
    if not row.text("address"):
        raise CellError(f"{row.where}没有地址，没有采用。")
    level = row.text("level")
    if level and level not in set(Level):
        raise CellError(f"{row.where}的级别写着“{level}”，应为 {'、'.join(Level)} 之一，没有采用。")
    return Anchor(
        row.text("address"),
        row.degrees("lng", "经度", 180.0),
        row.degrees("lat", "纬度", 90.0),
        level=Level(level) if level else None,
        district=row.text("district"),
        error_m=_metres(row),
        source=row.text("source"),
        aliases=row.names("aliases"),
    )


def _place(row: _Row) -> NamedPlace:
    lon, lat = row.degrees("lng", "经度", 180.0), row.degrees("lat", "纬度", 90.0)
    district, aliases = row.text("district"), row.names("aliases")
    return NamedPlace(
        row.text("name"), lon, lat, aliases, district, _metres(row), row.text("source")
    )


def _station(row: _Row) -> Stop:
    return _stop(row, row.text("station") or row.text("name"), "")


def _exit(row: _Row) -> Stop:
    # 出 stands for an exit without a number: part of the station's extent, found by no address.
    return _stop(row, row.text("station"), row.text("exit"))


def _stop(row: _Row, written: str, exit_: str) -> Stop:
    """A stop; brackets behind a station hold its line or its former name."""
    name, _, inside = written.replace("（", "(").rstrip(")）").partition("(")
    line = _LINE.fullmatch(inside)
    former = (inside.removeprefix("原"),) if inside and not line else ()
    return Stop(
        name,
        row.degrees("lng", "经度", 180.0),
        row.degrees("lat", "纬度", 90.0),
        exit=exit_,
        lines=(line[1],) if line else row.names("lines"),
        aliases=former + row.names("aliases"),
        source=f"{row.where.split(' ')[0]} {written}{f' {exit_}口' if exit_ else ''}",
    )


def _metres(row: _Row) -> float | None:
    if not row.text("error_m"):
        return None
    try:
        value = float(row.text("error_m"))
    except ValueError:
        value = math.nan
    if not 0.0 < value < math.inf:
        raise CellError(
            f"{row.where}的误差写着“{row.text('error_m')}”，应为大于 0 的米数，没有采用。"
        )
    return value


def _in_wgs84(items: Sequence[tuple[Datum, Spot]]) -> list[Spot]:
    """Each datum converted in one call."""
    result = [item for _, item in items]
    for datum in dict.fromkeys(datum for datum, _ in items):
        at = [n for n, (each, _) in enumerate(items) if each is datum]
        given = [result[n] for n in at]
        lons, lats = convert(
            [one.lon for one in given], [one.lat for one in given], source=datum, target=Datum.WGS84
        )
        for n, one, lon, lat in zip(at, given, lons.tolist(), lats.tolist(), strict=True):
            result[n] = replace(one, lon=lon, lat=lat)
    return result
