from collections.abc import Callable
from functools import partial

import pytest

from geodata.errors import CellError
from importers.cells import typed
from importers.cells.typed import Amount

ZERO = partial(typed.heads, nothing=True)


@pytest.mark.parametrize(
    ("reader", "text", "amount"),
    [
        (typed.heads, "120", Amount(120)),
        (typed.heads, "1,200", Amount(1200)),
        (typed.heads, "１２００人", Amount(1200)),
        (typed.heads, "约100余人", Amount(100, about=True)),
        (typed.heads, "100多", Amount(100, about=True)),
        (typed.heads, "100-200人", Amount(100, about=True)),
        (typed.heads, "500人以上", Amount(500, about=True)),
        (typed.heads, "百余人", Amount(100, about=True)),
        (typed.heads, "1.2万", Amount(12000)),
        (typed.heads, "两千", Amount(2000)),
        (typed.heads, "50家(含分部)", Amount(50)),
        (typed.heads, "0", Amount(0)),
        (typed.heads, "1 200", Amount(1200)),
        (typed.heads, " 120\n人 ", Amount(120)),
        (typed.heads, "120.0", Amount(120)),
        (typed.heads, "120人（其中女职工50人）", Amount(120)),
        (typed.heads, "共120人", Amount(120)),
        (typed.heads, "一百二十", Amount(120)),
        (typed.heads, "十二人", Amount(12)),
        (typed.heads, "一千两百", Amount(1200)),
        (typed.heads, "1万2000", Amount(12000)),
        (typed.heads, "1万5", Amount(15000)),
        (typed.heads, "三万五", Amount(35000)),
        (typed.heads, "上千", Amount(1000, about=True)),
        (typed.heads, "上百人", Amount(100, about=True)),
        (typed.heads, "近千人", Amount(1000, about=True)),
        (typed.heads, "两百多", Amount(200, about=True)),
        (typed.heads, "二十余人", Amount(20, about=True)),
        (typed.heads, "100+", Amount(100, about=True)),
        (typed.heads, "≈100", Amount(100, about=True)),
        (typed.heads, "不低于500", Amount(500, about=True)),
        (typed.heads, "100人左右", Amount(100, about=True)),
        (typed.heads, "/", None),
        (typed.heads, "待定", None),
        (ZERO, "无", Amount(0)),
        (typed.area_m2, "84平方米", Amount(84)),
        (typed.area_m2, "84㎡", Amount(84)),
        (typed.area_m2, "84m <sup>2</sup>", Amount(84)),
        (typed.area_m2, "84 (其中休憩约40)", Amount(84)),
        (typed.area_m2, "约84.5平米", Amount(84.5, about=True)),
        (typed.area_m2, "三十平方米", Amount(30)),
        (typed.area_m2, "80-100㎡", Amount(80, about=True)),
        (typed.area_m2, "60多平", Amount(60, about=True)),
        (typed.yuan, "30元", Amount(30)),
        (typed.yuan, "1万5", Amount(15_000)),
        (typed.yuan, "1.5万", Amount(15_000)),
        (typed.yuan, "15000元", Amount(15_000)),
        (typed.yuan, "１５，０００元", Amount(15_000)),
        (typed.yuan, "30,000.00元", Amount(30_000)),
        (typed.yuan, "人民币3万元整", Amount(30_000)),
        (typed.yuan, "约3万元", Amount(30_000, about=True)),
        (typed.yuan, "￥28.5", Amount(28.5)),
        (typed.yuan, "25-35元", Amount(25, about=True)),
        (typed.yuan, "免费", Amount(0)),
        (partial(typed.yuan, factor=10_000.0), "1.5", Amount(15_000)),
        (partial(typed.yuan, factor=10_000.0), "3万元", Amount(30_000)),
        (partial(typed.yuan, factor=10_000.0), "30000元", Amount(30_000)),
        (typed.half_days, "2个半天", Amount(2)),
        (typed.half_days, "1-2", Amount(1, about=True)),
        (typed.half_days, "两个半天", Amount(2)),
        (typed.half_days, "0.5", Amount(0.5)),
        (typed.turns, "2次", Amount(2)),
    ],
)
def test_amounts_as_offices_write_them(
    reader: Callable[[str], Amount | None], text: str, amount: Amount | None
) -> None:
    assert reader(text) == amount


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (typed.heads, "很多", "一个数，例如 120"),
        (typed.heads, "无", "一个数，例如 120"),
        (typed.heads, "-5", "一个数，例如 120"),
        (typed.heads, "三四十人", "一个数，例如 120"),
        (typed.heads, "数百人", "一个数，例如 120"),
        (typed.heads, "男50女30", "一个数，例如 120"),
        (typed.heads, "不足100", "一个数，例如 120"),
        (typed.area_m2, "12m×7m", "一个数，例如 120"),
        (typed.heads, "12.5", "不超过 1000000 的整数，例如 120"),
        (typed.heads, "63773621", "不超过 1000000 的整数，例如 120"),
        (typed.area_m2, "0", "大于 0 的平方米数，例如 84"),
        (typed.yuan, "200000000", "不超过一亿元的金额；单位可能填错了"),
        (typed.half_days, "15", "每周的半天数，0 到 14"),
        (typed.turns, "0", "每餐翻台次数，例如 2"),
        (typed.year, "去年", "四位数的年份，例如 2025"),
        (partial(typed.degrees, limit=90.0), "121.47", "不超过 90 的度数；经度和纬度可能填反了"),
        (partial(typed.degrees, limit=180.0), "121°28′", "十进制的度数，例如 121.4710"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(
    reader: Callable[[str], object], text: str, expected: str
) -> None:
    with pytest.raises(CellError) as refused:
        reader(text)
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("2025", 2025), ("2025年", 2025), ("2025-02", 2025), ("2025年2月底", 2025), ("不详", None)],
)
def test_years(text: str, year: int | None) -> None:
    assert typed.year(text) == year


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("空调、冰箱；微波炉\n饮水机", ("空调", "冰箱", "微波炉", "饮水机")),
        ("保健课程(甲医院、乙医院)、沙龙", ("保健课程(甲医院、乙医院)", "沙龙")),
        ("空调 冰箱", ("空调", "冰箱")),
        ("空调、空调、", ("空调",)),
    ],
)
def test_lists_split_outside_brackets(text: str, parts: tuple[str, ...]) -> None:
    assert typed.items(text) == parts


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("", True), (" \n", True), ("／", True), ("待 定", True), ("无", False), ("0", False)],
)
def test_a_cell_that_says_nobody_knows_is_told(text: str, unknown: bool) -> None:
    assert typed.is_unknown(text) is unknown


@pytest.mark.parametrize("reader", [typed.heads, typed.area_m2, typed.yuan, typed.half_days])
@pytest.mark.parametrize("piece", ["9", "9~", "1,000,", "(", "<", "约", "万", "1万", "一", "0."])
def test_a_text_of_any_length_is_no_number(reader: Callable[[str], object], piece: str) -> None:
    with pytest.raises(CellError):
        reader(piece * 50_000)
