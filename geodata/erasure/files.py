"""Whether a file that was sent in holds a person, told from its bytes."""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from geodata.erasure.sought import Sought

# A cell of a workbook may be cut into runs of text, each in tags of its own.
_TAGS = re.compile(r"<[^<>]*>")
_CODES = ("utf-8", "gb18030", "utf-16-le")
_ZIP = b"PK\x03\x04"
# What is wrapped in ways of its own: nobody can tell by its bytes.
_CLOSED = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
_MOST = 300_000_000


def may_hold(content: bytes, sought: Sought) -> bool:
    """Whether a file holds the person; also where that cannot be told, so that none stays."""
    if content.startswith(_CLOSED):
        return True
    if not content.startswith(_ZIP):
        return _in_text(content, sought)
    try:
        return any(_in_text(member, sought) for member in _members(content))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError):
        return True


def _members(content: bytes) -> Iterator[bytes]:
    with ZipFile(BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > _MOST:
            raise OverflowError
        for one in archive.infolist():
            yield one.filename.encode()
            member = archive.read(one)
            yield from (_members(member) if member.startswith(_ZIP) else (member,))


def _in_text(content: bytes, sought: Sought) -> bool:
    for code in _CODES:
        text = content.decode(code, errors="ignore")
        if sought.holds(text) or sought.holds(unescape(_TAGS.sub("", text))):
            return True
    return False
