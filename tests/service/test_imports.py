"""`zhitu import`, its preview, and `zhitu refused`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from geodata.store import Store
from geodata.tables import StagedFile
from service.cli import main

LIST = "名称,类别,地址,面积\n甲站,户外职工驿站,,很大\n,职工书屋,甲路1号,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "站点.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'z.sqlite'}"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_a_preview_reports_and_leaves_nothing(file: Path, database: str) -> None:
    code, output = run("--database", database, "import", "--preview", str(file))
    assert code == 0
    assert output.splitlines()[0] == "预览“站点.csv”：还没有存入任何内容"
    assert "读到 2 行：新增 1，更新 0，不变 0，退回 1；未落图 1" in output
    store = Store.open(database)
    with store.reading() as session:
        assert session.query(StagedFile).all() == []
    assert (store.version(), store.snapshot().places) == (0, ())
    store.close()


def test_what_was_refused_can_be_read_later(file: Path, database: str) -> None:
    run("--database", database, "import", str(file))
    code, output = run("--database", database, "refused")
    lines = output.splitlines()
    assert (code, lines[0].startswith("文件“站点.csv”，")) == (0, True)
    assert lines[1:] == [
        "退回：第 3 行，“名称”：这一格必须填写。原文：类别 职工书屋；地址 甲路1号",
        "读不出：第 2 行 4 列“面积”，写的是“很大”。应填：一个数，例如 120",
        "读不出：第 3 行 1 列“名称”。应填：这一格必须填写",
    ]
    assert run("--database", database, "refused", "--file", "别的.csv") == (0, "")


def test_a_corrected_file_says_what_it_changes(file: Path, database: str) -> None:
    run("--database", database, "import", str(file))
    file.write_text(LIST.replace("很大", "30"), encoding="utf-8")
    code, output = run("--database", database, "import", str(file))
    assert code == 0
    assert "更新：第 2 行“甲站”，户外驿站的面积“空”→“30”" in output.splitlines()
