"""Damaged, cut, older and newer files of SQLite: a sentence says what to do, nothing is changed.

What is checked here is a real file with the samples in it; `zhitu check` looks, `zhitu gaps` opens.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner

from geodata import schema
from geodata.database import engine_for
from geodata.store import Store
from service.cli import main
from service.workshop import import_file, locator, sample_files

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that was closed in good order."""
    file = tmp_path_factory.mktemp("whole") / "zhitu.sqlite"
    with closing(Store.open(f"sqlite:///{file}")) as store:
        for sample in sample_files()[:2]:
            import_file(sample, store, locator(store))
    return file


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no setting of its own is written where a test looks."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "zhitu.sqlite"
    shutil.copy(whole, copy)
    copy.chmod(0o600)
    return copy


@pytest.fixture
def with_log(file: Path) -> Path:
    """A file as a killed program leaves it: what it wrote last is in the log beside it."""
    left = file.with_name("left.sqlite")
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("CREATE TABLE late (a)")
        writer.execute("INSERT INTO late VALUES (zeroblob(20000))")
        writer.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{file}{end}", f"{left}{end}")
    left.chmod(0o600)
    return left


def run(file: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--database", f"sqlite:///{file}", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def told(file: Path) -> tuple[int, list[str]]:
    """The exit code of `zhitu check` and what it says of the database."""
    code, output = run(file, "check")
    lines = output.partition("检查\n")[2].splitlines()
    return code, [line for line in lines if line[2:5] == "数据库"]


def digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def overwrite(file: Path, at: int, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(content)


def cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def spoil_a_page(file: Path) -> None:
    with closing(sqlite3.connect(file)) as reader:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = 'place'"
        root, size = reader.execute(asked).fetchone()[0], reader.execute("PRAGMA page_size")
        bytes_a_page = size.fetchone()[0]
    overwrite(file, (root - 1) * bytes_a_page, b"\xff" * bytes_a_page)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.write_bytes(b""), "是空的（0 字节）：被清空了，或拷贝时中断了。"),
        (lambda file: file.write_text("a" * 9000), "不是 SQLite 数据库，或文件头坏了。"),
        (lambda file: overwrite(file, 0, b"\0" * 16), "不是 SQLite 数据库，或文件头坏了。"),
        (lambda file: file.write_bytes(file.read_bytes()[:60]), "不全：连文件头都没有写完。"),
        (cut, "不全：应有 "),
        (spoil_a_page, "文件已损坏（"),
    ],
    ids=["empty", "text", "header", "head only", "cut", "page"],
)
def test_a_damaged_file_is_named_and_left_as_it_is(file: Path, damage: Damage, said: str) -> None:
    damage(file)
    before = digest(file)
    code, lines = told(file)
    assert (code, len(lines), lines[0][0]) == (1, 1, "✗")
    assert said in lines[0]
    assert "请先停止服务" in lines[0]
    assert "zhitu restore" in lines[0]
    assert digest(file) == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: overwrite(file, 0, b"a" * 9000),
        lambda file: overwrite(file, 0, b"\0"),
        cut,
        spoil_a_page,
    ],
    ids=["text", "header", "cut", "page"],
)
def test_no_command_works_on_a_damaged_file(file: Path, damage: Damage) -> None:
    damage(file)
    before = digest(file)
    code, output = run(file, "gaps")
    assert (code, output.count("\n"), output[:7]) == (1, 1, "Error: ")
    assert "备份" in output
    assert digest(file) == before


def test_a_whole_file_is_told_so_and_not_touched(file: Path) -> None:
    before = digest(file)
    code, lines = told(file)
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("✓ 数据库：SQLite 文件完整")
    assert digest(file) == before


def test_a_log_that_broke_off_is_a_doubt_and_one_that_cannot_be_read_is_an_error(
    with_log: Path,
) -> None:
    wal = Path(f"{with_log}-wal")
    assert [line[0] for line in told(with_log)[1]] == ["✓"]
    with wal.open("r+b") as opened:
        opened.truncate(wal.stat().st_size - 100)
    code, lines = told(with_log)
    assert (code, [line[0] for line in lines]) == (0, ["!", "✓"])
    assert "的末尾不完整" in lines[0]
    overwrite(wal, 0, b"\0\0\0\0")
    code, lines = told(with_log)
    assert (code, [line[0] for line in lines]) == (1, ["✗"])
    assert "还没有并入数据库的改动会丢" in lines[0]


def test_an_older_file_is_not_upgraded_by_looking_and_is_by_the_next_start(file: Path) -> None:
    engine = engine_for(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.downgrade(schema.config(connection), "-1")
        at = schema.current(connection)
    engine.dispose()
    before = digest(file)
    code, lines = told(file)
    assert (code, lines[0][0], f"结构版本 {at}，比程序的 {schema.newest()} 旧" in lines[0]) == (
        0,
        "!",
        True,
    )
    assert digest(file) == before
    assert run(file, "gaps")[0] == 0
    assert told(file)[1][0].startswith("✓ 数据库")
    copies = Path("zhitu-data/backups").iterdir()
    assert [copy.name.split("-zhitu-")[0] for copy in copies] == [f"before-upgrade-{at}"]


def test_a_newer_file_is_refused_and_the_version_named(file: Path) -> None:
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("UPDATE alembic_version SET version_num = '9999'")
        writer.commit()
    code, lines = told(file)
    assert (code, lines[0][0]) == (1, "✗")
    assert "由更新版本的职图写成（结构 9999）" in lines[0]
    code, output = run(file, "gaps")
    assert (code, output.count("\n"), "由更新版本的职图写成（9999）" in output) == (1, 1, True)
    assert not Path("zhitu-data").exists()


def test_looking_for_a_file_makes_none(tmp_path: Path) -> None:
    code, lines = told(tmp_path / "none" / "zhitu.sqlite")
    assert (code, lines[0][0], "还没有：第一次启动或导入时会建" in lines[0]) == (0, "!", True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    code, lines = told(tmp_path)
    assert (code, lines) == (1, [f"✗ 数据库：{tmp_path} 不是文件：请检查 ZHITU_DATABASE。"])
    code, output = run(tmp_path, "gaps")
    assert (code, output.count("\n")) == (1, 1)


def test_a_file_that_others_can_read_is_told(file: Path) -> None:
    file.chmod(0o644)
    file.parent.chmod(0o755)
    code, lines = told(file)
    assert (code, [line[0] for line in lines]) == (0, ["!", "✓"])
    assert lines[0].endswith(f"请 chmod o-r {file}。")
