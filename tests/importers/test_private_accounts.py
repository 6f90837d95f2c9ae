"""Accounts of persons in cells: cut out; those of an office and words beside 微信 stay."""

import pytest

from importers.private import cut, masked


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("微信：canary_wx_4242", ""),
        ("洗手池 加微信canary_wx 约", "洗手池 加  约"),
        ("微信号: ab-cd_123；微波炉", "微波炉"),
        ("WeChat: zhang_san88", ""),
        ("QQ：123456789", ""),
        ("联系人：王五 微信 wangwu_88", ""),
        ("微信公众号：shzgonghui", "微信公众号：shzgonghui"),
        ("微信支付、支付宝", "微信支付、支付宝"),
        ("WIFI、微波炉", "WIFI、微波炉"),
    ],
)
def test_an_account_is_cut_out_and_nothing_else(cell: str, left: str) -> None:
    assert masked(cell) == left


def test_an_account_is_kept_nowhere() -> None:
    assert [
        one for one in cut("微信：canary_wx_4242").contacts if any((one.name, one.mobile))
    ] == []
