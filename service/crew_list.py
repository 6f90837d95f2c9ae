"""A list of crews: who takes a break where and when; what cannot be read is named by its cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from geodata.coverage.rest import CrewKind
from geodata.errors import CellError, UnknownFormError
from geodata.hours import Hours
from geodata.measures.rest import Crew
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.place.district import load_districts
from importers import fields
from importers.cells import typed, words
from importers.hours.read import read_hours
from importers.private import masked, public_name
from importers.readers import read
from importers.tables.headers import header_key
from importers.tables.sheet import Row, Sheet

T = TypeVar("T")

# A title and a few lines of remarks may stand above the header.
_HEADER_ROWS = 20
_TOTALS = {"合计", "总计", "小计"}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "名称": ("班组", "班组名称", "队伍", "队伍名称", *fields.NAMES),
    "类别": ("类别", "类型", "作业方式", "班组类别", "kind"),
    "人数": ("人数", "班组人数", "heads", *fields.WORKERS.headers),
    "经度": fields.LON.headers,
    "纬度": fields.LAT.headers,
    "坐标系": fields.DATUM.headers,
    "午休": ("午休", "午休时间", "休息时间", "休息时段", "工间休息", "break"),
}
_KINDS = words.as_table(
    dict.fromkeys(("固定", "定点", "fixed"), CrewKind.FIXED)
    | dict.fromkeys(("流动", "沿街", "street"), CrewKind.STREET)
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A crew that cannot be counted for want of a cell; `heads` is None where unknown."""

    name: str
    heads: int | None


@dataclass(frozen=True, slots=True)
class CrewList:
    """Crews that can be asked about, those that cannot, and the cells at fault in sentences."""

    crews: tuple[Crew, ...]
    left_out: tuple[LeftOut, ...]
    faults: tuple[str, ...]


class _Line:
    """Typed access to one row; a cell that cannot be read is unknown and told in `faults`."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], row: Row) -> None:
        self.faults: list[str] = []
        self._sheet, self._columns, self._row = sheet, columns, row

    def text(self, name: str) -> str:
        return self._row.text(self._columns[name]).strip()

    def read(self, name: str, reader: Callable[[str], T | None]) -> T | None:
        """A needed cell; None, and at fault, when it is blank or unreadable."""
        text, expected = self.text(name), "这一格必须填写"
        try:
            value = reader(text) if text else None
        except CellError as error:
            value, expected = None, str(error)
        if value is None:
            self.fault(name, expected)
        return value

    def fault(self, name: str, expected: str) -> None:
        at, sheet = self._columns[name], self._sheet
        expected = sheet.faults.get((self._row.number, at), expected)
        tab = f"工作表“{sheet.name}”" if sheet.name else ""
        column = f"{sheet.column_name(at)} 列" if sheet.lettered else f"第 {at + 1} 列"
        self.faults.append(
            f"“{sheet.file}”{tab}第 {self._row.number} 行 {column}（{name}）"
            f"写的是“{masked(self.text(name))}”，应填：{expected}。请改正后再算"
        )


def read_crews(path: Path) -> CrewList:
    """The first table of a file that has the columns of a list of crews.

    Raises:
        UnreadableFileError: it is no table.
        UnknownFormError: a column is missing.
    """
    sheets = [sheet for sheet in read(path) if not sheet.hidden]
    heads = [(sheet, row, _columns(row)) for sheet in sheets for row in _first(sheet)]
    sheet, header, columns = max(heads, key=lambda one: len(one[2]), default=(None, None, {}))
    missing = [name for name in _COLUMNS if name not in columns]
    if sheet is None or header is None or missing:
        raise UnknownFormError(
            f"“{public_name(path)}”的表头缺少：{'、'.join(missing)}。请补上这些列再算。"
        )
    crews: list[Crew] = []
    left_out: list[LeftOut] = []
    faults: list[str] = []
    for row in sheet.rows:
        line = _Line(sheet, columns, row)
        if row.number >= header.number + header.height and line.text("名称") not in _TOTALS:
            found = _crew(line, f"第 {row.number} 行")
            crews += [found] if isinstance(found, Crew) else []
            left_out += [found] if isinstance(found, LeftOut) else []
            faults += line.faults
    return CrewList(tuple(crews), tuple(left_out), tuple(faults))


def _first(sheet: Sheet) -> Iterator[Row]:
    return islice(iter(sheet.rows), _HEADER_ROWS)


def _columns(row: Row) -> dict[str, int]:
    keys = [header_key(text) for text in row.texts]
    wanted = {name: [header_key(one) for one in headers] for name, headers in _COLUMNS.items()}
    found = {name: next((one for one in ways if one in keys), "") for name, ways in wanted.items()}
    return {name: keys.index(key) for name, key in found.items() if key}


def _crew(line: _Line, unnamed: str) -> Crew | LeftOut:
    name = masked(line.text("名称")) or unnamed
    kind, rest = line.read("类别", partial(words.meaning, _KINDS)), line.read("午休", _rest)
    heads, spot = _heads(line), _spot(line)
    if kind is None or rest is None or spot is None:
        return LeftOut(name, heads)
    return Crew(name, kind, heads, *spot, rest)


def _heads(line: _Line) -> int | None:
    """Blank, / and 待定 are unknown and no fault."""
    if typed.is_unknown(line.text("人数")):
        return None
    amount = line.read("人数", typed.heads)
    return None if amount is None else int(amount.value)


def _rest(text: str) -> Hours:
    """A break that is the same the whole year; only holidays may be without."""
    hours = read_hours(text)
    known = hours is not None and hours.sure and all(change.on for change in hours.changes)
    if hours is None or not known or not any(one.sure for day in hours.week for one in day):
        raise CellError("休息的起止时间，例如 11:30-12:30（工作日）或 周一至周六 11:30-12:30")
    return hours


def _spot(line: _Line) -> tuple[float, float] | None:
    """WGS-84 lon, lat; a pair outside the city is a slip, not a crew that nobody serves."""
    lon = line.read("经度", partial(typed.degrees, limit=180.0))
    lat = line.read("纬度", partial(typed.degrees, limit=90.0))
    datum = line.read("坐标系", words.datum)
    if lon is None or lat is None or datum is None:
        return None
    lons, lats = convert(lon, lat, source=datum, target=Datum.WGS84)
    if load_districts().at(float(lons), float(lats)) is None:
        line.fault("经度", "上海范围内的经度和纬度，例如 121.4710 和 31.2349")
        return None
    return float(lons), float(lats)
