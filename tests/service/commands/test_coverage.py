"""`zhitu gaps` and `zhitu why` on a small city, every option of a question."""

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from geodata.store import Store
from service.cli import main

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(city: Store, tmp_path: Path) -> Run:
    url = city.engine.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> tuple[int, list[str]]:
        result = CliRunner().invoke(main, ["--database", url, *arguments])
        return result.exit_code, result.output.splitlines()

    return run


def test_every_output_names_its_parameters(run: Run) -> None:
    _, lines = run("gaps", "--radius", "800", "--rectifying", "--hour", "周三12:00")
    assert lines[0] == (
        "职工覆盖率 0.0%（800 米 0.0%，1000 米 0.0%，1200 米 0.0%）；"
        "计入职工 4,500 人，未覆盖 1,500 人"
    )
    assert lines[3:8] == [
        "这个钟点健康服务点开着 0 个，不开 0 个，时间不明 1 个",
        "另有 3,000 名职工（1 处）只靠开放时间不明的点：都开的话覆盖率是 66.7%",
        "口径：步行 800 米以内，距离为直线 × 1.3 估算；黄牌（整改中）算；每周不到 1 个半天的不算",
        "钟点：周三12:00，只算那时确实开着的；开放时间不明的单列；自有医务不论钟点",
        f"数据版本 1，程序 {version('zhitu')}",
    ]


@pytest.mark.parametrize(
    ("by", "row"),
    [
        ("district", "浦东新区"),
        ("town", "浦东新区  未填"),
        ("zone", "东"),
        ("site_kind", "园区"),
    ],
)
def test_groups_are_tables(run: Run, by: str, row: str) -> None:
    code, lines = run("gaps", "--by", by)
    (found,) = [line for line in lines if line.startswith(f"  {row} ")]
    covered = "66.7%" if by == "site_kind" else "100.0%"
    assert (code, found.split()[len(row.split()) :][0]) == (0, covered)


def test_operators_are_a_table_of_their_own(run: Run) -> None:
    _, lines = run("gaps", "--by", "operator")
    assert lines[-1].split() == ["未填", "1", "1", "1"] + ["3,000"] * 5


def test_a_week_is_a_table_of_hours_and_days(run: Run) -> None:
    _, lines = run("gaps", "--week")
    assert lines[3].split() == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    assert len(lines) == 4 + 24
    assert lines[-1].split() == ["23:00", *["0.0%（66.7%）"] * 7]


def test_a_date_before_all_records_finds_no_point(run: Run) -> None:
    _, lines = run("gaps", "--as-of", "2001-01-01")
    assert lines[0].startswith("职工覆盖率 0.0%")
    assert lines[4].startswith("截至 2001-01-01：状态按记录回放（最早的记录 20")


def test_the_change_since_a_date_counts_workers(run: Run) -> None:
    _, lines = run("gaps", "--since", "2001-01-01")
    assert lines[0] == "之前：截至 2001-01-01；之后：现在的数据"
    (row,) = [line for line in lines if line.startswith("  浦东新区")]
    assert "+3,000 名职工" in row
    assert lines[-1].split()[1:3] == ["张江科技园", "浦东新区"]


def test_a_kept_answer_is_worked_out_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "存.json"
    assert run("gaps", "--hour", "周三12:00", "--save", str(file))[1][0] == f"已存 {file}"
    assert run("gaps", "--recompute", str(file)) == (
        0,
        [f"和 存.json 一字不差（数据版本 1，程序 {version('zhitu')}）"],
    )
    document = json.loads(file.read_text(encoding="utf-8"))
    document["city"]["tally"]["gaps"] = 5
    file.write_text(json.dumps(document), encoding="utf-8")
    assert run("gaps", "--recompute", str(file))[1] == [
        "和 存.json 有 1 处差别：",
        "  /city/tally/gaps：原 5，现 1",
    ]


def test_why_tells_what_would_change_it(run: Run) -> None:
    code, lines = run("why", "张江", "--hour", "周三12:00")
    assert (code, lines[0]) == (0, "张江科技园（编号 1，浦东新区，职工 3,000 人）")
    assert lines[1] == "时间不明：1000 米内的健康服务点不知道周三12:00开不开"
    assert "  1. 问清“张江健康服务点”（124 米）周三12:00开不开" in lines


def test_why_as_json_is_the_same_sheet(run: Run) -> None:
    sheet = json.loads("\n".join(run("why", "2", "--json")[1]))
    assert (sheet["name"], sheet["state"], sheet["priority"]) == ("枫泾产业园", "gap", True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("gaps", "--hour", "中午"), "Error: 时刻要写成“周三12:00”，收到：中午"),
        (("gaps", "--as-of", "昨天"), "Error: --as-of 要写成 2026-03-31，收到：昨天"),
        (("gaps", "--radius", "-5"), "Error: --radius 要是 0 到 20000 之间的米数"),
        (
            ("gaps", "--scenario", "没有"),
            "Error: 没有叫“没有”的方案；zhitu scenario list 列出全部。",
        ),
        (
            ("gaps", "--since", "2026-01-01", "--by", "zone"),
            "Error: --since 只和半径、黄牌、钟点、--as-of 一起用",
        ),
        (("why", "没有"), "Error: 没有叫“没有”的园区、楼宇或商圈。"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    assert run(*arguments) == (1, [sentence])


def test_a_file_of_another_kind_is_one_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "别的.json"
    for text, sentence in [
        ("{", f"Error: {file} 读不出来：要 zhitu gaps --save 存的文件。"),
        ("{}", "Error: 这不是 zhitu gaps --save 存的文件，没法重算。"),
    ]:
        file.write_text(text, encoding="utf-8")
        assert run("gaps", "--recompute", str(file)) == (1, [sentence])
