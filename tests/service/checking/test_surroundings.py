"""What `zhitu check` says of the machine: disks, clock, exposed files, what is not set."""

import tempfile
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.store import Store
from geodata.tables import Backup, ImportRun
from service.checking import contents, sources, sqlite_file, surroundings
from service.checking.finding import Finding
from service.settings import Settings, gather

_Usage = namedtuple("_Usage", "total used free")
KEY = "7d5ffaeb6e0d1bd4a1c6f0c6b1d7de02aa81e9d9e1b8cbb9"


def marks(found: list[Finding]) -> list[tuple[str, str]]:
    return [(str(one.mark), one.what) for one in found]


@pytest.mark.parametrize(
    ("free_mb", "mark"), [(99, "✗"), (100, "!"), (999, "!"), (1000, "✓"), (50_000, "✓")]
)
def test_a_disk_that_fills_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mb: int, mark: str
) -> None:
    usage = _Usage(1, 1, free_mb * 1024 * 1024)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    settings = Settings(
        database=f"sqlite:///{tmp_path / 'z.sqlite'}", backups=tmp_path / "not" / "yet"
    )
    assert marks(list(surroundings.disks(settings))) == [(mark, "磁盘"), (mark, "磁盘")]


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "b").touch()
    settings = Settings(database="postgresql://db/zhitu", backups=tmp_path / "b" / "c")
    (found,) = surroundings.disks(settings)
    assert (str(found.mark), "不是目录" in found.detail) == ("✗", True)


def test_a_file_that_cannot_be_looked_for_is_told(tmp_path: Path) -> None:
    # As in a folder of another's that is shut, which is open to root.
    file = tmp_path / ("x" * 300)
    assert marks(list(sqlite_file.findings(file))) == [("!", "数据库")]
    with pytest.raises(StoreError, match="没有这个数据库文件"):
        Store.existing(f"sqlite:///{file}")


def test_a_machine_without_a_folder_for_passing_files_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list(surroundings.passing_files()) == []
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    (found,) = surroundings.passing_files()
    assert (str(found.mark), "TMPDIR" in found.detail) == ("✗", True)


def test_a_server_s_disk_is_its_own_business(tmp_path: Path) -> None:
    settings = Settings(database="postgresql://db/zhitu", backups=tmp_path)
    assert len(list(surroundings.disks(settings))) == 1


def test_secrets_that_others_can_read_are_told(tmp_path: Path) -> None:
    toml, secret = tmp_path / "zhitu.toml", tmp_path / "key"
    secret.write_text(KEY)
    toml.write_text(f'port = 1\n[secret]\nkey_file = "{secret}"')
    toml.chmod(0o644)
    secret.chmod(0o644)
    only_the_key = [one.detail for one in surroundings.files(gather({}, file=toml))]
    assert only_the_key == [f"{secret} 别的用户也能读：请 chmod o-r {secret}。"]
    toml.write_text('[amap]\nkey = "k"')
    assert [one.detail for one in surroundings.files(gather({}, file=toml))] == [
        f"{toml} 别的用户也能读：请 chmod o-r {toml}。"
    ]
    toml.chmod(0o640)
    assert list(surroundings.files(gather({}, file=toml))) == []


def test_a_variable_that_sets_nothing_is_told_with_the_nearest() -> None:
    found = list(surroundings.misspelt(gather({"ZHITU_PROT": "1"})))
    assert [one.detail for one in found] == [
        "没有 ZHITU_PROT 这个变量，它不起作用，是不是 ZHITU_PORT？"
    ]


def test_a_public_service_must_have_https_and_its_own_address() -> None:
    production = {"ZHITU_PRODUCTION": "1", "ZHITU_SECRET_KEY": KEY}
    whole = {"ZHITU_HTTPS": "1", "ZHITU_SITE_URL": "https://map.example.org"}
    bare = list(surroundings.public_service(Settings.from_environment(production)))
    done = list(surroundings.public_service(Settings.from_environment(production | whole)))
    assert (marks(bare), done) == ([("✗", "对外"), ("✗", "对外")], [])
    assert ["ZHITU_HTTPS" in bare[0].detail, "ZHITU_SITE_URL" in bare[1].detail] == [True, True]


def test_an_exposed_service_is_warned_outside_of_production_too() -> None:
    found = list(surroundings.public_service(Settings(host="0.0.0.0")))
    assert {str(one.mark) for one in found} == {"!"}


def _settings(store: Store) -> Settings:
    return Settings(database=store.engine.url.render_as_string(), planner_password="x")


def _at(back: timedelta) -> datetime:
    return (datetime.now(UTC) - back).replace(tzinfo=None)


def test_data_of_the_future_and_old_backups_are_told(store: Store) -> None:
    first = marks(list(contents.findings(_settings(store))))
    with store.writing() as session:
        session.add(
            ImportRun(
                file="甲.csv",
                sha256="0" * 64,
                at=_at(timedelta(days=-400)),
                forms=[],
                rows_read=0,
                rows_refused=0,
                new=0,
                changed=0,
                same=0,
            )
        )
        session.add(
            Backup(at=_at(timedelta(days=3)), file="b", bytes=1, sha256="", seconds=1, program="0")
        )
    then = marks(list(contents.findings(_settings(store))))
    with store.writing() as session:
        session.add(
            Backup(at=_at(timedelta(0)), file="c", bytes=1, sha256="", seconds=1, program="0")
        )
    last = list(contents.findings(_settings(store)))
    assert first == [("✓", "库中数据"), ("!", "备份"), ("✓", "规划登录")]
    assert then == [("✓", "库中数据"), ("✗", "时钟"), ("!", "备份"), ("✓", "规划登录")]
    assert [str(one.mark) for one in last if one.what == "备份"] == ["✓"]


def test_a_geocoder_in_an_inner_network_is_told_before_it_is_asked() -> None:
    environ = {"ZHITU_NOMINATIM_URL": "http://localhost:8088"}
    (found,) = sources.hosts(Settings.from_environment(environ))
    assert (str(found.mark), "ZHITU_PRIVATE_HOSTS" in found.detail) == ("✗", True)
    named = environ | {"ZHITU_PRIVATE_HOSTS": "localhost"}
    assert list(sources.hosts(Settings.from_environment(named))) == []
