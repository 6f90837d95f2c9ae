"""A file is called what its owner called it, in whatever bytes a machine wrote the name."""

import os

import pytest

from importers.file_names import readable


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("驿站.xlsx".encode(), "驿站.xlsx"),
        ("驿站.xlsx".encode("gbk"), "驿站.xlsx"),
        ("𠮷祥里站点.csv".encode("gb18030"), "𠮷祥里站点.csv"),
        (b"plain.csv", "plain.csv"),
        (b"\xff\xff.csv", "��.csv"),
    ],
)
def test_a_name_in_utf_8_or_gbk_is_a_text_that_can_be_kept(raw: bytes, name: str) -> None:
    assert readable(os.fsdecode(raw)) == name
    assert readable(os.fsdecode(raw)).encode() != b""
