"""Which encoding a text file is in: UTF-8, UTF-16 or GB18030, the three that offices send.

The bytes are looked at piece by piece, so that a file of any length takes no memory.
"""

import codecs
from collections.abc import Iterator
from os import SEEK_END
from typing import BinaryIO

from geodata.errors import UnreadableFileError

_CHUNK = 1 << 20
_STRAY = 200
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(file: BinaryIO, *, name: str) -> str:
    """The encoding all of a file is in; `name` is only for the message when there is none."""
    for encoding in _candidates(file):
        if _fits(file, encoding):
            return encoding
        if encoding == "utf-8" and _is_damaged_utf8(file):
            break
    raise UnreadableFileError(
        f"“{name}”的文字编码认不出来或已损坏。请用 Excel 另存为 xlsx，"
        "或用记事本另存为 UTF-8 编码的文本再导入。"
    )


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _candidates(file: BinaryIO) -> tuple[str, ...]:
    first = next(_pieces(file), b"")
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return (encoding,)
    if not any(b"\x00" in chunk for chunk in _pieces(file)):
        return ("utf-8", "gb18030")
    # Digits, tabs and line ends have a zero high byte: its place tells the byte order.
    even = sum(chunk[0::2].count(0) for chunk in _pieces(file))
    odd = sum(chunk[1::2].count(0) for chunk in _pieces(file))
    wide = "utf-16-le" if odd >= even else "utf-16-be"
    # In UTF-8 some systems leave a stray zero here and there.
    few = (even + odd) * _STRAY < file.seek(0, SEEK_END)
    return ("utf-8", wide) if few else (wide,)


def _fits(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _pieces(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _is_damaged_utf8(file: BinaryIO) -> bool:
    # A few bad bytes in UTF-8 would pass as GB18030 and turn the whole file into wrong characters.
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    wide = bad = 0
    for chunk in (*_pieces(file), b""):
        text = decoder.decode(chunk, final=not chunk)
        wide += len(text) - len(text.encode("ascii", errors="ignore"))
        bad += text.count("\ufffd")
    return bad * 20 < wide
