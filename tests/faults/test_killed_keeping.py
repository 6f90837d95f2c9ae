"""Killed with -9 in a backup, a restore or an upgrade of the schema: all of it or nothing."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import update

from bench import killed_keeping as kk
from bench.filled import fill
from geodata import schema
from geodata.keeping.backup import back_up
from geodata.store import Store
from geodata.tables import Base, Place

# The moments are named, so that each of them is tried every time; bench kills at random ones.
IN_A_BACKUP = (
    ("copying.py:_copy_table", 9),
    ("zipfile.py:_write_end_record", 1),
    ("folder.py:settle", 1),
)
# Each table is copied aside first, then the backup's take their places.
IN_A_RESTORE = (
    ("copying.py:_copy_table", len(Base.metadata.tables) + 9),
    ("copying.py:prove", 2),
    ("restore.py:_list_backups", 1),
)
IN_AN_UPGRADE = (
    ("0004_duplicates.py:upgrade", 1),
    ("0010_undo.py:upgrade", 1),
    ("0017_idempotency.py:upgrade", 1),
)


def test_a_backup_that_was_killed_leaves_only_whole_ones(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    with closing(Store.open(database_url)) as store:
        fill(store)
    before = kk.content(database_url)
    given = (kk.backup_work, database_url, str(folder))
    for function, nth in IN_A_BACKUP:
        assert kk.killed_at(function, nth, *given)
        assert (kk.content(database_url), kk.whole_backups(folder)) == (before, [])
        assert len(kk.unfinished(folder)) == 1
    kk.seconds_of(*given)
    assert len(kk.whole_backups(folder)) == 1
    assert kk.unfinished(folder) == []


def test_a_restore_that_was_killed_leaves_the_old_data(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    with closing(Store.open(database_url)) as store:
        made = back_up(fill(store), folder, by="t")
        before = kk.content(database_url)
        with store.writing() as session:
            session.execute(update(Place).values(name="后来改的"))
    later = kk.content(database_url)
    given = (kk.restore_work, database_url, str(made.path), str(folder))
    for function, nth in IN_A_RESTORE:
        assert kk.killed_at(function, nth, *given)
        assert kk.revision(database_url) == schema.newest()
        assert kk.content(database_url) == later
    kk.seconds_of(*given)
    assert kk.content(database_url) == before
    assert made.path.name in kk.whole_backups(folder)
    assert kk.unfinished(folder) == []


def test_an_upgrade_that_was_killed_leaves_the_old_schema(
    database_url: str, tmp_path: Path
) -> None:
    with closing(Store.open(database_url)) as store:
        fill(store)
    kk.downgrade(database_url)
    kk.seconds_of(kk.upgrade_work, database_url)
    upgraded = kk.content(database_url)
    kk.downgrade(database_url)
    for function, nth in IN_AN_UPGRADE:
        assert kk.killed_at(function, nth, kk.upgrade_work, database_url)
        assert kk.revision(database_url) == kk.OLDER
    kk.seconds_of(kk.upgrade_work, database_url)
    assert kk.revision(database_url) == schema.newest()
    assert kk.content(database_url) == upgraded
    if database_url.startswith("sqlite"):
        copies = sorted((tmp_path / "backups").iterdir())
        assert {path.name[:19] for path in copies} == {f"before-upgrade-{kk.OLDER}"}
        assert {kk.revision(f"sqlite:///{path}") for path in copies} == {kk.OLDER}
