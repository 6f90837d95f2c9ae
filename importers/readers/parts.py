"""The parts of a workbook: how large they are, told before any is opened."""

from zipfile import ZipFile, ZipInfo

from importers.readers.markup import TooLargeError

_LARGEST_TABLE_BYTES = 150_000_000
_LARGEST_BYTES = 20_000_000
# A tree of tags takes some hundred times their bytes; styles of 64,000 cells have 400,000.
_MOST_TAGS = 500_000
_TABLES = ("xl/worksheets/", "xl/sharedStrings")
# Pictures, macros, pivot caches and other workbooks' values are never opened.
_UNOPENED = (
    "xl/media/",
    "xl/drawings/",
    "xl/pivot",
    "xl/externalLinks/",
    "xl/charts/",
    "xl/embeddings/",
    "xl/vbaProject",
    "customXml/",
)
_CHUNK = 1 << 20


def check_size(archive: ZipFile) -> None:
    """Look at the sizes before anything is opened.

    Raises:
        TooLargeError: reading the workbook would take minutes or all memory.
    """
    parts = [one for one in archive.infolist() if not one.filename.startswith(_UNOPENED)]
    tables = [one for one in parts if one.filename.startswith(_TABLES)]
    others = [one for one in parts if not one.filename.startswith(_TABLES)]
    if (
        sum(one.file_size for one in tables) > _LARGEST_TABLE_BYTES
        or sum(one.file_size for one in others) > _LARGEST_BYTES
        or sum(_tags(archive, one) for one in others) > _MOST_TAGS
    ):
        raise TooLargeError


def _tags(archive: ZipFile, part: ZipInfo) -> int:
    count = 0
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"<")
    return count


def is_strict(archive: ZipFile) -> bool:
    """Whether this is Excel's other xlsx, Strict Open XML, in which openpyxl sees no sheet."""
    return b"http://purl.oclc.org/ooxml/" in archive.read("xl/workbook.xml")
