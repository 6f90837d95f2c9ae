"""A text as written, or the first letters of its pinyin, whichever way they are read."""

import numpy as np
import pytest

from geodata.searching import Searched, has_letters

TEXTS = ("大世界驿站\n西藏南路1号", "重庆南路休息室", "wifi茶室a座", "")
CITY = Searched(TEXTS)
ALL = np.arange(len(TEXTS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大世界", [0]),
        (" 南路 ", [0, 1]),
        ("南路 驿站", [0]),
        ("南路 xxs", [1]),
        ("dsj", [0]),
        ("DSJ", [0]),
        ("xznl", [0]),
        ("zcnl", []),
        # 重 is read chóng in this road and zhòng elsewhere: both find it.
        ("cqnl", [1]),
        ("zqnl", [1]),
        ("wifi", [2]),
        ("wificsaz", [2]),
        # The end of one line and the beginning of the next are no word.
        ("yzxz", []),
        ("qqqq", []),
        ("s", []),
    ],
)
def test_a_text_is_found_as_written_or_by_its_letters(text: str, found: list[int]) -> None:
    assert CITY.having(text, ALL).tolist() == found


def test_only_those_asked_about_are_found() -> None:
    assert CITY.having("nl", np.array([1, 2])).tolist() == [1]
    assert Searched(()).having("nl", np.array([], dtype=np.intp)).tolist() == []
    assert Searched(("a",)).having("abcdef", np.array([0])).tolist() == []


@pytest.mark.parametrize(
    ("letters", "fits"),
    [("rmgc", True), ("rm", True), ("gc", False), ("rmgcz", False), ("人民", False), ("", False)],
)
def test_a_name_begins_with_its_letters(letters: str, fits: bool) -> None:
    assert has_letters(letters, "人民广场") is fits
