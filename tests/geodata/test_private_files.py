"""Who may read the files of a database: they hold persons, and only their owner may."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command

from geodata import database, schema
from geodata.keeping.backup import back_up
from geodata.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = os.umask(0)
    yield tmp_path / "new"
    os.umask(before)


def test_a_new_database_its_journal_and_their_folder_are_their_owners(folder: Path) -> None:
    store = Store.open(f"sqlite:///{folder}/zhitu.sqlite")
    with store.writing():
        rights = {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}
    store.close()
    assert rights == {
        "new": 0o700,
        "zhitu.sqlite": 0o600,
        "zhitu.sqlite-shm": 0o600,
        "zhitu.sqlite-wal": 0o600,
    }


def test_a_file_that_was_there_keeps_the_rights_somebody_gave_it(folder: Path) -> None:
    folder.mkdir()
    (folder / "zhitu.sqlite").touch(0o660)
    Store.open(f"sqlite:///{folder}/zhitu.sqlite").close()
    assert (folder / "zhitu.sqlite").stat().st_mode & 0o777 == 0o660


def test_a_file_of_a_version_that_made_it_everybodys_is_taken_from_them(
    folder: Path,
) -> None:
    url, file = f"sqlite:///{folder}/zhitu.sqlite", folder / "zhitu.sqlite"
    Store.open(url).close()
    engine = database.engine_for(url)
    with database.writing(engine) as session:
        command.downgrade(schema.config(session.connection()), "0017")
    engine.dispose()
    file.chmod(0o644)
    Store.open(url).close()
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_folder_of_backups_is_its_owners(folder: Path, store: Store) -> None:
    with store.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO erasure_key (key) VALUES (x'00')")
    made = back_up(store, folder, by="t")
    assert [path.stat().st_mode & 0o777 for path in (folder, made.path)] == [0o700, 0o600]


def test_an_address_that_is_a_uri_makes_no_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database.engine_for(f"sqlite:///file:{tmp_path}/x/zhitu.sqlite?uri=true").dispose()
    assert list(tmp_path.iterdir()) == []
