"""Every sample is recognised as its own form and as no other, filled or blank."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importers.form import Match, NoMatch, match
from importers.forms import FORMS
from script.sample_forms import SAMPLES

SHIPPED = Path(__file__).parents[3] / "importers" / "samples"

# What each shipped file is; the fitness stations are kept as a list of stations with a 类别.
FORM_OF_FILE = {
    "区级职工服务中心-2023.csv": "district_centres",
    "浦东新区职工服务阵地-2025.csv": "stations",
    "示例-健康服务点.csv": "stations",
    "示例-健康服务点申报表-2023.xlsx": "health_points_2023",
    "示例-午餐供应点.csv": "lunch_outlets",
    "示例-园区楼宇商圈.xlsx": "demand_sites",
    "示例-职工健身驿站.csv": "stations",
    "示例-职工工间休息室申报汇总表-2024.xlsx": "rest_rooms_2024",
    "街镇从业人员-2023.csv": "town_workers",
    "轨交现场培训点-2023.txt": "training_points",
    "轨交现场培训点-2023.xlsx": "training_points",
}


def test_every_form_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(form.code for form in FORMS)


@pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
@pytest.mark.parametrize("code", SAMPLES)
def test_a_sample_is_its_own_form_and_every_row_a_record(
    table: Callable[..., object], code: str, how: str
) -> None:
    found = table(SAMPLES[code].lines(), how)
    assert (found.form, found.refused, found.faults) == (code, [], [])
    assert len(found.records) == len(SAMPLES[code].rows)


@pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
@pytest.mark.parametrize("code", SAMPLES)
def test_a_blank_form_is_recognised_and_empty(
    table: Callable[..., object], code: str, how: str
) -> None:
    found = table(SAMPLES[code].blank(), how)
    assert (found.form, found.records, found.refused, found.faults) == (code, [], [], [])


@pytest.mark.parametrize("code", SAMPLES)
def test_the_order_of_the_forms_decides_nothing(
    written: Callable[..., Path], found_in: Callable[[Path], list[Match | NoMatch]], code: str
) -> None:
    (found,) = found_in(written(SAMPLES[code].lines(), "csv"))
    again = match(found.table, FORMS[::-1])
    assert isinstance(again, Match)
    assert again.form.code == code


@pytest.mark.parametrize(("name", "code"), FORM_OF_FILE.items())
def test_a_shipped_file_holds_one_table_of_one_form(
    found_in: Callable[[Path], list[Match | NoMatch]], name: str, code: str
) -> None:
    assert [
        one.form.code if isinstance(one, Match) else "" for one in found_in(SHIPPED / name)
    ] == [code]


def test_every_shipped_file_is_listed_here() -> None:
    assert sorted(FORM_OF_FILE) == sorted(path.name for path in SHIPPED.iterdir())


# Tables as the notices print them beside the forms; none lists places.
OTHERS = {
    "insurance": [
        ["保障层级", "住院", "重大疾病", "意外", "疾病身故"],
        ["C类", "/", "/", "意外身故2万元", "/"],
        ["D类", "60元/天", "十二类重大疾病1万元", "意外身故6万元", "疾病身故1万元"],
    ],
    "change": [
        ["变更情形", "变更条件", "保障生效日期"],
        ["C类变更为D类", "一次性缴纳120元", "次月1日"],
    ],
    "scores": [
        ["序号", "一级指标", "序号", "二级指标", "三级指标", "分值", "得分"],
        [1, "合规类指标", "1-1", "日常用工", "企业建立职工名册", 2, None],
        [None, None, "3-2", "职工福利", "提供母婴室、职工书屋等服务", 1, None],
    ],
    "prices": [
        ["体检计划", "价格 (元/人)", "市总补贴 (元/人)", "实付 (元/人)", "联系人"],
        ["L1", 310, 155, 155, "金丝雀甲"],
        ["心功能专项包", 200, 100, 100, None],
    ],
    "request": [
        ["单位名称", None, None, None],
        ["单位地址", None, None, None],
        ["联系人", None, "手机", None],
        ["需求名称", None, None, None],
        ["需求类别", "□ 技术培训 □ 公益讲座", None, None],
    ],
    "people": [
        ["序号", "姓名", "单位名称", "手机号码", "地址"],
        [1, "金丝雀甲", "示例公司", "19900000001", "示例路1号"],
    ],
}


@pytest.mark.parametrize("how", ["xlsx", "csv", "text"])
@pytest.mark.parametrize("name", OTHERS)
def test_a_table_of_anything_else_is_no_form(
    written: Callable[..., Path],
    found_in: Callable[[Path], list[Match | NoMatch]],
    name: str,
    how: str,
) -> None:
    found = found_in(written(OTHERS[name], how, name="2023年服务职工实事项目"))
    assert [one.form.code for one in found if isinstance(one, Match)] == []
    assert len(found) > 0
