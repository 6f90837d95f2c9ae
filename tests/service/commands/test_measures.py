"""Tiers, training and fitness on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

POINTS = """名称,类别,区,地址,状态,经度,纬度,坐标系
金桥职工服务站,职工服务站,浦东新区,金桥路1号,已挂牌,121.58,31.25,WGS-84
花木职工服务总站,职工服务总站,浦东新区,锦绣路2号,整改中,121.55,31.21,WGS-84
健身驿站一,职工健身驿站,浦东新区,锦绣路3号,已挂牌,121.55,31.21,WGS-84
西站培训点,轨交现场培训点,徐汇区,虹桥路4号,已挂牌,121.43,31.20,WGS-84
东站培训点,轨交现场培训点,黄浦区,人民大道5号,已挂牌,121.47,31.23,WGS-84
"""
REGISTER = """应建站点名册,,,
应建名称,应建类别,区,街镇
金桥职工服务站,职工服务站,浦东新区,
康桥职工服务站,职工服务站,浦东新区,
花木街道职工服务总站,职工服务总站,浦东新区,
花木职工服务总站,职工服务总站,浦东新区,
"""
APPLICATIONS = """活动申报单位,所属区局,培训地点,参加人数,计划时间
某厂,徐汇区总工会,西站培训点,100,三月
某社,徐汇区总工会,西站培训点,20,三月
"""

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `zhitu` on a small database; gives the lines it prints."""

    def command(*arguments: str) -> list[str]:
        database = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
        result = CliRunner().invoke(main, ["--database", database, *arguments])
        return result.output.splitlines()

    def take(name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        command("import", str(file))

    take("站点.csv", POINTS)

    def with_files(*arguments: str, **files: str) -> list[str]:
        for name, text in files.items():
            take(f"{name}.csv", text)
        return command(*arguments)

    return with_files


def test_without_a_register_nothing_is_said_to_be_missing(run: Run) -> None:
    lines = run("tiers")
    assert "  N     楼宇、园区、商圈职工服务站  名册未导入  —       —       1" in lines
    assert lines[-1] == "名册未导入：缺哪些不好说。导入名册：zhitu import 名册.xlsx"


def test_what_the_register_asks_for_and_is_not_there_is_named(run: Run) -> None:
    lines = run("tiers", 名册=REGISTER)
    assert lines[2:4] == [
        "  44    街镇（开发区）职工服务总站  2           0       0.0%    0",
        "  N     楼宇、园区、商圈职工服务站  2           1       50.0%   1",
    ]
    missing = lines[lines.index("缺的") + 1 :]
    assert missing == [
        "  类别      名称                  区        街镇  现状",
        "  服务总站  花木街道职工服务总站  浦东新区        没有找到",
        "  服务总站  花木职工服务总站      浦东新区        整改中：花木职工服务总站",
        "  服务站    康桥职工服务站        浦东新区        没有找到",
    ]


def test_an_unknown_district_is_refused_in_one_sentence(run: Run) -> None:
    assert run("tiers", "--district", "火星区")[0].startswith("Error: 没有叫“火星区”的区")


def test_applications_are_sent_to_training_points(run: Run) -> None:
    lines = run("training", 申报=APPLICATIONS)
    assert lines[0].startswith("不限场次，就近；总路程 ")
    assert [line.split()[:6] for line in lines[4:6]] == [
        ["某厂", "徐汇区", "100", "2", "西站培训点", "西站培训点"],
        ["某社", "徐汇区", "20", "1", "西站培训点", "西站培训点"],
    ]
    assert lines[5].endswith("建议合并")
    assert "  西站培训点  徐汇区  2     3     20 人合为 1 场，仍不足 30 人一场" in lines
    assert lines[-1].startswith("没有培训点的区：长宁区、")


def test_too_few_sessions_are_said_to_be_too_few(run: Run) -> None:
    lines = run("training", "--sessions", "1", 申报=APPLICATIONS)
    assert lines == ["每点最多 1 场：各点加起来不够，排不下。请增加场次或先合并单位。"]


def test_fitness_stations_are_counted_by_zone(run: Run) -> None:
    workers = "区,街镇,代码,从业人员,年份,来源\n浦东新区,,310115,200000,2023,普查\n"
    lines = run("fitness", 从业人员=workers)
    assert "  东    1         200,000     0.50      1.00    浦东新区" in lines
    assert "全市每十万从业人员 0.50 家；区位商 1 为全市平均" in lines
