import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from geodata.errors import UnreadableFileError
from importers.readers.values import as_text
from importers.readers.xlsx import read_xlsx
from importers.tables.sheet import Row, Sheet, Span


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1200.0, "1200"),
        (121.4710, "121.471"),
        (68472222, "68472222"),
        (True, "是"),
        (dt.datetime(2024, 5, 1), "2024-05-01"),  # noqa: DTZ001 - Excel dates have no zone
        (dt.time(9, 30), "09:30"),
        (" 甲\r\n站 ", "甲\n站"),
    ],
)
def test_values_read_as_a_person_would_write_them(value: object, text: str) -> None:
    assert as_text(value) == text


def test_blank_rows_go_and_row_numbers_and_merged_ranges_stay(
    workbook: Callable[..., Path],
) -> None:
    path = workbook([["区", "名称"], ["黄浦区", "甲"], [None, "乙"], [], [None, "丙"]], ["A2:A3"])
    assert read_xlsx(path) == [
        Sheet(
            "表.xlsx",
            "Sheet",
            (
                Row(1, ("区", "名称")),
                Row(2, ("黄浦区", "甲")),
                Row(3, ("", "乙")),
                Row(5, ("", "丙")),
            ),
            lettered=True,
            spans=(Span(2, 0, 3, 0),),
            faults={},
        )
    ]


def test_a_formula_nobody_computed_is_a_fault_and_no_blank(workbook: Callable[..., Path]) -> None:
    sheet = read_xlsx(workbook([["职工数"], ["=1+1"]]))[0]
    assert sheet.faults == {(2, 0): "公式没有算出的值：请在 Excel 里打开并保存一次，或改填数值"}
    assert sheet.rows == (Row(1, ("职工数",)), Row(2, ("",)))


def test_an_error_value_is_a_fault(workbook: Callable[..., Path]) -> None:
    sheet = read_xlsx(workbook([["职工数"], ["#REF!"]]))[0]
    assert sheet.faults == {
        (2, 0): "公式出错，或数字被设成了日期格式：请在 Excel 里改正，或改填数值"
    }


def test_a_stray_cell_in_the_last_corner_does_not_fill_the_grid(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "名称"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "表.xlsx")
    rows = read_xlsx(tmp_path / "表.xlsx")[0].rows
    assert [(row.number, len(row.texts)) for row in rows] == [(1, 1), (1048576, 16384)]


def test_a_hidden_sheet_is_marked(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("旧表").sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in read_xlsx(tmp_path / "表.xlsx")] == [
        ("Sheet", False),
        ("旧表", True),
    ]


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with the XML of one part changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<%s xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b""),
        (b'<row r="2"', b'<row r="2000000000"'),
        (b"<v>300</v>", b"<v>abc</v>"),
        (b"<v>300</v>", b"<v>" + b"9" * 5000 + b"</v>"),
        (b't="n"', b't="s"'),
    ],
)
def test_a_damaged_workbook_is_refused_with_what_to_do(
    workbook: Callable[..., Path], old: bytes, new: bytes
) -> None:
    path = rewritten(workbook([["职工数"], [300]]), SHEET, old, new)
    with pytest.raises(UnreadableFileError, match="不是完好的 xlsx 文件"):
        read_xlsx(path)


def test_a_column_merged_to_the_end_of_its_sheet_is_read_at_once(
    workbook: Callable[..., Path],
) -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'
    path = rewritten(workbook([["区"], ["黄浦区"]]), SHEET, b"</sheetData>", merged)
    sheet = read_xlsx(path)[0]
    assert sheet.spans == (Span(2, 0, 1048576, 0),)
    assert sheet.rows == (Row(1, ("区",)), Row(2, ("黄浦区",)))


_MERGED = b"<mergeCells>%b</mergeCells>"
_FORMATTED = b'<conditionalFormatting sqref="%b"/>'


@pytest.mark.parametrize(
    "tags",
    [
        _MERGED % b'<mergeCell ref="A2:XFD1048576"/>',
        _MERGED % (b'<mergeCell ref="A2:Z2"/>' * 50_000),
        _MERGED % b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(2, 200_003)),
        b'<hyperlinks><hyperlink ref="A2:XFD1048576" location="x"/></hyperlinks>',
        _FORMATTED % (b"A1:B2 " * 20_001),
        b'<cols><col min="1" max="16384" hidden="1"/></cols>' * 5,
    ],
    ids=["merged", "merged often", "many merged", "linked", "formatted", "hidden"],
)
def test_tags_that_stand_for_millions_of_cells_are_refused(
    workbook: Callable[..., Path], tags: bytes
) -> None:
    path = rewritten(workbook([["区"], ["黄浦区"]]), SHEET, b"</sheetData>", b"</sheetData>" + tags)
    with pytest.raises(UnreadableFileError, match="太大"):
        read_xlsx(path)


