"""`zhitu` where a machine is set up badly: locale, home, folders, clock. Real processes each."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bench.served import free_port
from geodata.store import Store
from geodata.tables import ImportRun
from service.cli import main
from service.workshop import import_file, locator, sample_files

Serve = Callable[..., tuple[int, list[str]]]
ROOT = Path(__file__).parents[2]
CLOCK = Path(__file__).parent / "wrong_clock"
PASSWORD = "k4-Wq_82mzPt"
# What a service manager hands over, and nothing else: no HOME, no LANG, no TMPDIR.
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "ZHITU_PLANNER_PASSWORD": PASSWORD}
PROGRAM = (sys.executable, "-P", "-c", "from service.cli import main; main()")


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def zhitu(
    cwd: Path, *arguments: str, before: tuple[str, ...] = (), **environ: str
) -> tuple[int, str, str]:
    """Exit code, output and what went to standard error; a traceback is never right."""
    done = subprocess.run(
        [*before, *PROGRAM, *arguments],
        cwd=cwd,
        env=BARE | environ,
        capture_output=True,
        check=False,
        timeout=120,
    )
    output, error = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    assert "Traceback" not in error
    return done.returncode, output, error


def status(port: int, path: str, body: bytes | None = None, cookie: str = "") -> tuple[int, str]:
    request = Request(f"http://127.0.0.1:{port}{path}", body, {"Cookie": cookie})
    try:
        with build_opener(_Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers.get("Set-Cookie", "")
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Set-Cookie", "")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts `zhitu serve` on a port of its own; the lines it says stand there after the test."""
    running: list[subprocess.Popen[bytes]] = []

    def started(cwd: Path, *arguments: str, **environ: str) -> tuple[int, list[str]]:
        port = free_port()
        said = tmp_path / "said"
        with said.open("wb") as out:
            command = [*PROGRAM, *arguments, "serve", f"--port={port}"]
            process = subprocess.Popen(command, cwd=cwd, env=BARE | environ, stdout=out, stderr=out)
        running.append(process)
        until = time.monotonic() + 180
        while time.monotonic() < until and process.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        return port, said.read_text(encoding="utf-8").splitlines()

    yield started
    for process in running:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one of the samples in it."""
    file = tmp_path_factory.mktemp("filled") / "zhitu.sqlite"
    with closing(Store.open(f"sqlite:///{file}")) as store:
        import_file(sample_files()[0], store, locator(store))
    return file


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> tuple[str, str]:
    """The option that names a database of the test's own."""
    shutil.copy(filled, tmp_path / "z.sqlite")
    return ("--database", f"sqlite:///{tmp_path / 'z.sqlite'}")


def imported(file: Path) -> list[str]:
    with closing(Store.open(f"sqlite:///{file}")) as store, store.reading() as session:
        return list(session.scalars(select(ImportRun.file)))


