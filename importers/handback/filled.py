"""The form written out again with what was found: district, town, position, level, error, doubts.

The columns stand to the right of each table and are passed over when the copy is imported again:
a position of ours must not come back as one the office surveyed.
"""

from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

from geodata.declared import Declared, DeclaredKeyed, Placed
from geodata.model import Datum, Level, Position
from importers.cells.words import Makes
from importers.form import Match
from importers.handback.cells import BLUE, YELLOW, write
from importers.handback.copies import Page, copy_of
from importers.ingest import visible_forms
from importers.overrides import NO_OVERRIDES, Overrides, read_with
from importers.parse import ParsedRow, recognise, rows_of
from importers.reporting.findings import is_unplaced, unplaced, visible
from importers.tables.headers import ADDED

COLUMNS = ("区", "街镇", "经度", "纬度", "坐标系", "级别", "误差（米）", "备注")
LEVELS: dict[Level, str] = {
    Level.SURVEYED: "实测",
    Level.MANUAL: "表中坐标或人工核定",
    Level.METRO_EXIT: "地铁出入口",
    Level.NUMBER: "门牌",
    Level.LANE_NUMBER: "弄内门牌",
    Level.POI: "地名",
    Level.LANE: "弄",
    Level.INTERSECTION: "路口",
    Level.INTERPOLATED: "按门牌推算",
    Level.METRO_STATION: "地铁站",
    Level.ROAD: "道路（不落图）",
    Level.TOWN: "街镇（不落图）",
    Level.DISTRICT: "区（不落图）",
}
_LOCATED = frozenset({Makes.PLACE, Makes.SITE, Makes.OUTLET})
_WIDTH = 12
_WIDTHS = {"级别": 20, "误差（米）": 16, "备注": 60}
# Six decimals are a tenth of a metre.
_DECIMALS = 6

Locate = Callable[[Declared], Placed]
Values = tuple[str | float | None, ...]


def write_filled(
    path: Path, out: Path, *, locate: Locate, overrides: Overrides = NO_OVERRIDES
) -> int:
    """Write a copy of a file with the added columns; returns how many rows were filled.

    Tables whose rows have no address of their own are copied as they are.

    Raises:
        UnreadableFileError: the file cannot be read or copied.
        SettingsError: `out` cannot be written.
    """
    sheets = read_with(path, overrides)
    count = 0
    taken: dict[tuple[str, int], int] = {}
    with copy_of(path, sheets, out, overrides) as pages:
        for found in visible_forms(recognise(sheets)):
            if found.form.makes not in _LOCATED:
                continue
            page = pages[found.table.sheet.name]
            rows = (found.table.sheet.name, found.table.header_row)
            # Tables side by side share their rows: the columns of each stand behind the last.
            first = max(_first_free(found), taken.get(rows, 0))
            taken[rows] = first + len(COLUMNS)
            _write_headers(page, found, first)
            for number, values in _rows(found, locate):
                _write_row(page.sheet, page.row(number), first, values)
                count += 1
    return count


def _first_free(found: Match) -> int:
    """The first column, from 1, to the right of everything in the table."""
    used = max(found.table.headed, default=0)
    return max(used, *(len(row.texts) - 1 for row in found.table.rows), 0) + 2


def _write_row(sheet: Any, row: int, first: int, values: Values) -> None:
    for column, value in enumerate(values, start=first):
        write(sheet, row, column, value)
    if values[-1]:
        sheet.cell(row=row, column=first + len(values) - 1).fill = YELLOW


def _write_headers(page: Page, found: Match, first: int) -> None:
    row = page.row(found.table.header_row)
    model = page.sheet.cell(row=row, column=max(found.table.headed) + 1)
    for column, name in enumerate(COLUMNS, start=first):
        cell = write(page.sheet, row, column, ADDED + name)
        cell.font, cell.border = copy(model.font), copy(model.border)
        cell.alignment, cell.fill = copy(model.alignment), BLUE
        page.sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(name, _WIDTH)


def _rows(found: Match, locate: Locate) -> Iterator[tuple[int, Values]]:
    for row in rows_of(found):
        if row.refused is not None:
            yield row.refused.row, (*_BLANK, f"退回：{visible(row.refused.reason)}")
        elif row.record is not None and not isinstance(row.record, DeclaredKeyed):
            placed = locate(row.record)
            yield row.record.source.row, _values(placed, row)


_BLANK: Values = (None,) * (len(COLUMNS) - 1)


def _values(placed: Placed, row: ParsedRow) -> Values:
    town = getattr(placed.declared, "town", "") or (placed.address.town if placed.address else "")
    return (placed.district, town, *_position(placed), _remark(placed, row))


def _position(placed: Placed) -> Values:
    found = placed.outcome
    if not isinstance(found, Position):
        return (None,) * 5
    where: Values = (None, None, None)
    if found.level.is_point:
        where = (round(found.lon, _DECIMALS), round(found.lat, _DECIMALS), Datum.WGS84.value)
    return (*where, LEVELS[found.level], round(found.error_m))


def _remark(placed: Placed, row: ParsedRow) -> str:
    """Why a row is not on the map, and every doubt about it."""
    why = [f"未落图：{unplaced(placed).reason}"] if is_unplaced(placed) else []
    faults = [f"{visible(one.header)}读不出，应填：{visible(one.expected)}" for one in row.faults]
    doubts = [visible(flag.message) for flag in placed.flags]
    return "；".join(dict.fromkeys((*why, *faults, *doubts)))
