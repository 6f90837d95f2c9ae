"""Files that are not read, and for each the sentence that says how to make one that is."""

import re
from collections.abc import Iterable
from pathlib import Path

from importers.private import public_name

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再导入。"
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|meta|table|style|div)\b", re.IGNORECASE)
_SPREADSHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def old_office(path: Path) -> str:
    """Why a file of the old Office format, or one behind a password, is not read."""
    name, suffix = public_name(path), path.suffix.lower()
    if suffix in {".xlsx", ".xlsm", ".docx", ".docm"}:
        form = "docx" if suffix.startswith(".doc") else "xlsx"
        return f"“{name}”设了打开密码或是旧格式。请去掉密码，另存为 {form} 再导入。"
    if suffix in {".doc", ".wps"}:
        return f"“{name}”是旧版 Word 或 WPS 文字文件。请打开后另存为 docx 再导入。"
    if suffix == ".et":
        return f"“{name}”是 WPS 表格的旧格式。请用 WPS 打开，另存为 xlsx 再导入。"
    return f"“{name}”是旧版 Excel 文件。请用 Excel 另存为“Excel 工作簿（.xlsx）”再导入。"


def foreign_text(path: Path, first: bytes) -> str:
    """Why a file that begins so is not read; "" when it may be a table in text."""
    name = public_name(path)
    if first.startswith(b"%PDF"):
        return (
            f"“{name}”是 PDF。请打开后把表格复制到 Excel 另存为 xlsx，"
            "或把表格文字粘贴到 txt 文件里再导入。"
        )
    if first.startswith(b"{\\rtf"):
        return f"“{name}”是 RTF 文件。请用 Word 打开后另存为 docx 再导入。"
    plain = _without_mark(first).replace(b"\x00", b"")
    if _SPREADSHEET_2003 in plain:
        return f"“{name}”其实是“XML 电子表格 2003”。{_SAVE_AS}"
    if _HTML.match(plain):
        return f"“{name}”其实是网页（许多系统导出的 xls 都是）。{_SAVE_AS}"
    return ""


def _without_mark(first: bytes) -> bytes:
    for mark in _BYTE_ORDER_MARKS:
        first = first.removeprefix(mark)
    return first


def foreign_archive(path: Path, names: Iterable[str]) -> str:
    """Why an archive with these parts is not read."""
    name, parts = public_name(path), set(names)
    if "xl/workbook.bin" in parts:
        return f"“{name}”是二进制工作簿（.xlsb）。{_SAVE_AS}"
    if "Index/Document.iwa" in parts or "Index.zip" in parts:
        return f"“{name}”是 Numbers 或 Pages 文件。请导出为 Excel 的 xlsx 再导入。"
    if {"mimetype", "content.xml"} <= parts:
        return f"“{name}”是 OpenDocument 文件（.ods、.odt）。{_SAVE_AS}"
    return f"“{name}”是压缩包或别的办公软件的文件。请解压，或另存为 xlsx 再导入。"
