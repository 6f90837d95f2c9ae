"""Colours of embedded maps."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.embed_theme import ACCENTS, ENOUGH, Theme, contrast, readable_accent, style_sheet, theme

DARK_SURFACE = (27, 36, 48)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def colours(sheet: str) -> dict[str, tuple[int, int, int]]:
    return {name: rgb(value) for name, value in re.findall(r"--([a-z-]+):(#\w{6})", sheet)}


def test_black_on_white_is_21() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 6) == 21.0


@pytest.mark.parametrize("name", ACCENTS)
def test_every_named_accent_can_be_read(name: str) -> None:
    assert readable_accent(name) == ACCENTS[name]


@pytest.mark.parametrize(
    "text", ["", "teal ", "#FFF", "ffff00", "0b5d6", "red;}", "#GGGGGG", "0B5D66\n"]
)
def test_what_is_no_readable_colour_is_none(text: str) -> None:
    assert readable_accent(text) == ""


def test_the_usual_theme_needs_no_sheet() -> None:
    assert [theme(*given).usual for given in (("", ""), ("0b5d66", "x"), ("red", ""))] == [
        *(True, True, False)
    ]


@given(st.tuples(*[st.integers(0, 255)] * 3), st.booleans())
def test_text_in_any_accent_that_is_taken_can_be_read(
    colour: tuple[int, int, int], dark: bool
) -> None:
    accent = readable_accent("{:02x}{:02x}{:02x}".format(*colour))
    found = colours(style_sheet(Theme(accent or ACCENTS["red"], dark)))
    surface = DARK_SURFACE if dark else (255, 255, 255)
    assert contrast(found["primary"], surface) >= ENOUGH
    assert contrast(found["on-primary"], found["primary"]) >= ENOUGH
    assert dark or contrast(found["primary"], found["primary-weak"]) >= ENOUGH