@pytest.mark.parametrize(
    "locale",
    [{"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "xx_YY.NO", "PYTHONUTF8": "0"}],
    ids=["C", "unknown"],
)
def test_chinese_names_pass_through_any_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    file = tmp_path / "示例站点.csv"
    file.write_text("名称,类别,地址\n甲站,户外职工驿站,人民大道200号\n", encoding="utf-8")
    into = ("--database", f"sqlite:///{tmp_path / '数据.sqlite'}")
    code, output, error = zhitu(tmp_path, *into, "import", str(file), **locale)
    assert (code, error) == (0, "")
    assert "新增 1" in output
    assert imported(tmp_path / "数据.sqlite") == ["示例站点.csv"]


def test_a_file_that_windows_named_is_imported_under_its_name(tmp_path: Path) -> None:
    raw = os.fsdecode(os.path.join(os.fsencode(tmp_path), "驿站.csv".encode("gbk")))
    Path(raw).write_text("名称,类别,地址\n甲站,户外职工驿站,\n", encoding="utf-8")
    into = f"sqlite:///{tmp_path / 'z.sqlite'}"
    done = CliRunner().invoke(main, ["--database", into, "import", raw])
    assert (done.exit_code, "新增 1" in done.output) == (0, True)
    assert imported(tmp_path / "z.sqlite") == ["驿站.csv"]


@pytest.fixture
def powerless(lacking: Callable[[str, str], NoReturn]) -> tuple[str, ...]:
    """What takes away root's power to write where nobody may."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        lacking("read-only", "install util-linux: root writes where nobody may")
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A copy of the program in a folder nobody may write to."""
    installed = tmp_path / "read-only"
    for package in ("geodata", "importers", "maps", "service"):
        shutil.copytree(ROOT / package, installed / package)
    folders = [installed, *(path for path in installed.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield installed
    for folder in folders:
        folder.chmod(0o755)


def test_a_read_only_install_needs_one_folder_for_its_data(
    read_only: Path, powerless: tuple[str, ...], tmp_path: Path
) -> None:
    nowhere = {"PYTHONPATH": str(read_only), "HOME": "/nonexistent", "TMPDIR": "/nonexistent"}
    before = sorted(read_only.rglob("*"))
    data = tmp_path / "data"
    data.mkdir()
    into = ("--database", f"sqlite:///{data / 'z.sqlite'}")
    code, _, error = zhitu(read_only, *into, "demo", "--no-serve", before=powerless, **nowhere)
    assert (code, error) == (0, "")
    code, output, _ = zhitu(read_only, "check", before=powerless, **nowhere)
    assert code == 1
    assert f"✗ 数据库：zhitu-data/zhitu.sqlite 还没有，也建不了：{read_only} 不能写" in output
    assert sorted(read_only.rglob("*")) == before


def test_a_file_that_may_only_be_read_is_one_sentence(
    database: tuple[str, str], powerless: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "z.sqlite"
    file.chmod(0o400)
    tmp_path.chmod(0o500)
    _, output, _ = zhitu(ROOT, *database, "check", before=powerless)
    code, _, error = zhitu(ROOT, *database, "gaps", before=powerless)
    tmp_path.chmod(0o700)
    assert f"✗ 数据库：{file}、{tmp_path} 不能写" in output
    assert (code, error.count("\n"), error[:7]) == (1, 1, "Error: ")


def shift_to(year: int) -> dict[str, str]:
    away = datetime(year, 3, 1, tzinfo=UTC) - datetime.now(UTC)
    return {"SHIFT_S": str(away.total_seconds()), "PYTHONPATH": f"{CLOCK}{os.pathsep}{ROOT}"}


def opened(port: int, cookie: str) -> list[int]:
    pages = ("/", "/nearest?lon=121.47&lat=31.23", "/desk", "/planner", "/desk/points")
    more = ("/desk/review", "/desk/imports", "/desk/audit", "/desk/account", "/ogc/collections")
    return [status(port, page, cookie=cookie)[0] for page in (*pages, *more)]


def sign_in(port: int) -> str:
    code, cookie = status(port, "/sign-in", f"password={PASSWORD}".encode())
    assert code == 303
    return cookie


def test_a_clock_that_fell_back_to_1970_is_told_and_stops_no_page(
    tmp_path: Path, database: tuple[str, str], serve: Serve
) -> None:
    code, output, _ = zhitu(tmp_path, *database, "check", **shift_to(1970))
    found = [line for line in output.splitlines() if line.startswith("✗ 时钟：")]
    assert (code, len(found)) == (1, 2)
    assert found[0].startswith("✗ 时钟：本机的日期是 1970-03-01，不会对")
    assert "比本机现在的时间还晚" in found[1]
    port, said = serve(tmp_path, *database, **shift_to(1970))
    assert [line[:19] for line in said if "日期" in line] == ["本机的日期是 1970-03-01，不"]
    assert opened(port, sign_in(port)) == [200] * 10


def test_a_clock_put_right_ends_the_sign_ins_of_the_future_and_tells_of_its_data(
    tmp_path: Path, database: tuple[str, str], serve: Serve
) -> None:
    key = {"ZHITU_SECRET_KEY": "7d5ffaeb6e0d1bd4a1c6f0c6b1d7de02aa81e9d9e1b8cbb9"}
    file = tmp_path / "站点.csv"
    file.write_text("名称,类别,地址\n甲站,户外职工驿站,\n", encoding="utf-8")
    assert zhitu(tmp_path, *database, "import", str(file), **shift_to(2099))[0] == 0
    port, _ = serve(tmp_path, *database, **shift_to(2099), **key)
    cookie = sign_in(port)
    assert opened(port, cookie) == [200] * 10
    port, _ = serve(tmp_path, *database, **key)
    assert status(port, "/desk", cookie=cookie)[0] == 302
    assert opened(port, sign_in(port)) == [200] * 10
    done = CliRunner().invoke(main, [*database, "check"])
    assert done.exit_code == 1
    assert "✗ 时钟：库里最新的记录写于 2099-03-01" in done.output
