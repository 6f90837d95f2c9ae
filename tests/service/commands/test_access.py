"""`zhitu access` on the sample data of one site and one point."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

POINTS = """名称,类别,区,地址,状态,每周半天数,经度,纬度,坐标系
甲健康服务点,园区（楼宇）健康服务点,黄浦区,中山东一路1号,已挂牌,,121.4800,31.2300,WGS-84
"""
SITES = """园区名称,类型,区,地址,职工数,经度,纬度,坐标系
乙园,园区,黄浦区,中山东一路3号,500,121.4800,31.2300,WGS-84
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    for name, text in (("站点.csv", POINTS), ("园区.csv", SITES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        taken = CliRunner().invoke(main, ["--database", url, "import", str(tmp_path / name)])
        assert taken.exit_code == 0
    return url


def test_the_answer_names_its_measure_and_its_parameters(database: str) -> None:
    asked = ["--database", database, "access", "--measure", "m2sfca", "--impedance", "gaussian"]
    lines = CliRunner().invoke(main, asked).output.splitlines()
    assert lines[:3] == [
        "每千名职工每周 2.000 个半天；计入职工 500 人",
        "基尼系数（按职工加权，0 最匀）0.000；走不到任何点的职工 0 人；未计入 0 处",
        "口径：改进的两步法（M2SFCA），高斯衰减，半径处 0.1；步行 1000 米以内，"
        "距离为直线 × 1.3 估算；每周半天数未填的按 1 个算",
    ]
    assert "  黄浦区    500   2.000       1.0" in lines
