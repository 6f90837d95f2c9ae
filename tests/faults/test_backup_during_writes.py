"""Backups made while somebody writes: each holds one state that there was, none one in between."""

from pathlib import Path
from threading import Event, Thread

from sqlalchemy import select, update

from bench.filled import fill
from geodata.keeping.archive import verify
from geodata.keeping.backup import BackupMade, back_up
from geodata.keeping.digest import export_hash
from geodata.keeping.restore import restore
from geodata.store import Store
from geodata.tables import DataVersion, Place, ServicePoint
from geodata.version import grow_version

BACKUPS = 3


def write_until(stop: Event, store: Store, states: dict[int, str]) -> None:
    """Change two tables in every transaction; note what exports say at each data version."""
    number = 0
    # Who writes without a pause lets nobody else write, here the line that lists a backup.
    while not stop.wait(0.02):
        number += 1
        with store.writing() as session:
            session.execute(update(Place).values(name=f"第{number}次"))
            session.execute(update(ServicePoint).values(operator=f"第{number}次"))
            grow_version(session)
            session.flush()
            version = session.scalar(select(DataVersion.number)) or 0
            states[version] = export_hash(session)


def test_every_backup_made_meanwhile_is_a_state_that_there_was(
    any_store: Store, tmp_path: Path
) -> None:
    states: dict[int, str] = {}
    stop, made = Event(), list[BackupMade]()
    writer = Thread(target=write_until, args=(stop, fill(any_store), states))
    writer.start()
    try:
        while len(states) < 2:  # the second began after the first was committed
            stop.wait(0.01)
        while len({one.manifest.data_version for one in made}) < BACKUPS:
            assert writer.is_alive()
            made.append(back_up(any_store, tmp_path / "b", by="t"))
    finally:
        stop.set()
        writer.join()
    found = {one.manifest.data_version: verify(one.path).export for one in made}
    assert found == {version: states[version] for version in found}
    url = f"sqlite:///{tmp_path / 'back.sqlite'}"
    restore(url, made[1].path, folder=tmp_path / "b", replace=False, by="t")
    back = Store.open(url)
    with back.reading() as session:
        assert export_hash(session) == states[made[1].manifest.data_version]
        names = session.scalars(select(Place.name)).all()
        assert names == session.scalars(select(ServicePoint.operator)).all()[:1]
    back.close()
