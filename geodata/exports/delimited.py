"""csv that Excel opens as it is meant: a BOM, and no text that could run as a formula."""

import csv
from collections.abc import Iterator
from io import StringIO

from geodata.exports.fields import Value, names
from geodata.exports.formula import is_formula
from geodata.exports.rows import Export

MEDIA_TYPE = "text/csv; charset=utf-8"
_ROWS_A_PIECE = 500


def csv_bytes(export: Export) -> Iterator[bytes]:
    """The file piece by piece."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names(export.fields))
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(export.rows, start=1):
        writer.writerow([safe(value) for value in row])
        if number % _ROWS_A_PIECE == 0:
            yield _taken(out)
    yield _taken(out)


def safe(value: Value) -> str:
    """A value as a cell's text; what would be a formula is led by an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\x00", "")
    return f"'{text}" if is_formula(text) else text


def _taken(out: StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()
