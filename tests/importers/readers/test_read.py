from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from geodata.errors import UnreadableFileError
from importers.readers import read
from importers.tables.sheet import Row, Sheet

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET_2003 = (
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
)


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("表.xls", OLD_OFFICE, "旧版 Excel 文件"),
        ("表.doc", OLD_OFFICE, "旧版 Word 或 WPS 文字文件"),
        ("表.wps", OLD_OFFICE, "另存为 docx"),
        ("表.et", OLD_OFFICE, "WPS 表格的旧格式"),
        ("表.xlsx", OLD_OFFICE, "去掉密码，另存为 xlsx"),
        ("表.docx", OLD_OFFICE, "去掉密码，另存为 docx"),
        ("表.pdf", b"%PDF-1.7 ...", "是 PDF"),
        ("表.doc", b"{\\rtf1", "是 RTF 文件"),
        ("表.xls", b"\r\n<html><table></table></html>", "其实是网页"),
        ("表.xls", "\ufeff<!DOCTYPE html>".encode(), "其实是网页"),
        ("表.csv", "\ufeff<table>".encode("utf-16-le"), "其实是网页"),
        ("表.xls", SPREADSHEET_2003, "XML 电子表格 2003"),
        ("表.xls", b"\x09\x08\x10\x00", "不是 .xls 文件应有的格式"),
        ("表.xlsx", b"PK\x03\x04 broken", "已损坏"),
        ("表.xlsx", b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 20, "已损坏"),
        ("表.xlsx", b"PK\x03\x04" + b"PK\x05\x06" + b"\0" * 4, "已损坏"),
        ("表.csv", b"", "是空文件"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, advice: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=advice) as refused:
        read(path)
    assert str(refused.value).startswith((f"“{name}”", f"打不开文件“{name}”"))


@pytest.mark.parametrize(
    ("parts", "advice"),
    [
        (("word/document.xml",), "不是完好的 docx 文件"),
        (("一.csv",), "是压缩包"),
        (("一.xlsx",), "是压缩包"),
        (("xl/workbook.bin",), "是二进制工作簿"),
        (("Index/Document.iwa",), "是 Numbers 或 Pages 文件"),
        (("mimetype", "content.xml"), "是 OpenDocument 文件"),
    ],
)
def test_an_archive_is_told_by_what_is_in_it(
    tmp_path: Path, parts: tuple[str, ...], advice: str
) -> None:
    path = tmp_path / "表.docx"
    with ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    with pytest.raises(UnreadableFileError, match=advice):
        read(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read(tmp_path / "没有.csv")
    assert str(refused.value) == "打不开文件“没有.csv”：请检查路径和权限。"


def test_a_workbook_is_known_by_its_bytes_whatever_its_name(workbook: Callable[..., Path]) -> None:
    path = workbook([["名称", "类别"]], name="改过名.xls")
    assert read(path) == [
        Sheet("改过名.xls", "Sheet", (Row(1, ("名称", "类别")),), lettered=True, faults={})
    ]


def test_a_text_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n")
        file.truncate(5_000_000_000)
    with pytest.raises(UnreadableFileError, match="太大：文本不能超过 1000 MB"):
        read(path)