def test_rows_that_are_only_formatted_are_none(workbook: Callable[..., Path]) -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 2000))
    path = rewritten(workbook([["名称"], ["甲"]]), SHEET, b"</sheetData>", blank + b"</sheetData>")
    assert read_xlsx(path)[0].rows == (Row(1, ("名称",)), Row(2, ("甲",)))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, b"\0" * 160_000_000),
        (SHEET, MAIN % b"worksheet" + b"<row>" + b"<c><v>0</v></c>" * 1_300_000),
        (SHEET, MAIN % b"worksheet" + b'<row><c r="XFD1"><v>0</v></c></row>' * 400),
        (SHEET, MAIN % b"worksheet" + b'<mergeCell ref="A1:B1"/>' * 200_001),
        (SHEET, MAIN % b"worksheet" + b"<row>" + b"<c><f/></c>" * 100_001),
        ("xl/styles.xml", b"<a/>" * 600_000),
        ("xl/styles.xml", b"\0" * 21_000_000),
    ],
    # Otherwise the whole part would be in the test's name.
    ids=["zeros", "cells", "far cells", "merged", "formulas", "styles", "zeros in styles"],
)
def test_what_would_unpack_to_gigabytes_is_refused_before_it_is_opened(
    workbook: Callable[..., Path], part: str, content: bytes
) -> None:
    path = workbook([["名称"]])
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, old in (parts | {part: content}).items():
            archive.writestr(name, content if name == part else old, compresslevel=1)
    with pytest.raises(UnreadableFileError, match="太大：格子"):
        read_xlsx(path)


SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def with_strings(path: Path, strings: bytes) -> Path:
    """A workbook whose first cell is the first of these shared strings."""
    book = Workbook()
    book.active["A1"] = 0
    book.save(path)
    rewritten(path, SHEET, b't="n"', b't="s"')
    rewritten(path, "[Content_Types].xml", b"</Types>", SHARED)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in (parts | {"xl/sharedStrings.xml": strings}).items():
            archive.writestr(name, content, compresslevel=1)
    return path


@pytest.mark.parametrize(
    ("string", "text"),
    [
        (b"<t>\xe7\x94\xb2</t>", "甲"),
        (b"<r><t>\xe7\x94\xb2</t></r><r><rPr/><t xml:space='preserve'> b </t></r>", "甲 b"),
        (b"<t>\xe7\x94\xb2</t><rPh sb='0' eb='1'><t>jia</t></rPh>", "甲"),
        (b"<t>a_x000D_\nb_x005F_c</t>", "a\nb_c"),
    ],
    ids=["plain", "rich", "phonetic", "escaped"],
)
def test_shared_strings_are_read_as_they_are_seen(tmp_path: Path, string: bytes, text: str) -> None:
    strings = MAIN % b"sst" + b"<si>" + string + b"</si></sst>"
    assert read_xlsx(with_strings(tmp_path / "表.xlsx", strings))[0].rows == (Row(1, (text,)),)


def test_more_strings_than_cells_are_refused(tmp_path: Path) -> None:
    strings = MAIN % b"sst" + b"<si><t>a</t></si>" * 1_300_000
    with pytest.raises(UnreadableFileError, match="太大：格子"):
        read_xlsx(with_strings(tmp_path / "表.xlsx", strings))


def test_entities_are_not_expanded(workbook: Callable[..., Path]) -> None:
    bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet'
    path = rewritten(workbook([["名称"]]), SHEET, b"<worksheet", bomb)
    with pytest.raises(UnreadableFileError, match="不是完好的 xlsx 文件"):
        read_xlsx(path)


@pytest.mark.parametrize("claimed", [b'ref="A1"', b'ref="A1:XFD1048576"', b'ref="Z9:A1"'])
def test_what_a_sheet_says_of_its_size_is_not_believed(
    workbook: Callable[..., Path], claimed: bytes
) -> None:
    path = rewritten(workbook([["名称", "类别"], ["甲", "乙"]]), SHEET, b'ref="A1:B2"', claimed)
    assert read_xlsx(path)[0].rows == (Row(1, ("名称", "类别")), Row(2, ("甲", "乙")))


