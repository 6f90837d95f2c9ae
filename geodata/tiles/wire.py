"""The few forms of Protocol Buffers that a tile needs."""

import struct
from collections.abc import Iterable

_VARINT, _DOUBLE, _BYTES = 0, 1, 2


def varint(number: int) -> bytes:
    """A whole number from 0 up."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number: int) -> int:
    """A whole number of either sign as one from 0 up, small where it is near 0."""
    return number << 1 if number >= 0 else -number * 2 - 1


def whole(field: int, number: int) -> bytes:
    """A field that holds a whole number."""
    return varint(field << 3 | _VARINT) + varint(number)


def double(field: int, number: float) -> bytes:
    """A field that holds a number."""
    return varint(field << 3 | _DOUBLE) + struct.pack("<d", number)


def chunk(field: int, content: bytes) -> bytes:
    """A field that holds text, or a message of its own."""
    return varint(field << 3 | _BYTES) + varint(len(content)) + content


def packed(field: int, numbers: Iterable[int]) -> bytes:
    """A field that holds several whole numbers."""
    return chunk(field, b"".join(map(varint, numbers)))
