"""Numbers in Chinese and with 万 in the middle."""

import pytest

from importers.cells.numerals import in_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百二", "120"),
        ("一百二十", "120"),
        ("一百零五", "105"),
        ("一千两百", "1200"),
        ("一千零五十", "1050"),
        ("三万五", "35000"),
        ("三万五千", "35000"),
        ("一万零五百", "10500"),
        ("约二十余人", "约20余人"),
        ("1万5", "15000"),
        ("1万5千", "15000"),
        ("1万2000", "12000"),
        ("3千5", "3500"),
        ("1.5万", "1.5万"),
        ("两千", "2000"),
        ("两个半天", "两个半天"),
        ("百余人", "百余人"),
        ("三四十", "三四十"),
        ("一二", "一二"),
        ("千万", "千万"),
        ("万万", "万万"),
        ("千百", "千百"),
        ("120", "120"),
    ],
)
def test_numbers_are_put_in_digits_or_left(text: str, digits: str) -> None:
    assert in_digits(text) == digits


@pytest.mark.parametrize("piece", ["一", "十", "万", "1万", "一万", "二十", "1"])
def test_a_text_of_any_length_is_passed_through(piece: str) -> None:
    assert in_digits(piece * 50_000)
