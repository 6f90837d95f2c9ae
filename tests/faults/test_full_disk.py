"""A full disk: one sentence, nothing half-done, old data served, and on without a restart."""

import gc
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import NoReturn

import psycopg
import pytest
from alembic import command
from flask.testing import FlaskClient

from bench.filled import fill
from geodata import schema
from geodata.database import engine_for, writing
from geodata.errors import StoreError, StoreFullError
from geodata.keeping.archive import verify
from geodata.keeping.backup import back_up
from geodata.keeping.digest import digests
from geodata.keeping.restore import restore
from geodata.store import Store
from service.app import create_app
from service.settings import Settings
from service.workshop import import_file, locator, sample_files

PASSWORD = "一个很长的规划口令"
READ = (
    "/",
    "/nearest?lon=121.47&lat=31.23",
    "/clusters?bbox=121,30,122,32&z=10",
    "/exports/points.csv",
)
Mount = Callable[[str], Path]


@pytest.fixture
def tmpfs(lacking: Callable[[str, str], NoReturn]) -> Iterator[Mount]:
    """`tmpfs("8m")`: a folder on a disk of its own of that size."""
    mounted: list[Path] = []

    def mount(size: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="zhitu-disk-"))
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
        if made.returncode:
            folder.rmdir()
            lacking("tmpfs", "only root may mount a small disk to fill it")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Fill a disk to the last byte, and free it again."""
    hog = folder / "hog"
    try:
        with hog.open("wb", buffering=0) as file:
            for piece in (1 << 16, 1 << 9, 1):
                with suppress(OSError):
                    while file.write(b"x" * piece):
                        pass
        assert shutil.disk_usage(folder).free == 0
        yield
    finally:
        hog.unlink()


def visitor(store: Store) -> FlaskClient:
    settings = Settings.from_environment({"ZHITU_PLANNER_PASSWORD": PASSWORD})
    client = create_app(settings, store).test_client()
    client.post("/sign-in", data={"password": PASSWORD})
    return client


def seen(client: FlaskClient) -> list[tuple[int, bytes]]:
    return [(answer.status_code, answer.data) for answer in map(client.get, READ)]


def state(store: Store) -> object:
    with store.reading() as session:
        return digests(session.connection())


def send(client: FlaskClient) -> tuple[int, str]:
    """What the desk says to a file of a megabyte."""
    text = "名称,地址\n" + "".join(f"{token_hex(32)},{token_hex(32)}\n" for _ in range(10_000))
    # By hand: werkzeug's client would put a large form into a passing file of its own.
    head = '--cut\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
    kind = "multipart/form-data; boundary=cut"
    body = f"{head}{text}\r\n--cut--\r\n".encode()
    answer = client.post("/desk/imports", data=body, content_type=kind)
    return answer.status_code, answer.text


def a_full_disk_is_survived(store: Store, disk: Path, tmp_path: Path) -> None:
    *first, last = sample_files()
    where = locator(store)
    for path in first:
        import_file(path, store, where)
    client = visitor(store)
    before, known = seen(client), state(store)
    assert {status for status, _ in before} == {200}
    with nothing_left(disk):
        with pytest.raises(StoreFullError, match=r"磁盘满了.*没有改动.*不用重启"):
            import_file(last, store, where)
        status, page = send(client)
        assert status == 507
        assert "磁盘满了" in page
        assert str(disk) not in page
        assert seen(client) == before
        assert state(store) == known
        made = back_up(store, tmp_path / "elsewhere", by="t")
        assert verify(made.path) == made.manifest
    import_file(last, store, where)
    assert send(client)[0] == 303
    assert back_up(store, tmp_path / "elsewhere", by="t").listed


def test_a_full_disk_under_sqlite_stops_only_those_who_write(tmpfs: Mount, tmp_path: Path) -> None:
    disk = tmpfs("16m")
    with closing(Store.open(f"sqlite:///{disk / 'zhitu.sqlite'}")) as store:
        a_full_disk_is_survived(store, disk, tmp_path)


@pytest.mark.postgis
def test_a_full_disk_under_postgresql_stops_only_those_who_write(
    tmpfs: Mount, tmp_path: Path, postgis_url: str
) -> None:
    disk = tmpfs("80m")
    shutil.chown(disk, "postgres")
    disk.chmod(0o700)
    with psycopg.connect(postgis_url, autocommit=True) as server:
        server.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        server.execute("CREATE DATABASE on_small TABLESPACE small")
    try:
        with closing(Store.open(postgis_url.replace("/postgres", "/on_small"))) as store:
            a_full_disk_is_survived(store, disk, tmp_path)
    finally:
        with psycopg.connect(postgis_url, autocommit=True) as server:
            server.execute("DROP DATABASE on_small WITH (FORCE)")
            server.execute("DROP TABLESPACE small")


def test_a_backup_that_finds_no_room_leaves_nothing(
    tmpfs: Mount, tmp_path: Path, store: Store
) -> None:
    disk = tmpfs("512k")
    made = back_up(fill(store), tmp_path / "b", by="t")
    known = state(store)
    (disk / "b").mkdir()
    with pytest.raises(StoreFullError, match="磁盘满了"):
        back_up(store, disk / "b", by="t")
    assert [path.name for path in (disk / "b").iterdir()] == [".zhitu-backup.lock"]
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    with nothing_left(disk), pytest.raises(StoreFullError, match="腾出空间"):
        restore(url, made.path, folder=disk / "b", replace=True, by="t")
    assert state(store) == known


def older(url: str) -> None:
    """A filled database as it was some steps ago."""
    with closing(Store.open(url)) as store:
        fill(store)
    engine = engine_for(url)
    with writing(engine) as session:
        command.downgrade(schema.config(session.connection()), "0010")
    engine.dispose()


def test_without_room_for_a_copy_the_schema_stays_as_it_was(tmpfs: Mount) -> None:
    disk = tmpfs("8m")
    url = f"sqlite:///{disk / 'zhitu.sqlite'}"
    older(url)
    # Held open as a server does, so that its small files beside the database are there.
    engine = engine_for(url)
    with engine.connect() as connection:
        assert schema.current(connection) == "0010"
        with nothing_left(disk), pytest.raises(StoreFullError, match=r"磁盘满了|放不下"):
            Store.open(url)
        assert schema.current(connection) == "0010"
    engine.dispose()
    assert [path.name for path in (disk / "backups").iterdir()] == []
    Store.open(url).close()
    assert [path.name[:19] for path in (disk / "backups").iterdir()] == ["before-upgrade-0010"]


def test_a_database_on_a_disk_that_is_read_only_is_a_sentence(tmpfs: Mount) -> None:
    disk = tmpfs("8m")
    url = f"sqlite:///{disk / 'zhitu.sqlite'}"
    with closing(Store.open(url)) as store:
        fill(store)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(StoreError, match="只能读、不能写"):
        Store.open(url)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    Store.open(url).close()


# Werkzeug forgets the file that found no room; what it held is written again when that is gone.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_that_finds_no_room_for_its_passing_file_is_a_sentence(
    tmpfs: Mount, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmpfs("1m")
    client = visitor(fill(store))
    known = state(store)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    with nothing_left(disk):
        status, page = send(client)
        assert status == 507
        assert "放临时文件的磁盘满了" in page
        assert state(store) == known
    assert send(client)[0] == 507
    gc.collect()
    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
    assert send(client)[0] == 303
