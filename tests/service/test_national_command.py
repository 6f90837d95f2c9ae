"""`zhitu national`: the lines it says, and what it says when it cannot."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from service.cli import main


@pytest.fixture
def country(tmp_path: Path) -> Path:
    demand = {
        "id": [1, 2, 3],
        "lon": [121.47, 121.471, 104.0],
        "lat": [31.23, 31.23, 30.6],
        "workers": [100, None, 2000],
        "district": ["310101", "310101", "510104"],
    }
    stations = {"lon": [121.47], "lat": [31.231], "half_days": [2.0]}
    parquet.write_table(pa.table(demand), tmp_path / "demand.parquet")
    parquet.write_table(pa.table(stations), tmp_path / "stations.parquet")
    return tmp_path


def said(country: Path, *options: str) -> tuple[int, list[str]]:
    files = [str(country / "demand.parquet"), str(country / "stations.parquet")]
    command = ["national", *files, "--out", str(country / "out"), *options]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.output.splitlines()


def test_the_sums_are_said_and_the_files_named(country: Path) -> None:
    out = country / "out"
    assert said(country) == (
        0,
        [
            "需求点 3 个，其中 1 个没有人数或位置，不进覆盖率",
            "站点 1 个，其中 1 个算数，周围没有职工的 0 个",
            "职工覆盖率（步行 1000 米，直线 × 1.3 估算）：4.8%",
            "空白点 1 个，其中 P1 1 个；职工得到的服务每周 2 个半天",
            f"结果：{out / 'totals.json'}，{out / 'access'}",
        ],
    )


def test_workers_and_scheduler_exclude_each_other(country: Path) -> None:
    code, lines = said(country, "--workers", "2", "--scheduler", "tcp://127.0.0.1:1")
    assert (code, lines) == (1, ["Error: --workers 和 --scheduler 只能给一个。"])


def test_without_the_extra_it_is_said_what_to_install(country: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from service.cli import main; main()"
    files = [str(country / "demand.parquet"), str(country / "stations.parquet")]
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, "national", *files, "--out", str(country / "o")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (
        1,
        'Error: 全国规模的计算要另装两个包：pip install "zhitu[cluster]"\n',
    )
