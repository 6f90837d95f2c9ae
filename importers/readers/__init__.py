"""From a file to sheets. What a file is, its first bytes say; its name only helps to explain."""

import zipfile
from pathlib import Path

from geodata.errors import UnreadableFileError
from importers.private import public_name
from importers.readers.delimited import read_delimited
from importers.readers.docx import MAIN_PART, read_docx
from importers.readers.refused import foreign_archive, foreign_text, old_office
from importers.readers.xlsx import read_xlsx
from importers.readers.zipped import has_sane_directory
from importers.tables.sheet import Sheet

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_FIRST_BYTES = 2_000
# Some five million rows; reading takes minutes by then, but no more memory.
_LARGEST_TEXT_BYTES = 1_000_000_000
_TEXT_SUFFIXES = {"", ".csv", ".tsv", ".txt", ".text", ".md"}


def read(path: Path) -> list[Sheet]:
    """The sheets of an xlsx workbook, a docx document, a delimited file or pasted text."""
    first = _first_bytes(path)
    if first.startswith(_ZIP):
        return _read_zip(path)
    if first.startswith(_OLD_OFFICE):
        raise UnreadableFileError(old_office(path))
    if reason := foreign_text(path, first):
        raise UnreadableFileError(reason)
    suffix = path.suffix.lower()
    if suffix not in _TEXT_SUFFIXES:
        raise UnreadableFileError(
            f"“{public_name(path)}”的内容不是 {suffix} 文件应有的格式。"
            "请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”再导入。"
        )
    if path.stat().st_size > _LARGEST_TEXT_BYTES:
        raise UnreadableFileError(
            f"“{public_name(path)}”太大：文本不能超过 {_LARGEST_TEXT_BYTES // 1_000_000} MB。"
            "请删去无关的行，或分成几个文件再导入。"
        )
    return [read_delimited(path)]


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            first = file.read(_FIRST_BYTES)
    except OSError as error:
        raise UnreadableFileError(f"打不开文件“{public_name(path)}”：请检查路径和权限。") from error
    if not first:
        raise UnreadableFileError(f"“{public_name(path)}”是空文件。")
    return first


def _read_zip(path: Path) -> list[Sheet]:
    damaged = f"“{public_name(path)}”已损坏，请重新保存或重新下载。"
    if not has_sane_directory(path):
        raise UnreadableFileError(damaged)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFileError(damaged) from error
    if any(map(MAIN_PART.fullmatch, names)):
        return read_docx(path)
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(foreign_archive(path, names))
    return read_xlsx(path)
