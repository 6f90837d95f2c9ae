"""A city moved to PostGIS, imported into, and moved back: does it go on like one that stayed?

    python -m bench.moved [places]

By `zhitu move` and `zhitu import`, on a cluster of its own. After each step the database
that moved must export what the one that stayed does, byte for byte, and hold the same rows.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.api_city import store_city
from bench.cluster import cluster
from bench.dumped import Dump, dumped, faults
from bench.kill_steps import write_table
from bench.served import ROOT, environment
from geodata.exports.rows import Export, desk_export, public_export
from geodata.store import Store
from service.commands.report import EVERYWHERE
from service.desk.exports import STREAMED
from service.workshop import sample_files

ROWS = 600
_ZHITU = (sys.executable, "-c", "from service.cli import main; main()")


def main() -> None:
    """Print the seconds of both moves; stop where the two are unlike."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as name, cluster(fsync="off") as server:
        folder = Path(name)
        stayed, home = (f"sqlite:///{folder / one}.sqlite" for one in ("stayed", "home"))
        store_city(folder / "stayed.sqlite", places)
        out_s = zhitu(stayed, "move", stayed, server.url)
        unlike(stayed, server.url, "moved out")
        for file in coming(folder):
            imported(stayed, server.url, file)
            unlike(stayed, server.url, file.name)
        back_s = zhitu(home, "move", server.url, home)
        unlike(stayed, home, "moved back")
        imported(stayed, home, sample_files()[-1])
        unlike(stayed, home, "moved back, imported once more")
    print(f"{places} places: out {out_s:.1f} s, back {back_s:.1f} s; equal after every step")


def coming(folder: Path) -> Iterator[Path]:
    """A table, its next issue, and a notice."""
    yield write_table(folder / "示例一.csv", ROWS)
    yield write_table(folder / "示例二.csv", ROWS, issue=2)
    yield sample_files()[0]


def imported(stayed: str, moved: str, file: Path) -> None:
    """Take the file into both."""
    for url in (stayed, moved):
        zhitu(url, "import", str(file))


def zhitu(database: str, *words: str) -> float:
    """The seconds that a command took."""
    began = time.perf_counter()
    command = [*_ZHITU, "--database", database, *words]
    subprocess.run(
        command, cwd=ROOT, env=environment(database), check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def unlike(stayed: str, moved: str, step: str) -> None:
    """Stop unless both export the same bytes, hold the same rows and are sound."""
    files, rows = zip(*(told(url) for url in (stayed, moved)), strict=True)
    wrong = [table for table in rows[0] if rows[0][table] != rows[1][table]]
    if files[0] != files[1] or wrong:
        raise SystemExit(f"{step}: unlike in {wrong or 'the exports'}")
    print(f"{step}: equal, {len(files[0][0]) // 1024} kB of csv", flush=True)


def told(url: str) -> tuple[list[bytes], Dump]:
    """The public and the desk's exports, and every row."""
    with closing(Store.open(url)) as store:
        if found := faults(store):
            raise SystemExit(f"{url}: {found}")
        files = [
            b"".join(pieces(export)) for _, pieces in STREAMED.values() for export in exports(store)
        ]
        return files, dumped(store)


def exports(store: Store) -> Iterator[Export]:
    """What everybody may have, and what the offices have."""
    yield public_export(store.snapshot().find())
    with store.reading() as session:
        yield desk_export(session, EVERYWHERE)


if __name__ == "__main__":
    main()