def test_the_value_computed_last_stands_for_a_formula(workbook: Callable[..., Path]) -> None:
    path = rewritten(workbook([["职工数"], ["=1+1"]]), SHEET, b"<v></v>", b"<v>2</v>")
    sheet = read_xlsx(path)[0]
    assert (sheet.rows, sheet.faults) == ((Row(1, ("职工数",)), Row(2, ("2",))), {})


@pytest.mark.parametrize(("epoch", "day"), [("1900", "2024-05-01"), ("1904", "2028-05-02")])
def test_dates_count_from_the_year_the_workbook_says(tmp_path: Path, epoch: str, day: str) -> None:
    path = tmp_path / "表.xlsx"
    book = Workbook()
    book.active["A1"] = dt.date(2024, 5, 1)
    book.save(path)
    if epoch == "1904":
        rewritten(path, "xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    assert read_xlsx(path)[0].rows == (Row(1, (day,)),)


def test_numbers_as_text_and_as_numbers_read_the_same(workbook: Callable[..., Path]) -> None:
    path = workbook([["1200", 1200, 1200.0, 0.1, -5, 1e21, True]])
    assert read_xlsx(path)[0].rows == (
        Row(1, ("1200", "1200", "1200", "0.1", "-5", "1e+21", "是")),
    )


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["名称", "类别", "面积"])
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "表.xlsx")
    assert read_xlsx(tmp_path / "表.xlsx")[0].hidden_columns == frozenset({2})


def test_macros_and_links_are_left_alone(workbook: Callable[..., Path]) -> None:
    path = workbook([["名称"], ["甲"]], name="表.xlsm")
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/vbaProject.bin", b"<" * 600_000)
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<" * 600_000)
    assert read_xlsx(path)[0].rows == (Row(1, ("名称",)), Row(2, ("甲",)))


def test_rows_and_cells_without_a_place_follow_each_other(workbook: Callable[..., Path]) -> None:
    path = workbook([["名称", "类别"], ["甲", "乙"]])
    for place in (b' r="A1"', b' r="B1"', b' r="1"', b' r="A2"', b' r="B2"', b' r="2"'):
        rewritten(path, SHEET, place, b"")
    assert read_xlsx(path)[0].rows == (Row(1, ("名称", "类别")), Row(2, ("甲", "乙")))


def test_ten_thousand_columns_are_read_or_refused_in_a_moment(
    workbook: Callable[..., Path],
) -> None:
    (sheet,) = read_xlsx(workbook([["名称", *range(9_999)], ["甲"]]))
    assert [len(row.texts) for row in sheet.rows] == [10_000, 1]


def test_pictures_do_not_make_a_workbook_too_large(workbook: Callable[..., Path]) -> None:
    path = workbook([["名称"]])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * 21_000_000, compresslevel=1)
    assert read_xlsx(path)[0].rows == (Row(1, ("名称",)),)


def test_the_strict_kind_of_workbook_is_named(workbook: Callable[..., Path]) -> None:
    path = rewritten(
        workbook([["名称"]]),
        "xl/workbook.xml",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with pytest.raises(UnreadableFileError, match="“Strict Open XML”。请用 Excel 另存为"):
        read_xlsx(path)


def test_a_formula_that_gives_an_empty_text_is_blank(workbook: Callable[..., Path]) -> None:
    path = rewritten(
        workbook([["名称"], ["=IF(B2=1,2,3)"]]),
        SHEET,
        b'<c r="A2">',
        b'<c r="A2" t="str">',
    )
    sheet = read_xlsx(path)[0]
    assert (sheet.rows, sheet.faults) == ((Row(1, ("名称",)),), {})


def test_a_number_too_large_for_the_date_it_is_formatted_as_is_a_fault(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = dt.date(2024, 5, 1)
    book.save(tmp_path / "表.xlsx")
    path = rewritten(tmp_path / "表.xlsx", SHEET, b"<v>45413</v>", b"<v>30000000</v>")
    assert list(read_xlsx(path)[0].faults) == [(1, 0)]


def test_hidden_rows_are_told(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["名称"], ["甲"], ["乙"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "表.xlsx")
    assert read_xlsx(tmp_path / "表.xlsx")[0].hidden_rows == frozenset({2})


def test_persons_in_the_names_of_file_and_sheet_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["名称"])
    book.active.title = "金丝雀甲19900000001"
    path = tmp_path / "汇总表 金丝雀甲19900000001.xlsx"
    book.save(path)
    assert [(sheet.file, sheet.name) for sheet in read_xlsx(path)] == [("汇总表.xlsx", "")]
