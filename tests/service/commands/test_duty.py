"""Duties of health points on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

POINTS = """名称,类别,区,地址,状态,经度,纬度,坐标系
外滩健康服务点,园区（楼宇）健康服务点,黄浦区,中山东一路1号,已挂牌,121.49,31.24,WGS-84
豫园健康服务点,园区（楼宇）健康服务点,黄浦区,福佑路2号,已挂牌,121.49,31.23,WGS-84
"""
TERMS = (
    "口径：定期咨询每周至少 1 个半天，定期访视每月至少 1 次，定期讲座每两月至少 1 次；"
    "访视、讲座提前 1 至 2 周公示；按自然周、自然月、双月算，从第一条记录起算"
)

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `zhitu` on a database with two health points; gives the lines it prints."""

    def command(*arguments: str) -> list[str]:
        database = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
        result = CliRunner().invoke(main, ["--database", database, *arguments])
        return result.output.splitlines()

    table = tmp_path / "站点.csv"
    table.write_text(POINTS, encoding="utf-8")
    command("import", str(table))
    return command


def test_points_without_a_record_are_listed_as_unknown(run: Run) -> None:
    assert run("duty", "list", "--on", "2026-03-18") == [
        "截至 2026-03-18：在用健康服务点 2 处，有记录的 0 处",
        "  （没有）",
        TERMS,
        "没有任何记录的 2 处（不知道，不算逾期）：",
        "  1 外滩健康服务点（黄浦区）",
        "  2 豫园健康服务点（黄浦区）",
    ]


def test_what_is_overdue_stands_first(run: Run) -> None:
    run("duty", "record", "外滩", "咨询", "2026-03-17")
    run("duty", "record", "外滩", "访视", "2026-01-08", "--announced", "2026-01-01")
    lines = run("duty", "list", "--on", "2026-03-18")
    assert lines[2:4] == [
        "  1     外滩健康服务点  黄浦区  定期访视  逾期      1 期  2026-01-08  —     "
        "2026-03-31  2026-03-24",
        "  1     外滩健康服务点  黄浦区  定期讲座  本期待办        —           —     "
        "2026-04-30  2026-04-23",
    ]
    assert len(run("duty", "list", "--on", "2026-03-18", "--all")) == len(lines) + 1


def test_a_record_says_its_number_and_how_it_was_announced(run: Run) -> None:
    said = run("duty", "record", "豫园", "讲座", "2026-03-17", "--announced", "2026-03-16")
    assert said == [
        "已记为第 1 条。记错了：zhitu duty forget 1",
        "公示：公示晚于 1 周前（应提前 1 至 2 周）",
    ]
    assert run("duty", "forget", "1") == ["已删掉第 1 条。"]
    assert run("duty", "forget", "1") == ["Error: 没有编号为 1 的记录。"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("健康", "访视", "2026-03-17"), "叫“健康”的不止一处，请用编号：1、2。"),
        (("9", "访视", "2026-03-17"), "没有叫“9”的健康服务点；名单见 zhitu duty list。"),
        (("1", "访视", "三月"), "日期要写成 2026-03-12 这样，收到：三月"),
    ],
)
def test_a_record_that_cannot_be_is_refused(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    assert run("duty", "record", *arguments) == [f"Error: {sentence}"]


def test_the_calendar_is_written_as_it_is_with_crlf(run: Run, tmp_path: Path) -> None:
    run("duty", "record", "外滩", "咨询", "2999-03-17")
    out = tmp_path / "值守.ics"
    assert run("duty", "ics", "--out", str(out)) == [f"已生成 {out}（1 条日程）"]
    text = out.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    assert "SUMMARY:定期咨询：外滩健康服务点\r\n" in text


def test_a_calendar_that_cannot_be_written_says_why(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "没有" / "值守.ics"
    (said,) = run("duty", "ics", "--out", str(out))
    assert said.startswith(f"Error: 写不进 {out}：")
