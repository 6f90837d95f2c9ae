"""`zhitu imports` and `zhitu undo`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

LIST = "名称,类别,地址,开放时间\n甲站,户外职工驿站,,9:00-17:00\n乙屋,职工书屋,,\n,职工书屋,,\n"
TIME = "2026-01-01 00:00"


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'z.sqlite'}"


@pytest.fixture
def file(tmp_path: Path, database: str) -> Path:
    """A file imported twice, corrected in between."""
    path = tmp_path / "站点.csv"
    for text in (LIST, LIST.replace("9:00-17:00", "24小时") + "丙屋,职工书屋,,\n"):
        path.write_text(text, encoding="utf-8")
        run("--database", database, "import", str(path))
    return path


def run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output.splitlines()


def without_time(line: str) -> str:
    head, _, rest = line.partition(" UTC")
    return head[: -len(TIME)] + rest


def test_imports_are_listed_and_undone_by_number(file: Path, database: str) -> None:
    code, lines = run("--database", database, "imports", "--file", file.name)
    assert (code, [without_time(line) for line in lines]) == (
        0,
        [
            "2.  “站点.csv”：新增 1，更新 1，不变 1，退回 1",
            "1.  “站点.csv”：新增 2，更新 0，不变 0，退回 1",
        ],
    )
    assert run("--database", database, "undo", "2", "--by", "规划员") == (
        0,
        ["已撤销第 2 次导入“站点.csv”：删去 1 条新增的记录，1 条改过的记录恢复原样"],
    )
    code, lines = run("--database", database, "imports", "--limit", "1")
    assert (code, lines[0].endswith(" UTC，规划员）")) == (0, True)
    assert "退回 1；已撤销（" in lines[0]


def test_an_import_in_use_is_not_undone(file: Path, database: str) -> None:
    code, lines = run("--database", database, "undo", "1")
    assert (code, lines) == (
        1,
        [
            "Error: 第 1 次导入不能整次撤销，导入以后它的记录有过别的改动："
            "“甲站”（后来的导入也写过）。请逐处处理，或者改正文件再导入一次。"
        ],
    )


def test_what_an_undone_import_refused_is_not_told(file: Path, database: str) -> None:
    for number in ("2", "1"):
        assert run("--database", database, "undo", number)[0] == 0
    assert run("--database", database, "refused", "--file", file.name) == (0, [])
