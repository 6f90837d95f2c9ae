"""JPEG and PNG files without what cameras and editors write into them: place, owner, previews.

Only the picture itself is kept, and how it is to be turned: a phone writes that into its EXIF,
which goes with the rest.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.errors import UnreadableFileError

MAX_BYTES = 2 * 1024 * 1024
MAX_SIDE_PX = 8000
JPEG, PNG = "image/jpeg", "image/png"
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"})
_SOI, _EOI, _SOS, _APP1, _APP14 = 0xD8, 0xD9, 0xDA, 0xE1, 0xEE
# Tables, frames and scans; every application segment but Adobe's colour transform is left out.
_JPEG_KEPT = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
# Its length, its name, and seven bytes of numbers: there is no room for anything else.
_ADOBE, _ADOBE_BYTES = b"Adobe", 14
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_RESTARTS = frozenset(range(0xD0, 0xD8))
_ORIENTATION = 0x0112
_DAMAGED = "这张照片读不懂或不完整，请换一张 JPEG 或 PNG。"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as it may be shown."""

    media_type: str
    content: bytes


def clean(data: bytes) -> Cleaned:
    """A JPEG or PNG stripped of all metadata.

    Raises:
        UnreadableFileError: too big, another format, or damaged.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError("照片太大：最多 2 MB，请在手机里缩小了再传。")
    try:
        if data.startswith(_PNG_MAGIC):
            return Cleaned(PNG, _PNG_MAGIC + b"".join(_png(data)))
        if data.startswith(b"\xff\xd8\xff"):
            return Cleaned(JPEG, _jpeg(data))
    except (struct.error, IndexError) as error:
        raise UnreadableFileError(_DAMAGED) from error
    raise UnreadableFileError("只收 JPEG 或 PNG 照片。")


def _png(data: bytes) -> Iterator[bytes]:
    at, kind = len(_PNG_MAGIC), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(kind + body) != check or (kind == b"IHDR") != (at == len(_PNG_MAGIC)):
            raise UnreadableFileError(_DAMAGED)
        if kind == b"IHDR":
            _check_size(*struct.unpack_from(">II", body))
        if kind in _PNG_KEPT:
            yield data[at : at + 12 + length]
        at += 12 + length


def _jpeg(data: bytes) -> bytes:
    """Segment by segment up to the end of the picture; what cameras append is not read."""
    kept, turned, at, framed = [b"\xff\xd8"], 1, 2, False
    while True:
        marker, at = _marker(data, at)
        if marker == _EOI:
            break
        (length,) = struct.unpack_from(">H", data, at)
        body = data[at : at + length]
        if len(body) != length or length < 2:
            raise UnreadableFileError(_DAMAGED)
        at += length
        if marker == _APP1 and body[2:8] == b"Exif\0\0":
            turned = _orientation(body[8:])
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, 3)
            _check_size(width, height)
            framed = True
        adobe = marker == _APP14 and len(body) == _ADOBE_BYTES and body[2:7] == _ADOBE
        if adobe or marker in _JPEG_KEPT or marker in _FRAMES:
            kept.append(bytes((0xFF, marker)) + body)
        if marker == _SOS:
            end = _scan_end(data, at)
            kept.append(bytes((0xFF, marker)) + body + data[at:end])
            at = end
    if not framed:
        raise UnreadableFileError(_DAMAGED)
    return kept[0] + _turned(turned) + b"".join(kept[1:]) + b"\xff\xd9"


def _marker(data: bytes, at: int) -> tuple[int, int]:
    if data[at] != 0xFF:
        raise UnreadableFileError(_DAMAGED)
    while data[at] == 0xFF:
        at += 1
    return data[at], at + 1


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded data of a scan end: at the next marker that is no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise UnreadableFileError(_DAMAGED)
        if data[at + 1] and data[at + 1] not in _RESTARTS:
            return at
        at += 2


def _check_size(width: int, height: int) -> None:
    if not 0 < width <= MAX_SIDE_PX or not 0 < height <= MAX_SIDE_PX:
        raise UnreadableFileError(f"照片的边长最多 {MAX_SIDE_PX} 像素。")


def _orientation(tiff: bytes) -> int:
    """How the picture is turned, 1 to 8 as EXIF counts; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 1
    return 1


def _turned(orientation: int) -> bytes:
    """An EXIF segment that holds the orientation and nothing else."""
    if orientation == 1:
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
