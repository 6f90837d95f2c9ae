"""Killed with -9 in a backup, a restore or an upgrade of the schema: all of it or nothing."""

import random
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from bench import killed_keeping as kk
from bench.filled import AWKWARD, fill
from geodata import schema
from geodata.keeping.backup import back_up
from geodata.store import Store
from geodata.tables import Backup, Place

KILLS = 3


@pytest.fixture
def chance() -> random.Random:
    return random.Random(kk.SEED)


def listed(url: str) -> set[str]:
    with closing(Store.open(url)) as store, store.reading() as session:
        return {row.file for row in session.query(Backup)}


def test_a_backup_that_was_killed_leaves_only_whole_ones(
    database_url: str, tmp_path: Path, chance: random.Random
) -> None:
    folder = tmp_path / "b"
    with closing(Store.open(database_url)) as store:
        fill(store)
    before = kk.content(database_url)
    unbroken_s = kk.seconds_of(kk.backup_work, database_url, str(folder))
    for _ in range(KILLS):
        kk.killed(chance, unbroken_s, kk.backup_work, database_url, str(folder))
        assert kk.content(database_url) == before
        assert listed(database_url) <= {AWKWARD, *kk.whole_backups(folder)}
    kk.seconds_of(kk.backup_work, database_url, str(folder))
    assert len(kk.whole_backups(folder)) >= 2
    assert kk.unfinished(folder) == []


def test_a_restore_that_was_killed_leaves_the_old_data_or_the_new(
    database_url: str, tmp_path: Path, chance: random.Random
) -> None:
    folder = tmp_path / "b"
    with closing(Store.open(database_url)) as store:
        made = back_up(fill(store), folder, by="t")
        with store.writing() as session:
            session.execute(update(Place).values(name="后来改的"))
    given = (kk.restore_work, database_url, str(made.path), str(folder))
    later = kk.content(database_url)
    unbroken_s = kk.seconds_of(*given)
    back = kk.content(database_url)
    assert later != back
    for _ in range(KILLS):
        with closing(Store.open(database_url)) as store, store.writing() as session:
            session.execute(update(Place).values(name="后来改的"))
        kk.killed(chance, unbroken_s, *given)
        assert kk.revision(database_url) == schema.newest()
        assert kk.content(database_url) in (later, back)
    kk.seconds_of(*given)
    assert kk.content(database_url) == back
    assert made.path.name in kk.whole_backups(folder)
    assert kk.unfinished(folder) == []


def test_an_upgrade_that_was_killed_leaves_the_old_schema_or_the_new(
    database_url: str, tmp_path: Path, chance: random.Random
) -> None:
    with closing(Store.open(database_url)) as store:
        fill(store)
    kk.downgrade(database_url)
    unbroken_s = kk.seconds_of(kk.upgrade_work, database_url)
    upgraded = kk.content(database_url)
    for _ in range(KILLS):
        if kk.revision(database_url) != kk.OLDER:
            kk.downgrade(database_url)
        kk.killed(chance, unbroken_s, kk.upgrade_work, database_url)
        assert kk.revision(database_url) in {kk.OLDER, schema.newest()}
    kk.seconds_of(kk.upgrade_work, database_url)
    assert kk.revision(database_url) == schema.newest()
    assert kk.content(database_url) == upgraded
    if database_url.startswith("sqlite"):
        copies = sorted((tmp_path / "backups").iterdir())
        assert {path.name[:19] for path in copies} == {f"before-upgrade-{kk.OLDER}"}
        assert {kk.revision(f"sqlite:///{path}") for path in copies} == {kk.OLDER}
