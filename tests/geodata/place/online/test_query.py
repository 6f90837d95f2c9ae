"""The same key asks the same thing, whatever floor or spelling it was read from."""

import pytest

from geodata.place.address import parse
from geodata.place.online.query import query


def lines(text: str, district: str = "") -> str:
    found = query(parse(text), district)
    return found.line if found else ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("飞虹路528号3楼305室", "上海市飞虹路528号"),
        ("虹口区飞虹路528号A座", "上海市虹口区飞虹路528号A座"),
        ("浦东南路1000弄2支弄5号", "上海市浦东南路1000弄2支弄5号"),
        ("园区路620、560号", "上海市园区路560号"),
        ("共和新路600号临", "上海市共和新路600号临"),
        ("沪太路1799-7号", "上海市沪太路1799-7号"),
        ("漕宝路与桂林路路口", "上海市漕宝路与桂林路交叉口"),
        ("七宝镇中春路7001号明谷科技园", "上海市七宝镇中春路7001号明谷科技园"),
        ("地铁2号线人民广场站5号口", "上海市2号线人民广场地铁站5号口"),
        ("江苏省苏州市观前街1号", "苏州市观前街1号"),
    ],
)
def test_an_address_is_asked_in_one_line(text: str, line: str) -> None:
    assert lines(text) == line


def test_the_declared_district_is_asked_with_unless_the_address_names_one() -> None:
    assert lines("飞虹路528号", "虹口区") == "上海市虹口区飞虹路528号"
    assert lines("杨浦区飞虹路528号", "虹口区") == "上海市杨浦区飞虹路528号"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("飞虹路528号3楼", "飞虹路528号305室（大堂旁）"),
        ("上海市虹口区飞虹路528号", "虹口区 飞虹路 ５２８号"),
        ("园区路560、620号", "园区路620、560号"),
    ],
)
def test_one_key_is_one_question(one: str, other: str) -> None:
    a, b = (query(parse(text), "虹口区") for text in (one, other))
    assert a is not None
    assert b is not None
    assert (a.key, a.line) == (b.key, b.line)


@pytest.mark.parametrize("text", ["", "3楼", "305室", "虹口区"])
def test_what_names_no_place_is_not_asked(text: str) -> None:
    assert query(parse(text), "虹口区") is None


def test_signs_that_end_a_request_or_a_batch_entry_are_left_out() -> None:
    assert lines("某大厦|飞虹路528号&key=1;") == lines("某大厦飞虹路528号key=1")
    assert not set("|&;#% ") & set(lines("甲|乙 & 丙；飞虹路528号#%"))


def test_a_limit_in_bytes_takes_the_fullest_wording_that_fits() -> None:
    asked = query(parse("浦东新区张江镇碧波路690号3号楼"), "")
    assert asked is not None
    fitting = [asked.fitting(most_bytes=most) for most in (84, 50, 36, 20, 10)]
    assert fitting == [
        "上海市浦东新区张江镇碧波路690号3号楼",
        "浦东新区张江镇碧波路690号3号楼",
        "浦东新区碧波路690号",
        "碧波路690号",
        "碧波路6",
    ]
