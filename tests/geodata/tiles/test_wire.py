"""Numbers and fields as Protocol Buffers write them; examples from its documentation."""

import pytest

from geodata.tiles.wire import chunk, double, packed, varint, whole, zigzag


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, b"\0"), (1, b"\x01"), (127, b"\x7f"), (150, b"\x96\x01"), (300, b"\xac\x02")],
)
def test_small_numbers_take_few_bytes(number: int, written: bytes) -> None:
    assert varint(number) == written


def test_numbers_near_nothing_stay_small_in_either_sign() -> None:
    assert [zigzag(number) for number in (0, -1, 1, -2, 2147483647, -2147483648)] == [
        *(0, 1, 2, 3, 4294967294, 4294967295)
    ]


def test_fields_carry_their_number_and_form() -> None:
    assert whole(1, 150) == b"\x08\x96\x01"
    assert chunk(2, b"testing") == b"\x12\x07testing"
    assert packed(4, [3, 270, 86942]) == b"\x22\x06\x03\x8e\x02\x9e\xa7\x05"
    assert double(3, 1.0) == b"\x19\0\0\0\0\0\0\xf0\x3f"
