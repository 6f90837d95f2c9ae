"""Which encoding a text file is in: UTF-8, UTF-16 or GB18030, the three that offices send."""

import codecs

from geodata.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, *, name: str) -> str:
    """The text of a file; `name` is only for the message when it is none."""
    for encoding in _candidates(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8" and _is_damaged_utf8(data):
                break
    raise UnreadableFileError(
        f"“{name}”的文字编码认不出来或已损坏。请用 Excel 另存为 xlsx，"
        "或用记事本另存为 UTF-8 编码的文本再导入。"
    )


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\x00" in data:
        return (_utf16_by_zeros(data),)
    return ("utf-8", "gb18030")


def _utf16_by_zeros(data: bytes) -> str:
    # Digits, tabs and line ends have a zero high byte: its place tells the byte order.
    even = data[0::2].count(0)
    odd = data[1::2].count(0)
    return "utf-16-le" if odd >= even else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    # A few bad bytes in UTF-8 would pass as GB18030 and turn the whole file into wrong characters.
    text = data.decode("utf-8", errors="replace")
    wide = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * 20 < wide
