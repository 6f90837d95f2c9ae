"""Backups and restores killed again and again: is all of it there, and only whole backups?

    python -m bench.killed_backup [kills] [database]

The samples in the database (a SQLite file of its own if none is given; it must be empty).
Kills come at a random moment of the usual time, with -9. After each, the data must be those before
or those restored, and every backup in the folder must read to its end.
"""

import random
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from bench.killed_keeping import (
    SEED,
    backup_work,
    content,
    killed,
    restore_work,
    revision,
    seconds_of,
    unfinished,
    whole_backups,
)
from geodata.store import Store
from geodata.tables import Place
from service.workshop import import_file, locator, sample_files


def main() -> None:
    """Print how many kills hit, and what was left."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with TemporaryDirectory() as name:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{name}/zhitu.sqlite"
        folder = Path(name) / "backups"
        prepare(url)
        chance = random.Random(SEED)
        before = content(url)
        unbroken_s = seconds_of(backup_work, url, str(folder))
        hit = sum(
            killed(chance, unbroken_s, backup_work, url, str(folder)) and content(url) == before
            for _ in range(kills)
        )
        whole = whole_backups(folder)
        print(f"backup: {hit} of {kills} kills hit, {len(whole)} backups, all whole")
        restores(chance, url, folder / whole[0], folder, kills)
        seconds_of(backup_work, url, str(folder))
        print(f"left unfinished after the next one: {unfinished(folder)}; seed {SEED}")


def prepare(url: str) -> None:
    """The samples of the demo."""
    with closing(Store.open(url)) as store:
        where = locator(store)
        for path in sample_files():
            import_file(path, store, where)


def restores(chance: random.Random, url: str, backup: Path, folder: Path, kills: int) -> None:
    """Kill restores over data that have changed since."""
    back = content(url)
    change(url)
    changed = content(url)
    unbroken_s = seconds_of(restore_work, url, str(backup), str(folder))
    outcomes = {"old": 0, "new": 0}
    hit = 0
    for _ in range(kills):
        change(url)
        hit += killed(chance, unbroken_s, restore_work, url, str(backup), str(folder))
        revision(url)
        found = content(url)
        outcomes["new" if found == back else "old"] += 1
        if found not in (back, changed):
            raise SystemExit("half a restore")
    print(f"restore: {hit} of {kills} kills hit, afterwards {outcomes}, none in between")
    whole_backups(folder)


def change(url: str) -> None:
    """What somebody does after the backup."""
    with closing(Store.open(url)) as store, store.writing() as session:
        session.execute(update(Place).values(name="后来改的"))


if __name__ == "__main__":
    main()
