"""Photos lose what cameras wrote into them, and keep the picture and how it is turned."""

import struct
import zlib

import pytest

from geodata.errors import UnreadableFileError
from geodata.feedback.pictures import JPEG, MAX_BYTES, PNG, clean

MAGIC = b"\x89PNG\r\n\x1a\n"
SECRET = b"31.2349N 121.4710E Wang"
TABLES = b"\xff\xdb\x00\x05\x00\x01\x02"
FRAME = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"
# A scan with a stuffed 0xFF and a restart inside: neither ends it.
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x11\xff\x00\x22\xff\xd0\x33"
END = b"\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, orientation: int) -> bytes:
    mark = {"<": b"II", ">": b"MM"}[order]
    head = struct.pack(order + "2sHI", mark, 42, 8)
    entries = struct.pack(order + "HHHIHH", 1, 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\0\0" + head + entries + bytes(4) + SECRET)


HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 16, 8, 2, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(bytes(97 * 16)))
IEND = chunk(b"IEND", b"")


def test_a_png_keeps_its_pixels_and_no_text_time_or_tail() -> None:
    extra = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"eXIf", SECRET) + chunk(b"tIME", b"1" * 7)
    found = clean(MAGIC + HEADER + extra + PIXELS + IEND + SECRET)
    assert (found.media_type, found.content) == (PNG, MAGIC + HEADER + PIXELS + IEND)


def test_a_jpeg_keeps_tables_frame_and_scan_and_no_segment_of_an_application() -> None:
    jfif = segment(0xE0, b"JFIF\0")
    profile, comment = segment(0xE2, b"MPF\0" + SECRET), segment(0xFE, SECRET)
    adobe = segment(0xEE, b"Adobe\0d\0\0\0\0\0")
    given = b"\xff\xd8" + jfif + profile + adobe + TABLES + comment + FRAME + SCAN + END + SECRET
    found = clean(given)
    assert found.media_type == JPEG
    assert found.content == b"\xff\xd8" + adobe + TABLES + FRAME + SCAN + END


@pytest.mark.parametrize("said", [b"Adobe" + SECRET, SECRET, b"Adobe\0d" + b"\0" * 6])
def test_what_only_calls_itself_a_colour_transform_is_left_out(said: bytes) -> None:
    given = b"\xff\xd8" + segment(0xEE, said) + TABLES + FRAME + SCAN + END
    assert clean(given).content == b"\xff\xd8" + TABLES + FRAME + SCAN + END


def test_a_progressive_jpeg_keeps_all_its_scans() -> None:
    whole = b"\xff\xd8" + TABLES + FRAME.replace(b"\xff\xc0", b"\xff\xc2") + SCAN + SCAN + END
    assert clean(whole).content == whole


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_phone_held_upright_leaves_the_picture_turned_as_it_was(order: str) -> None:
    found = clean(b"\xff\xd8" + exif(order, 6) + TABLES + FRAME + SCAN + END).content
    turned = found[2 : 2 + 2 + 34]
    assert turned[:2] == b"\xff\xe1"
    assert turned[4:10] == b"Exif\0\0"
    assert struct.unpack(">HHHIHHI", turned[18:36]) == (1, 0x0112, 3, 1, 6, 0, 0)
    assert found[-len(END) - len(SCAN) :] == SCAN + END
    assert SECRET not in found


def test_a_picture_the_right_way_up_has_no_exif_at_all() -> None:
    found = clean(b"\xff\xd8" + exif(">", 1) + TABLES + FRAME + SCAN + END).content
    assert found == b"\xff\xd8" + TABLES + FRAME + SCAN + END


BROKEN = MAGIC + HEADER + PIXELS[:-1] + b"x" + IEND
HUGE = MAGIC + chunk(b"IHDR", struct.pack(">IIBBBBB", 90_000, 16, 8, 2, 0, 0, 0)) + PIXELS + IEND


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "只收 JPEG 或 PNG"),
        (b"GIF89a" + bytes(20), "只收 JPEG 或 PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "只收 JPEG 或 PNG"),
        (MAGIC + HEADER, "不完整"),
        (MAGIC + PIXELS + IEND, "不完整"),
        (BROKEN, "不完整"),
        (HUGE, "边长"),
        (b"\xff\xd8\xff", "不完整"),
        (b"\xff\xd8" + FRAME + SCAN, "不完整"),
        (b"\xff\xd8" + FRAME + SCAN + b"\xff", "不完整"),
        (b"\xff\xd8" + TABLES + END, "不完整"),
        (b"\xff\xd8\xff\xe1\xff\xff", "不完整"),
        (b"\xff\xd8" + b"x" * 9, "只收 JPEG 或 PNG"),
        (MAGIC + bytes(MAX_BYTES), "太大"),
    ],
)
def test_what_is_no_whole_small_picture_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        clean(data)
