"""`zhitu backup`, `zhitu restore` and `zhitu move` as somebody at a terminal sees them."""

import re
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.filled import fill
from geodata import schema
from geodata.store import Store
from service.cli import main

Run = Callable[..., list[str]]
HASH = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{8}-\d{6}|[\d,.]+ (?=KB|秒)")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("backup", ...)`: its lines without times and hashes; it must end with `code`."""
    monkeypatch.setenv("ZHITU_DATABASE", str(tmp_path / "zhitu.sqlite"))
    monkeypatch.setenv("ZHITU_BACKUPS", str(tmp_path / "b"))

    def ran(*words: str, code: int = 0) -> list[str]:
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == code, done.output
        plain = TIME.sub("~", HASH.sub("#", done.output.replace(str(tmp_path), "")))
        return plain.splitlines()

    return ran


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "zhitu.sqlite"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        fill(store)
    return path


WHAT = [
    f"~（北京时间）的数据，职图 {version('zhitu')}，结构版本 {schema.newest()}，数据版本 41",
    "1 处地点，2 项服务，2 个账号；ROWS",
    "导出校验值 #",
]


def told(lines: list[str]) -> list[str]:
    """Without how many tables and rows there are, which grows with the program."""
    return [re.sub(r"\d+ 张表(共 |、)\d+ 行", "ROWS", line) for line in lines]


def test_a_backup_is_made_checked_and_restored(run: Run, database: Path, tmp_path: Path) -> None:
    assert told(run("backup")) == [
        "已备份到 /b/zhitu-~.zip（~KB，~秒）",
        *WHAT,
        "文件校验值 SHA-256 #",
    ]
    (made,) = (str(path) for path in (tmp_path / "b").glob("*.zip"))
    assert told(run("restore", "--check", made)) == [*WHAT, "备份完整，可以恢复。"]
    assert run("restore", made, code=1) == [
        "Error: 目标数据库里有数据，没有恢复。确实要换掉，请加 --replace："
        "会先把现有数据另存一份备份。"
    ]
    after = "所有人要重新登录；备份之后停用的账号和令牌又能用了，请再停用一次。"
    assert told(run("restore", made, "--replace")) == [
        "已恢复，逐表核对一致。",
        *WHAT,
        "原来的数据在 /b/before-restore-~.zip",
        after,
    ]
    assert told(run("restore", made, "--into", str(tmp_path / "new.sqlite"))) == [
        "已恢复，逐表核对一致。",
        *WHAT,
        after,
    ]


@pytest.mark.parametrize("nowhere", ["", ":memory:", "sqlite://", "sqlite:///"])
def test_data_are_put_where_they_stay(run: Run, database: Path, nowhere: str) -> None:
    said = "Error: 要写明哪一个数据库：一个文件，或 postgresql://…"
    assert run("restore", "b.zip", "--replace", "--into", nowhere, code=1) == [said]
    assert run("move", str(database), nowhere, code=1) == [said]
    assert run("backup", "--out", "", code=1) == [
        "Error: --out 要写文件名：可能是命令里的变量是空的。"
    ]


def test_a_move_says_that_both_sides_agree(run: Run, database: Path, tmp_path: Path) -> None:
    there = str(tmp_path / "there.sqlite")
    assert told(run("move", str(database), there)) == [
        "已搬 ROWS，逐表核对一致。",
        "两边导出校验值相同：#",
        "旧库没有改动。请把 ZHITU_DATABASE 改成新库再启动服务，旧库不要再写。",
    ]
    assert run("move", str(database), there, code=1) == [
        "Error: 目标数据库里有数据，没有搬：请给一个空的数据库。"
    ]
    assert run("move", str(tmp_path / "nothing.sqlite"), there, code=1) == [
        "Error: 没有这个数据库文件：/nothing.sqlite"
    ]


def test_a_backup_goes_where_it_is_told_and_old_ones_go(
    run: Run, database: Path, tmp_path: Path
) -> None:
    assert run("backup", "-o", str(tmp_path / "stick" / "one.zip"))[0].startswith(
        "已备份到 /stick/one.zip（"
    )
    run("backup")
    assert run("backup", "--keep", "1")[-1] == "删去旧备份 zhitu-~.zip"
    assert run("backup", "-o", "x.zip", "--keep", "1", code=1) == [
        "Error: --out 和 --keep 不能一起用：--keep 只管 ZHITU_BACKUPS 里的备份"
    ]


def test_a_database_that_is_not_there_is_not_backed_up_as_an_empty_one(
    run: Run, tmp_path: Path
) -> None:
    assert run("backup", code=1) == ["Error: 没有这个数据库文件：/zhitu.sqlite"]
    assert list(tmp_path.iterdir()) == []


def test_a_backup_holds_persons_and_says_nothing_of_them(
    run: Run, database: Path, tmp_path: Path
) -> None:
    lines = run("backup", "-o", str(tmp_path / "a.zip"))
    assert "静安" not in "".join(lines)
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
