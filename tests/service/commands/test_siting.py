"""`zhitu site`: the question from a file, the answer on the terminal and in files."""

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from geodata.store import Store
from service.cli import main

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(city: Store) -> Run:
    """A command over the small city of the service tests."""

    def with_database(*arguments: str) -> tuple[int, list[str]]:
        database = city.engine.url.render_as_string(hide_password=False)
        result = CliRunner().invoke(main, ["--database", database, "site", *arguments])
        return result.exit_code, result.output.splitlines()

    return with_database


def question(tmp_path: Path, text: str) -> str:
    file = tmp_path / "题.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


ONE = 'title = "=1+1"\ndraws = 4\n[new]\ncount = 1\ncost_10k = { city = 1.5 }\n'


def test_the_notice_runs_without_a_database() -> None:
    result = CliRunner().invoke(main, ["site", "--example", "notice"])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[:3] == [
        "新建 20 家、升级 50 家健康服务点",
        "名称以“示例”开头的是示例数据，非真实点位",
        "求解结果：已证最优",
    ]
    assert "经费：240 万元（市级 80，区局 80，街镇园区 80）" in lines
    assert "新建：20 家，保底 16 家，自由 4 家，90 万元" in lines
    assert "升级：50 家，保底 48 家，自由 2 家，150 万元" in lines


def test_the_answer_names_whom_it_serves_and_what_it_was_made_under(
    run: Run, tmp_path: Path
) -> None:
    code, lines = run(question(tmp_path, ONE))
    assert code == 0
    assert lines[1:4] == [
        "求解结果：已证最优",
        "目标值：1,500 名职工",
        "覆盖率：66.7% → 100.0%",
    ]
    assert [line.split() for line in lines if "枫泾产业园" in line] == [
        ["1", "枫泾产业园", "新建", "金山区", "1,500", "自由", "100%"]
    ]
    assert lines[-1] == (
        "步行 1000 米（直线 × 1.3 估算），候选 2 处，已有 1 家；"
        f"数据版本 1，软件 {version('zhitu')}"
    )


def test_a_workbook_has_numbers_as_numbers_and_no_formula(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "答案.xlsx"
    assert run(question(tmp_path, ONE), "--out", str(out))[0] == 0
    book = load_workbook(out)
    assert book.sheetnames == ["结果", "点位", "各区", "服务到谁", "规则的代价", "参数"]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 6
    assert [cell.value for cell in book["点位"][2]][:11] == [
        *(1, "枫泾产业园", "新建", "金山区", None, 1500, 1500, "自由选", 1, 121.01, 30.89)
    ]
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    title = book["参数"]["B2"]
    assert (title.value, title.data_type) == ("=1+1", "s")


def test_json_holds_parameters_versions_and_the_question(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "答案.json"
    assert run(question(tmp_path, ONE), "--out", str(out))[0] == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["parameters"] == {
        "walk_m": 1000.0,
        "walking": "直线 × 1.3 估算",
        "candidates": 2,
        "existing": 1,
        "draws": 4,
        "seed": 1,
        "data_version": 1,
        "software_version": version("zhitu"),
    }
    assert found["question"] == {
        "title": "=1+1",
        "draws": 4,
        "new": {"count": 1, "cost_10k": {"city": 1.5}},
    }
    assert (found["status"], found["workers"]["gained"]) == ("optimal", 1500)


def test_geojson_puts_longitude_first(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "答案.geojson"
    assert run(question(tmp_path, ONE), "--out", str(out))[0] == 0
    (only,) = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert only["geometry"] == {"type": "Point", "coordinates": [121.01, 30.89]}
    assert only["properties"]["serves"] == ["枫泾产业园"]


def test_an_impossible_question_says_why_and_fails(run: Run, tmp_path: Path) -> None:
    code, lines = run(
        question(tmp_path, '[new]\ncount = 1\nminimum_by_district = {"崇明区" = 1}\n')
    )
    assert code == 1
    assert lines[:2] == [
        "求解结果：没有可行的选法",
        "崇明区没有候选点，“新建至少 1 家”做不到：请在崇明区加候选点，或去掉这一条。",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Error: 请写一个题目文件，或用 --example notice 看例子（二者选一）。"),
        (
            ("--example", "notice", "--out", "答案.pdf"),
            "Error: --out 要以 .json、.xlsx、.geojson 结尾，收到：答案.pdf",
        ),
        (
            ("--example", "notice", "--out", "/没有/答案.json"),
            "Error: 写不进 /没有/答案.json：No such file or directory。请换一个目录。",
        ),
    ],
)
def test_what_the_command_cannot_use_is_said(arguments: tuple[str, ...], sentence: str) -> None:
    result = CliRunner().invoke(main, ["site", *arguments])
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, sentence)
