"""The directory of a zip archive, looked at before it is loaded, and how archives are damaged."""

import lzma
import zipfile
import zlib
from pathlib import Path
from xml.parsers.expat import ExpatError

# Whatever Python and openpyxl raise on an archive of XML that is not as it should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ExpatError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)

_END = b"PK\x05\x06"
_LONGEST_END = 65_557
# A workbook has some dozens of parts; Python takes ten times the bytes of a directory for it.
_LARGEST_DIRECTORY = 4_000_000


def has_sane_directory(path: Path) -> bool:
    """Whether there is a directory, and none of a million entries."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
    end = tail.rfind(_END)
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    return end >= 0 and length <= _LARGEST_DIRECTORY
