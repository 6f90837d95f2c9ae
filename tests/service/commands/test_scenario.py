"""`zhitu scenario`: made, listed, shown, compared, deleted; the data stay as they are."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from geodata.store import Store
from service.cli import main

Run = Callable[..., tuple[int, list[str]]]
# The health point of the city is the third service; the site without one lies at Fengjing.
FAR = "121.0100,30.8900"


@pytest.fixture
def run(city: Store) -> Run:
    url = city.engine.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> tuple[int, list[str]]:
        result = CliRunner().invoke(main, ["--database", url, "scenario", *arguments])
        return result.exit_code, result.output.splitlines()

    return run


def test_a_scenario_is_made_shown_and_compared(run: Run, city: Store) -> None:
    version = city.version()
    made = ("--point", f"枫泾新点,{FAR},2", "--upgrade", "-1=3", "--close", "3")
    assert run("new", "明年", *made, "--by", "规划员") == (0, ["已存方案“明年”，3 处变更"])
    _, lines = run("show", "明年")
    assert lines[1:] == [
        "  1. 新设健康服务点“枫泾新点”（121.01000, 30.89000，每周 2 个半天）",
        "  2. 关闭“张江健康服务点”（3）",
        "  3. 本方案第 1 个新站点改为每周 3 个半天",
    ]
    _, lines = run("compare", "明年")
    assert lines[0] == "之前：现在的数据；之后：方案“明年”"
    rows = {line.split()[0]: line for line in lines if "名职工" in line}
    assert ("-1,500 名职工" in rows["全市"], "-3,000 名职工" in rows["浦东新区"]) == (True, True)
    assert "+1,500 名职工" in rows["金山区"]
    assert [line.split()[1] for line in lines[-2:]] == ["张江科技园", "枫泾产业园"]
    assert city.version() == version


def test_two_scenarios_are_set_side_by_side(run: Run) -> None:
    run("new", "甲", "--close", "3")
    run("new", "乙", "--point", f"新,{FAR}")
    _, lines = run("compare", "乙", "--with", "甲")
    assert lines[0] == "之前：方案“甲”；之后：方案“乙”"
    (city,) = [line for line in lines if line.startswith("  全市")]
    assert "+4,500 名职工" in city


def test_scenarios_are_listed_and_deleted(run: Run) -> None:
    run("new", "甲", "--hours", "3=周一至周五 9:00-17:00", "--note", "先问清")
    _, lines = run("list")
    assert [lines[1].split()[n] for n in (0, 1, -1)] == ["甲", "1", "先问清"]
    assert run("delete", "甲") == (0, ["已删方案“甲”"])
    assert run("list")[1] == ["  （没有）"]


def test_what_show_prints_as_json_can_be_stored_again(run: Run, tmp_path: Path) -> None:
    run("new", "甲", "--hours", "3=周一至周五 9:00-17:00", "--site", f"新园,{FAR},40")
    _, printed = run("show", "甲", "--json")
    file = tmp_path / "变更.json"
    file.write_text("\n".join(printed), encoding="utf-8")
    run("new", "乙", "--file", str(file))
    assert json.loads("\n".join(run("show", "乙", "--json")[1])) == json.loads("\n".join(printed))


def test_a_scenario_has_no_past_to_compare(run: Run) -> None:
    run("new", "甲", "--close", "3")
    assert run("compare", "甲", "--as-of", "2026-01-01") == (
        1,
        ["Error: 方案是对现在的设想，不能同时问过去某一天：请去掉日期或方案。"],
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("new", "甲", "--close", "x"), "Error: --close 看不懂“x”"),
        (("new", "甲", "--point", "名称,121"), "Error: --point 看不懂“名称,121”"),
        (("new", "甲", "--hours", "3=随缘"), "Error: --hours 看不懂“3=随缘”"),
        (("new", "甲", "--upgrade", "3"), "Error: --upgrade 看不懂“3”"),
        (("new", "甲", "--close", "99"), "Error: 没有编号为 99 的站点，方案用不了。"),
        (("new", "", "--close", "3"), "Error: 方案要有名字，最多 60 个字"),
        (("show", "没有"), "Error: 没有叫“没有”的方案；zhitu scenario list 列出全部。"),
        (("delete", "没有"), "Error: 没有叫“没有”的方案；zhitu scenario list 列出全部。"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_keeps_nothing(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    assert run(*arguments) == (1, [sentence])
    assert run("list")[1] == ["  （没有）"]
