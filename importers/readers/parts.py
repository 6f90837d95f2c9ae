"""What the XML of a workbook says beside its cells: its size, what is merged, what is hidden.

openpyxl hands rows on one by one, without the ranges merged and the rows hidden; and what unpacks
to gigabytes it opens like any other file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

from importers.sheet import Span

# openpyxl reads some 100,000 a second; a column formatted to the end of its sheet is 1,048,576.
MOST_CELLS = 1_200_000
_LARGEST_TABLE_BYTES = 150_000_000
_LARGEST_BYTES = 20_000_000
_TABLES = ("xl/worksheets/", "xl/sharedStrings")
# Pictures, pivot caches and other workbooks' values are never opened.
_UNOPENED = ("xl/media/", "xl/drawings/", "xl/pivot", "xl/externalLinks/", "xl/charts/")
_CHUNK = 1 << 20
_CELLS = (b"<c", b":c ", b"<si", b":si>")
_NAME = rb"<(?:\w+:)?"
_MERGED = re.compile(_NAME + rb'mergeCell\s[^<>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN = re.compile(_NAME + rb'row\s(?=[^<>]*hidden="(?:1|true)")[^<>]*\br="(\d+)"')
# A formula whose result is an empty text says so (t="str") and is a blank cell.
_UNCOMPUTED = re.compile(
    _NAME
    + rb'c\s(?![^<>]*\bt="str")(?=[^<>]*\br="([A-Z]+)(\d+)")[^<>]*>\s*'
    + _NAME
    + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:"
    + _NAME
    + rb"v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet's merged ranges, hidden rows, and formulas nobody computed, by row and column."""

    merged: tuple[Span, ...]
    hidden_rows: frozenset[int]
    uncomputed: tuple[tuple[int, int], ...]


def is_too_large(archive: ZipFile) -> bool:
    """Whether reading the workbook would take minutes or all memory."""
    tables = [one for one in archive.infolist() if one.filename.startswith(_TABLES)]
    others = [one for one in archive.infolist() if not one.filename.startswith(_TABLES)]
    if sum(one.file_size for one in tables) > _LARGEST_TABLE_BYTES:
        return True
    if any(
        one.file_size > _LARGEST_BYTES and not one.filename.startswith(_UNOPENED) for one in others
    ):
        return True
    cells = 0
    for one in tables:
        with archive.open(one) as file:
            while chunk := file.read(_CHUNK):
                cells += sum(map(chunk.count, _CELLS))
                if cells > MOST_CELLS:
                    return True
    return False


def is_strict(archive: ZipFile) -> bool:
    """Whether this is Excel's other xlsx, Strict Open XML, in which openpyxl sees no sheet."""
    return b"http://purl.oclc.org/ooxml/" in archive.read("xl/workbook.xml")


def read_part(archive: ZipFile, name: str) -> Part:
    """What a sheet's XML says beside its cells."""
    merged: list[Span] = []
    hidden: set[int] = set()
    uncomputed: list[tuple[int, int]] = []
    with archive.open(name) as file:
        for text in _whole_rows(file):
            merged += [_span(*found.groups()) for found in _MERGED.finditer(text)]
            if b"hidden=" in text:
                hidden.update(int(found[1]) for found in _HIDDEN.finditer(text))
            if b"f>" in text or b"<f" in text:
                uncomputed += [
                    (int(found[2]), _column(found[1])) for found in _UNCOMPUTED.finditer(text)
                ]
    return Part(tuple(merged), frozenset(hidden), tuple(uncomputed))


def _whole_rows(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces that end where a row ends."""
    rest = b""
    while chunk := file.read(_CHUNK):
        whole, end, rest = (rest + chunk).rpartition(b"row>")
        yield whole + end
    yield rest


def _column(letters: bytes) -> int:
    return int(column_index_from_string(letters.decode())) - 1


def _span(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Span:
    return Span(int(top), _column(left), int(bottom), _column(right))
