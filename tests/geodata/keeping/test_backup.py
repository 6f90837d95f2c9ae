"""A backup holds one moment of either database, says what it holds, and is read back."""

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, event, inspect, select

from bench.filled import fill
from geodata import schema
from geodata.errors import ConflictError, StoreError
from geodata.keeping import last_backup
from geodata.keeping.archive import verify
from geodata.keeping.backup import back_up
from geodata.keeping.digest import digests, export_hash
from geodata.keeping.folder import workshop
from geodata.store import Store
from geodata.tables import AuditEvent, Backup


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".zhitu-backup.lock")


def test_a_filled_database_has_a_row_in_every_table(any_store: Store) -> None:
    with fill(any_store).engine.connect() as connection:
        found = digests(connection)
        ours = {*inspect(connection).get_table_names()} - {"spatial_ref_sys", "alembic_version"}
    assert {name for name, digest in found.items() if digest.rows} == ours


def test_a_backup_says_what_it_holds(any_store: Store, tmp_path: Path) -> None:
    with fill(any_store).reading() as session:
        tables, export = digests(session.connection()), export_hash(session)
    made = back_up(any_store, tmp_path / "b", by="t")
    assert verify(made.path) == made.manifest
    assert (made.manifest.tables, made.manifest.export) == (tables, export)
    assert (made.manifest.revision, made.manifest.data_version) == (schema.newest(), 41)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert files(tmp_path / "b") == [made.path.name]


def test_the_backups_of_both_databases_have_the_same_hashes(
    store: Store, any_store: Store, tmp_path: Path
) -> None:
    known = back_up(fill(store), tmp_path / "a", by="t").manifest
    if any_store.engine.url != store.engine.url:
        fill(any_store)
    found = back_up(any_store, tmp_path / "b", by="t").manifest
    same = {name for name in known.tables if known.tables[name] == found.tables[name]}
    assert set(known.tables) - same <= {"audit_event", "backup"}
    assert known.export == found.export


def test_the_database_inside_opens_without_us(any_store: Store, tmp_path: Path) -> None:
    made = back_up(fill(any_store), tmp_path / "b", by="t")
    with ZipFile(made.path) as archive:
        assert archive.namelist() == ["manifest.json", "zhitu.sqlite"]
        assert json.loads(archive.read("manifest.json"))["export"] == made.manifest.export
        archive.extract("zhitu.sqlite", tmp_path)
    inside = Store.open(f"sqlite:///{tmp_path / 'zhitu.sqlite'}")
    with inside.reading() as session:
        assert export_hash(session) == made.manifest.export
    inside.close()


def test_the_last_backup_is_known_by_its_name_and_hash(store: Store, tmp_path: Path) -> None:
    with fill(store).writing() as session:
        session.execute(delete(Backup))
        assert last_backup(session) is None
    made = back_up(store, tmp_path / "b", by="某账号")
    with store.reading() as session:
        last = last_backup(session)
        done = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert done is not None
    assert (last.file, last.bytes, last.sha256) == (made.path.name, made.size, made.sha256)
    made_at = datetime.fromisoformat(made.manifest.made_at).replace(tzinfo=None)
    assert last.at.replace(microsecond=0) == made_at
    assert (done.by, done.action) == ("某账号", "data.backup")


def test_only_the_newest_are_kept_and_nothing_else_is_touched(store: Store, tmp_path: Path) -> None:
    fill(store)
    old = ("zhitu-20250101-000000.zip", "zhitu-20250101-000000-2.zip", "zhitu-20990101-000000.zip")
    others = ("before-restore-20250101-000000.zip", "zhitu-mine.zip", "zhitu-20250101-000000.txt")
    for name in (*old, *others):
        (tmp_path / name).write_bytes(b"")
    made = back_up(store, tmp_path, by="t", keep=2)
    assert [path.name for path in made.deleted] == [old[1], old[0]]
    kept = {old[2], made.path.name}
    assert {name for name in files(tmp_path) if name.endswith((".zip", ".txt"))} == {*others, *kept}


def test_an_empty_database_is_not_worth_a_backup(any_store: Store, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "zhitu-20250101-000000.zip").write_bytes(b"")
    with pytest.raises(StoreError, match="还没有数据"):
        back_up(any_store, tmp_path / "b", by="t", keep=1)
    assert files(tmp_path / "b") == ["zhitu-20250101-000000.zip"]


def test_a_name_that_is_taken_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("我的")
    with pytest.raises(ConflictError, match="没有覆盖"):
        back_up(fill(store), tmp_path, by="t", name="mine.zip")
    assert (tmp_path / "mine.zip").read_text() == "我的"


def test_two_backups_in_one_folder_take_turns_and_what_the_killed_left_goes(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "b"
    fill(store)
    with workshop(folder) as passing:
        (passing / "half.zip").write_bytes(b"x")
        with pytest.raises(ConflictError, match="正有一次备份"):
            back_up(store, folder, by="t")
        left = passing
    left.mkdir()
    (left / "half.zip").write_bytes(b"x")
    made = back_up(store, folder, by="t")
    assert files(folder) == [made.path.name]


def test_writers_do_not_wait_for_a_backup(any_store: Store, tmp_path: Path) -> None:
    fill(any_store)
    # A reader as a backup is one; whoever writes meanwhile does not become part of it.
    with any_store.reading() as session:
        before = digests(session.connection())
        with any_store.writing() as other:
            other.execute(delete(AuditEvent))
        assert digests(session.connection()) == before


def test_a_backup_is_whole_though_somebody_writes_for_so_long_that_it_is_not_listed(
    store: Store, tmp_path: Path
) -> None:
    fill(store).engine.dispose()
    event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 0"))
    with closing(Store.attached(str(store.engine.url))) as other, other.writing():
        made = back_up(store, tmp_path / "b", by="t")
    assert (made.listed, verify(made.path)) == (False, made.manifest)


def test_a_file_where_the_folder_should_be_is_a_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("")
    with pytest.raises(StoreError, match="写不进"):
        back_up(fill(store), tmp_path / "b", by="t")


def test_a_folder_may_have_any_name(store: Store, tmp_path: Path) -> None:
    made = back_up(fill(store), tmp_path / "每日 备份?a=1#%20&'", by="t")
    assert verify(made.path) == made.manifest
