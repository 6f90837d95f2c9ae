"""The shared strings of a workbook: the text of each, without how it is to be read aloud."""

import re
from typing import IO

from importers.readers.markup import TooLargeError, parser
from importers.tables.sheet import clean

_CHUNK = 1 << 18
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRING, _TEXT, _PHONETIC = (f"{_MAIN} {tag}" for tag in ("si", "t", "rPh"))


# What Excel writes for characters XML cannot hold, and for an underscore before such a thing.
_ESCAPE = re.compile(r"_x(00[0-7][0-9A-Fa-f])_")


def unescaped(text: str) -> str:
    """_x000D_ is a line break, _x005F_ an underscore."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Strings:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._written: list[str] = []
        self._taking = self._phonetic = False

    def start(self, tag: str, _given: dict[str, str]) -> None:
        if tag == _TEXT:
            self._taking = not self._phonetic
        elif tag == _PHONETIC:
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag == _TEXT:
            self._taking = False
        elif tag == _PHONETIC:
            self._phonetic = False
        elif tag == _STRING:
            self.found.append(clean(unescaped("".join(self._written))).strip())
            self._written.clear()

    def take(self, text: str) -> None:
        if self._taking:
            self._written.append(text)


def read_strings(file: IO[bytes], *, most: int) -> list[str]:
    """The strings in order, fit to be cells.

    Raises:
        TooLargeError: there are more than `most`.
    """
    strings = _Strings()
    expat = parser(start=strings.start, end=strings.end, text=strings.take)
    while chunk := file.read(_CHUNK):
        expat.Parse(chunk, False)
        if len(strings.found) > most:
            raise TooLargeError
    expat.Parse(b"", True)
    return strings.found
