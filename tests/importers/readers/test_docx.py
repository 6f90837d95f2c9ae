import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document as Written

from geodata.declared import DeclaredPlace
from geodata.errors import UnreadableFileError
from importers.form import Match
from importers.parse import recognise, rows_of
from importers.readers import read
from importers.tables.sheet import Row, Sheet, Span

HEADER = ("序号", "所辖区", "培训地点", "详细地址")


def written(document: Written, path: Path, *rows: tuple[str, ...]) -> None:
    """Add a table to a document and save it."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = text
    document.save(str(path))


def with_body(path: Path, body: str) -> Path:
    """A document whose body is this XML."""
    docx.Document().save(str(path))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(
        r"<w:body>.*</w:body>", lambda _found: f"<w:body>{body}</w:body>", main, flags=re.DOTALL
    ).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_each_table_is_a_sheet_with_the_text_next_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("附件 2-10-2")
    document.add_paragraph("轨交现场培训点")
    written(document, tmp_path / "表.docx", HEADER, ("1", "黄浦区", "甲", "某路"))
    document.add_paragraph("注：以上为暂定")
    written(document, tmp_path / "表.docx", ("名称", "类别"), ("乙", "职工书屋"))
    first, second = read(tmp_path / "表.docx")
    assert first == Sheet(
        "表.docx",
        "第 1 个表格",
        (
            Row(-3, ("附件 2-10-2",)),
            Row(-1, ("轨交现场培训点",)),
            Row(1, HEADER),
            Row(2, ("1", "黄浦区", "甲", "某路")),
            Row(4, ("注：以上为暂定",)),
        ),
        lettered=True,
        paragraphs=frozenset({-3, -1, 4}),
    )
    assert (second.name, next(iter(second.rows))) == ("第 2 个表格", Row(-1, ("注：以上为暂定",)))


def test_merged_cells_are_ranges_and_say_their_text_once(tmp_path: Path) -> None:
    document = docx.Document()
    drawn = document.add_table(rows=4, cols=3)
    texts = (
        ("地址", "", "名称"),
        ("区", "门牌", ""),
        ("黄浦区", "某路1号", "甲"),
        ("", "某路2号", "乙"),
    )
    for cells, row in zip(drawn.rows, texts, strict=True):
        for one, text in zip(cells.cells, row, strict=True):
            one.text = text
    for first, last in (((0, 0), (0, 1)), ((0, 2), (1, 2)), ((2, 0), (3, 0))):
        drawn.cell(*first).merge(drawn.cell(*last))
    document.save(str(tmp_path / "表.docx"))
    (sheet,) = read(tmp_path / "表.docx")
    assert sheet.spans == (Span(1, 0, 1, 1), Span(1, 2, 2, 2), Span(3, 0, 4, 0))
    assert [row.texts for row in sheet.rows] == [
        ("地址", "", "名称"),
        ("区", "门牌", ""),
        ("黄浦区", "某路1号", "甲"),
        ("", "某路2号", "乙"),
    ]


def test_a_district_merged_over_rows_is_each_rows_own(tmp_path: Path) -> None:
    document = docx.Document()
    drawn = document.add_table(rows=3, cols=4)
    rows = HEADER, ("1", "黄浦区", "甲", "某路1号"), ("2", "", "乙", "某路\n2号")
    for cells, row in zip(drawn.rows, rows, strict=True):
        for one, text in zip(cells.cells, row, strict=True):
            one.text = text
    drawn.cell(1, 1).merge(drawn.cell(2, 1))
    document.save(str(tmp_path / "表.docx"))
    (found,) = recognise(read(tmp_path / "表.docx"))
    assert isinstance(found, Match)
    assert [
        (one.name, one.district, one.address, one.source.sheet, one.source.row)
        for one in (row.record for row in rows_of(found))
        if isinstance(one, DeclaredPlace)
    ] == [
        ("甲", "黄浦区", "某路1号", "第 1 个表格", 2),
        ("乙", "黄浦区", "某路2号", "第 1 个表格", 3),
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("甲") + run("乙", "<w:vanish/>"), "甲"),
        (run("甲") + run("乙", '<w:vanish w:val="0"/>'), "甲乙"),
        (run("甲") + f"<w:del>{run('乙')}</w:del>", "甲"),
        (f"<w:ins>{run('甲')}</w:ins><w:moveFrom>{run('乙')}</w:moveFrom>", "甲"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>", "甲\n乙 丙"),
        (f"<w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>", "甲"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("甲"), "甲"),
        ("<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>" + run("甲"), "甲"),
    ],
    ids=["hidden", "not hidden", "deleted", "moved", "breaks", "control", "tab stop", "field"],
)
def test_what_is_on_paper_is_read(tmp_path: Path, content: str, text: str) -> None:
    (sheet,) = read(with_body(tmp_path / "表.docx", table(cell(content))))
    assert sheet.rows == (Row(1, (text,)),)


def test_a_deleted_row_goes_and_a_hidden_row_is_told(tmp_path: Path) -> None:
    body = table(
        cell(run("名称")),
        f"<w:trPr><w:del/></w:trPr>{cell(run('旧'))}",
        f"<w:trPr><w:hidden/></w:trPr>{cell(run('甲'))}",
    )
    (sheet,) = read(with_body(tmp_path / "表.docx", body))
    assert sheet.rows == (Row(1, ("名称",)), Row(3, ("甲",)))
    assert sheet.hidden_rows == frozenset({3})


def test_a_table_inside_a_cell_is_a_sheet_of_its_own(tmp_path: Path) -> None:
    inner = table(cell(run("名称")) + cell(run("类别")))
    outer = table(f"<w:tc><w:p>{run('外')}</w:p>{inner}<w:p/></w:tc>{cell(run('右'))}")
    sheets = read(with_body(tmp_path / "表.docx", outer))
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("第 1 个表格", (Row(1, ("外", "右")),)),
        ("第 2 个表格", (Row(1, ("名称", "类别")),)),
    ]


def test_a_row_that_begins_further_right_keeps_its_columns(tmp_path: Path) -> None:
    body = table(
        cell(run("甲")) + cell(run("乙")),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(run("丙")),
    )
    (sheet,) = read(with_body(tmp_path / "表.docx", body))
    assert sheet.rows == (Row(1, ("甲", "乙")), Row(2, ("", "丙")))


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr>",
        table(cell(run("甲"), '<w:gridSpan w:val="x"/>')),
    ],
    ids=["cut off", "no number"],
)
def test_a_damaged_document_is_refused_with_what_to_do(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableFileError, match="不是完好的 docx 文件"):
        read(with_body(tmp_path / "表.docx", body))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;</a>')
    with pytest.raises(UnreadableFileError, match="不是完好的 docx 文件"):
        read(path)


def test_a_table_of_a_thousand_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="太大或太宽"):
        read(with_body(tmp_path / "表.docx", table(cell(run("甲")) * 1_100)))


def test_a_document_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_001, compresslevel=1)
    with pytest.raises(UnreadableFileError, match="太大或太宽，或有一格太长。请只留下"):
        read(path)


def test_macros_of_a_document_are_not_looked_at(tmp_path: Path) -> None:
    path = with_body(tmp_path / "表.docm", table(cell(run("名称"))))
    with ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert read(path)[0].rows == (Row(1, ("名称",)),)


def test_tables_fifty_deep_are_read_to_the_innermost(tmp_path: Path) -> None:
    body = table(cell(run("区")), cell(run("黄浦区")))
    for _ in range(50):
        body = table(f"<w:tc>{body}</w:tc>")
    sheets = read(with_body(tmp_path / "表.docx", body))
    assert (len(sheets), sheets[-1].rows) == (51, (Row(1, ("区",)), Row(2, ("黄浦区",))))
