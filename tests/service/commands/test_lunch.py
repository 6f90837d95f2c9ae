"""`zhitu lunch` on one site."""

from pathlib import Path

from click.testing import CliRunner

from service.cli import main

SITES = """园区名称,类型,区,地址,职工数,午餐难,经度,纬度,坐标系
乙园,园区,黄浦区,中山东一路3号,500,是,121.4800,31.2300,WGS-84
"""


def test_the_list_and_the_goal_of_the_year(tmp_path: Path) -> None:
    table = tmp_path / "园区.csv"
    table.write_text(SITES, encoding="utf-8")
    database = ["--database", f"sqlite:///{tmp_path / 'zhitu.sqlite'}"]
    CliRunner().invoke(main, [*database, "import", str(table)])
    lines = CliRunner().invoke(main, [*database, "lunch"]).output.splitlines()
    assert lines[:3] == [
        "名单 1 处，职工 500 人",
        "  申报与计算              处  职工",
        "  区里申报，也算出来      1   500",
    ]
    assert lines[7] == (
        "年度目标：解决不少于 10 处、20,000 名职工；试一个方案：zhitu lunch --scenario 方案名"
    )
