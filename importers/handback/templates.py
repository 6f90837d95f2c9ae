"""A blank workbook for every form: its headers, drop-downs, one grey example, what to fill in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import HEAD
from importers.form import Form
from importers.handback.cells import BLUE, BOLD, GREY_TEXT, RED, YELLOW, mark, write
from importers.handback.copies import save
from importers.handback.examples import choices, example
from importers.tables.headers import EXAMPLE

_TITLE, _HEAD, _HEADER = 1, 2, 3
_ROWS = 1_000
_WIDTHS: Mapping[str, int] = {"number": 6, "name": 28, "address": 36, "notes": 24, "union": 28}
_WIDTH = 14
_THIN = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

# These say their kind in the title alone; whoever fills one in writes his own there.
_TITLES: Mapping[str, str] = {"plain_list": "职工书屋名单", "coordinates": "职工书屋坐标清单"}
# They differ from 站点清单 by how little they have.
_ONLY: Mapping[str, tuple[str, ...]] = {
    "plain_list": ("number", "name", "district", "town", "address", "hours", "phone", "notes"),
    "coordinates": ("number", "name", "district", "lon", "lat", "datum", "notes"),
}


def write_template(form: Form, out: Path) -> None:
    """Write a blank form as xlsx.

    Raises:
        SettingsError: `out` cannot be written.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "填表"
    fields = columns(form)
    write(sheet, _TITLE, 1, title(form)).font = BOLD
    _write_head(sheet, form)
    for column, field in enumerate(fields, start=1):
        _write_column(sheet, form, column, field)
    sheet.freeze_panes = sheet.cell(row=_HEADER + 1, column=1)
    # On paper all columns stand on one page.
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _write_help(book.create_sheet("填写说明"), form, fields)
    save(book, out)


def columns(form: Form) -> tuple[Field, ...]:
    """The fields a template has columns for, 序号 first."""
    only = _ONLY.get(form.code)
    fields = [one for one in form.fields if only is None or one.name in only]
    return tuple(sorted(fields, key=lambda one: one.name != "number"))


def title(form: Form) -> str:
    """What stands over the table."""
    return _TITLES.get(form.code, form.title)


def _write_head(sheet: Any, form: Form) -> None:
    """The head block of a form without a 区 column: who sends it, for which district."""
    if form.makes is not Makes.PLACE or form.district_in_name or "district" in form.by_name:
        return
    for index, one in enumerate(HEAD):
        write(sheet, _HEAD, 2 * index + 1, one.headers[0]).font = BOLD


def _write_column(sheet: Any, form: Form, column: int, field: Field) -> None:
    header = write(sheet, _HEADER, column, field.headers[0])
    header.font, header.alignment, header.border, header.fill = BOLD, _CENTRED, _GRID, BLUE
    if field.column or field.filled:
        mark(sheet, _HEADER, column, YELLOW, "必填")
    if field.private:
        mark(sheet, _HEADER, column, RED, "只供工会内部联系，不会公开")
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = _WIDTHS.get(field.name, _WIDTH)
    if _numbered(form):
        shown = EXAMPLE if field.name == "number" else example(form, field)
        write(sheet, _HEADER + 1, column, shown or None).font = GREY_TEXT
    if words := choices(form, field):
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        rule.error, rule.errorTitle = "请从下拉列表里选", field.headers[0]
        # A cell may name several kinds; Excel then only warns.
        rule.errorStyle = "warning"
        rule.add(f"{letter}{_HEADER + 1}:{letter}{_HEADER + _ROWS}")
        sheet.add_data_validation(rule)


def _numbered(form: Form) -> bool:
    """Whether the example can stand in the table: it is told by its 序号."""
    return "number" in form.by_name


def _write_help(sheet: Any, form: Form, fields: tuple[Field, ...]) -> None:
    """One line a cell, so that no line is taken for a table."""
    sheet.column_dimensions["A"].width = 100
    for row, line in enumerate(_help(form, fields), start=1):
        cell = write(sheet, row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _help(form: Form, fields: tuple[Field, ...]) -> Iterator[str]:
    yield f"“{title(form)}”怎么填"
    yield "在“填表”里从示例的下一行起，一行填一处。示例那一行留着或删去都可以，不会导入。"
    yield "黄色表头必填；粉色表头是个人信息，只供工会内部联系，不会公开。"
    yield "可以增减列、调换列的次序；表头的字请不要改。不知道的格子留空，不要填 0。"
    if form.code in _TITLES:
        yield "第一行标题里的“职工书屋”请改成您要报的类别，例如 户外职工驿站、爱心妈咪小屋。"
    for field in fields:
        if field.name != "number":
            yield _help_line(form, field)


def _help_line(form: Form, field: Field) -> str:
    parts = ["必填" if field.column or field.filled else "可以不填"]
    if words := choices(form, field):
        parts.append(f"从这些里选：{'、'.join(words)}")
    elif shown := example(form, field):
        parts.append(f"例如：{shown}")
    return f"{field.headers[0]}——{'；'.join(parts)}"
