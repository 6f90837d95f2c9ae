"""An upgrade of the schema killed again and again: does the database stand at the old or new step?

    python -m bench.killed_migration [kills] [database]

A database with a row in every table (a SQLite file of its own if none is given; it must be empty),
taken some steps back. Kills come at a random moment of the usual time, with -9. At the end the
rows must be those of an upgrade that nobody killed.
"""

import random
import sys
from collections import Counter
from contextlib import closing
from tempfile import TemporaryDirectory

from bench.filled import fill
from bench.killed_keeping import (
    OLDER,
    SEED,
    content,
    downgrade,
    killed,
    revision,
    seconds_of,
    upgrade_work,
)
from geodata import schema
from geodata.store import Store


def main() -> None:
    """Print how many kills hit, and where the database stood."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/zhitu.sqlite"
        with closing(Store.open(url)) as store:
            fill(store)
        downgrade(url)
        unbroken_s = seconds_of(upgrade_work, url)
        upgraded = content(url)
        chance, stood, hit = random.Random(SEED), Counter[str | None](), 0
        for _ in range(kills):
            if revision(url) != OLDER:
                downgrade(url)
            hit += killed(chance, unbroken_s, upgrade_work, url)
            stood[revision(url)] += 1
        seconds_of(upgrade_work, url)
        if content(url) != upgraded or revision(url) != schema.newest():
            raise SystemExit("the rows are not those of an unbroken upgrade")
    print(f"{hit} of {kills} kills hit, stood at {dict(stood)}, then equal; seed {SEED}")


if __name__ == "__main__":
    main()
