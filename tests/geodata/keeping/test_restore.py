"""What a backup brings back, into either database, and what it must not touch."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, delete, func, select, text, update

from bench.filled import LAST_ID, fill
from geodata.errors import (
    ConflictError,
    NotFoundError,
    StoreDamagedError,
    StoreError,
)
from geodata.keeping.archive import unpack, verify
from geodata.keeping.backup import back_up
from geodata.keeping.digest import digests, export_hash
from geodata.keeping.move import move
from geodata.keeping.restore import BEYOND, restore
from geodata.store import Store
from geodata.tables import Account, Backup, Base, DataVersion, Place

# A restore and a move write these themselves.
OWN = {"account", "audit_event", "backup", "data_version"}
# A file on its way in is nobody's after a restore.
STAGED: dict[str, list[str]] = {"staged_file": [], "staged_record": [], "staged_refusal": []}
EITHER = pytest.mark.parametrize(
    "target", ["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)]
)
NewDatabase = Callable[[str], str]


def stored(connection: Connection) -> dict[str, list[str]]:
    """The rows of each table as the driver hands them out, no type of ours in between."""
    quote = connection.dialect.identifier_preparer.quote
    return {
        name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {quote(name)}")).all()))
        for name in {*Base.metadata.tables} - OWN
    }


def content(url: str) -> dict[str, list[str]]:
    opened = Store.open(url)
    with opened.engine.connect() as connection:
        found = stored(connection)
    opened.close()
    return found


def url_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def kind_of(store: Store) -> str:
    return "sqlite" if store.engine.dialect.name == "sqlite" else "postgis"


@EITHER
def test_a_backup_restores_into_either_database_and_back(
    any_store: Store, target: str, tmp_path: Path, new_database: NewDatabase
) -> None:
    before = content(url_of(fill(any_store)))
    first = back_up(any_store, tmp_path / "b", by="t")
    there, home = new_database(target), new_database(kind_of(any_store))
    assert restore(there, first.path, folder=tmp_path / "b", replace=False, by="t").aside is None
    opened = Store.open(there)
    second = back_up(opened, tmp_path / "c", by="t")
    opened.close()
    restore(home, second.path, folder=tmp_path / "c", replace=False, by="t")
    assert content(home) == before | STAGED
    assert first.manifest.export == second.manifest.export


@EITHER
def test_a_database_moves_into_either_and_back(
    any_store: Store, target: str, new_database: NewDatabase
) -> None:
    before = content(url_of(fill(any_store)))
    there, home = new_database(target), new_database(kind_of(any_store))
    out, back = move(url_of(any_store), there, by="t"), move(there, home, by="t")
    assert out.export == back.export
    assert set(out.tables) == {*Base.metadata.tables}
    assert {name for name in out.tables if out.tables[name] != back.tables[name]} == {"audit_event"}
    assert content(home) == before


@EITHER
def test_no_number_is_given_out_again(
    any_store: Store, target: str, tmp_path: Path, new_database: NewDatabase
) -> None:
    with fill(any_store).writing() as session:
        session.execute(delete(Base.metadata.tables["upload"]))
    made = back_up(any_store, tmp_path / "b", by="t")
    url = new_database(target)
    restore(url, made.path, folder=tmp_path / "b", replace=False, by="t")
    opened = Store.open(url)
    with opened.writing() as session:
        number = session.scalar(
            text(
                "INSERT INTO upload (name, sha256, size, by, districts, unions, at, corrections)"
                " VALUES ('', '', 0, '', '[]', '[]', '2026-01-01 00:00:00', '[]') RETURNING id"
            )
        )
    opened.close()
    assert number == LAST_ID + 1


def test_data_are_only_replaced_when_asked_and_then_kept_aside(
    any_store: Store, tmp_path: Path
) -> None:
    made = back_up(fill(any_store), tmp_path, by="t")
    with any_store.writing() as session:
        session.execute(update(Place).values(name="后来改的"))
    with any_store.reading() as session:
        changed = export_hash(session)
    url = url_of(any_store)
    with pytest.raises(ConflictError, match="--replace"):
        restore(url, made.path, folder=tmp_path, replace=False, by="t")
    done = restore(url, made.path, folder=tmp_path, replace=True, by="t")
    assert done.aside is not None
    assert verify(done.aside).export == changed
    with any_store.reading() as session:
        assert export_hash(session) == made.manifest.export


def test_running_servers_reload_sign_ins_end_and_later_backups_stay_listed(
    any_store: Store, tmp_path: Path
) -> None:
    first = back_up(fill(any_store), tmp_path, by="t")
    back_up(any_store, tmp_path, by="t")
    with any_store.writing() as session:
        session.execute(update(DataVersion).values(number=90))
        listed = session.scalars(select(Backup.file).order_by(Backup.id)).all()
    before = any_store.snapshot(rectifying=True)
    done = restore(url_of(any_store), first.path, folder=tmp_path, replace=True, by="t")
    assert done.aside is not None
    assert any_store.version() == 41 + 1 + 90 + BEYOND
    assert any_store.snapshot(rectifying=True) is not before
    with any_store.reading() as session:
        generations = session.scalars(select(Account.generation)).all()
        assert sorted(session.scalars(select(Backup.file))) == sorted([*listed, done.aside.name])
    # The built-in account has a row since, and its sign-ins end, too.
    assert set(generations) == {90 + BEYOND, 1 + 90 + BEYOND}


def test_a_backup_of_an_older_schema_is_brought_up(
    store: Store, tmp_path: Path, older_backup: Callable[[Store, str], Path]
) -> None:
    with fill(store).reading() as session:
        export = export_hash(session)
    old = older_backup(store, "0016")
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    restore(url, old, folder=tmp_path, replace=False, by="t")
    opened = Store.open(url)
    with opened.reading() as session:
        assert export_hash(session) == export
        assert session.scalar(select(func.count()).select_from(Place)) == 1
    opened.close()


def test_a_backup_of_a_newer_schema_is_refused(
    store: Store, tmp_path: Path, older_backup: Callable[[Store, str], Path]
) -> None:
    newer = older_backup(fill(store), "9999")
    with pytest.raises(StoreError, match="更新版本的职图"):
        restore(f"sqlite:///{tmp_path / 'n.sqlite'}", newer, folder=tmp_path, replace=True, by="t")


def test_a_file_that_was_being_read_is_not_gone_on_with(any_store: Store, tmp_path: Path) -> None:
    staging = fill(any_store).staging
    reading = staging.begin("甲.csv", "0" * 64)
    made = back_up(any_store, tmp_path, by="t")
    restore(url_of(any_store), made.path, folder=tmp_path, replace=True, by="t")
    with pytest.raises(NotFoundError, match="请重新选择文件导入"):
        staging.add(reading, 0, [], [])
    assert staging.begin("乙.csv", "1" * 64) > reading


LIES = {
    "size": ["x", None, -1, 10**30],
    "made_at": ["x", 5, None],
    "last_ids": [None, {"place": "x"}, {"place": 10**30}],
    "tables": [{}, {"place": {"rows": -1, "sha256": ""}}, [1]],
    "revision": [None, 7],
    "export": [{}],
    "format": ["x", 2],
}


def test_a_backup_whose_manifest_lies_is_refused(store: Store, tmp_path: Path) -> None:
    made = back_up(fill(store), tmp_path, by="t")
    with ZipFile(made.path) as whole:
        manifest, inside = json.loads(whole.read("manifest.json")), whole.read("zhitu.sqlite")
    for name, lie in ((name, lie) for name, lies in LIES.items() for lie in lies):
        path = written(tmp_path / "lie.zip", manifest | {name: lie}, inside)
        with pytest.raises(StoreError, match="备份"):
            restore(url_of(store), path, folder=tmp_path, replace=True, by="t")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE contact",
        "DELETE FROM alembic_version",
        "UPDATE service_point SET place_id = 999",
        "UPDATE place SET geom = x'0102'",
        "UPDATE place SET name = CAST(x'ff' AS TEXT)",
        "UPDATE account SET made_at = 'x'",
        "UPDATE service_point SET kind = 'x'",
    ],
)
def test_a_backup_put_together_by_hand_is_refused(
    store: Store, tmp_path: Path, change: str
) -> None:
    made, file = back_up(fill(store), tmp_path, by="t"), tmp_path / "inside.sqlite"
    unpack(made.path, file)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute(change)
    inside = file.read_bytes()
    manifest = asdict(made.manifest) | {"size": len(inside), "sha256": sha256(inside).hexdigest()}
    path = written(tmp_path / "made.zip", manifest, inside)
    with pytest.raises(StoreError, match="备份里的数据库"):
        restore(url_of(store), path, folder=tmp_path, replace=True, by="t")


def written(path: Path, manifest: object, inside: bytes) -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("zhitu.sqlite", inside)
    return path


@pytest.mark.parametrize("cut", [0, 3, 200, -1, -300])
def test_a_damaged_backup_is_refused_and_nothing_changes(
    store: Store, tmp_path: Path, cut: int
) -> None:
    made = back_up(fill(store), tmp_path, by="t")
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[:cut])
    with pytest.raises(StoreError, match="备份"):
        verify(made.path)
    made.path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    with store.engine.connect() as connection:
        before = digests(connection)
    with pytest.raises(StoreError, match="备份"):
        restore(url_of(store), made.path, folder=tmp_path, replace=True, by="t")
    with store.engine.connect() as connection:
        assert digests(connection) == before


def test_a_damaged_database_is_set_aside_and_a_fresh_one_takes_its_place(
    store: Store, tmp_path: Path
) -> None:
    made = back_up(fill(store), tmp_path / "b", by="t")
    store.close()
    path = tmp_path / "zhitu.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    url = f"sqlite:///{path}"
    with pytest.raises(StoreDamagedError, match="zhitu restore"):
        restore(url, made.path, folder=tmp_path / "b", replace=False, by="t")
    done = restore(url, made.path, folder=tmp_path / "b", replace=True, by="t")
    assert done.aside is not None
    assert done.aside.read_bytes()[4096:8192] == b"\xff" * 4096
    opened = Store.open(url)
    with opened.reading() as session:
        assert export_hash(session) == made.manifest.export
    opened.close()


def test_a_backup_named_as_the_database_is_no_damaged_database(
    store: Store, tmp_path: Path
) -> None:
    made = back_up(fill(store), tmp_path / "b", by="t")
    with pytest.raises(StoreError, match="不是数据库，没有改动它"):
        restore(f"sqlite:///{made.path}", made.path, folder=tmp_path / "b", replace=True, by="t")
    assert verify(made.path) == made.manifest


def test_a_text_that_postgresql_cannot_hold_is_a_sentence_without_the_text(
    any_store: Store, store: Store
) -> None:
    with fill(store).writing() as session:
        session.execute(update(Place).values(name="甲\x00乙"))
    if any_store.engine.dialect.name == "sqlite":
        return
    with pytest.raises(StoreError, match="表 place 里有目标数据库放不下的内容") as refused:
        move(url_of(store), url_of(any_store), by="t")
    assert "乙" not in str(refused.value)
