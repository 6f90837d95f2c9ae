"""What of a name tells one place from another."""

import pytest

from geodata.duplicates.names import numbers, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("前滩“乐湾”驿站", "前滩乐湾"),
        ("前滩乐湾职工驿站", "前滩乐湾"),
        ("上海市浦东新区总工会职工服务中心", ""),
        ("浦东新区张江人工智能岛健康服务点", "张江人工智能岛"),
        ("张江科学城（Ａ座）职工书屋", "张江科学城a座"),
        ("东方明珠 爱心妈咪小屋", "东方明珠"),
        ("户外职工驿站", ""),
        ("国展·中心", "国展中心"),
        ("", ""),
    ],
)
def test_city_district_kind_and_punctuation_are_left_out(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("天安1号楼", {"1"}),
        ("天安一号楼", {"1"}),
        ("园区二期3幢", {"2", "3"}),
        ("科技园a座", {"a"}),
        ("科技园东区", {"东"}),
        ("三林镇", set()),
        ("四行仓库", set()),
    ],
)
def test_the_numbers_of_a_name_are_found(name: str, found: set[str]) -> None:
    assert numbers(name) == found
