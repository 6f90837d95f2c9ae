"""Lines of Chinese and letters."""

import pytest

from maps.printed.wrap import wrapped


def advance(sign: str) -> float:
    return 0.5 if sign.isascii() else 1.0


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("职工服务站点", 3, ["职工服", "务站点"]),
        ("职工，服务", 2, ["职", "工，", "服务"]),
        ("去（浦东）看", 2, ["去", "（浦", "东）", "看"]),
        ("共 GCJ-02 坐标", 5, ["共 GCJ-02", "坐标"]),
        ("aaaaaaaaaa", 2, ["aaaa", "aaaa", "aa"]),
        ("一\n二", 9, ["一", "二"]),
        ("半天 半天", 2, ["半天", "半天"]),
    ],
)
def test_a_text_is_broken_where_chinese_may_be(text: str, width: float, lines: list[str]) -> None:
    assert wrapped(text, width, advance) == lines


def test_no_line_is_wider_than_it_may_be() -> None:
    text = "（一个很长的名称，写着 https://example.org/a/very/long/address 和《说明》。）" * 4
    for width in (3.0, 7.5, 20.0):
        lines = wrapped(text, width, advance)
        assert max(sum(map(advance, line)) for line in lines) <= width
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
