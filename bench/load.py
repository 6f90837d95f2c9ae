"""Mixed public traffic on two workers while 20,000 rows are imported, beside tipg in the same run.

`python -m bench.load FOLDER [seconds] [connections]` (needs PostgreSQL 15 with PostGIS and the
extras `postgis` and `serve`): tipg is installed into FOLDER the first time. Every answer is
compared with that of a server nobody else asks, over the data before the import or after it.
"""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.api_load import features
from bench.load_city import PLACES, City, checked, either
from bench.load_servers import ours, over_http, theirs
from bench.peers_table import TABLE, postgis
from bench.traffic import SHARES, answers, of_tipg, of_zhitu
from bench.visitors import Plan, Seen, visit
from bench.wrk import free_port, served

AFTER_S = 5.0


def told(name: str, seen: Seen) -> None:
    """Print what visitors saw."""
    good = seen.statuses[200]
    bad = {status: count for status, count in seen.statuses.items() if status != 200}
    print(f"{name}: {seen.count:,} requests, {good:,} of status 200, others {bad or 'none'}")
    print(f"  wrong answers: {seen.wrong.total()}")
    for kind in ("", *SHARES):
        print(f"  {kind or 'all':9} p50, p95, p99, slowest: {seen.quantiles(kind)} ms")


def under_import(plan: Plan, import_: subprocess.Popen[bytes], threads: int) -> Seen:
    """What visitors see for a while, and again for as long as an import goes on."""
    length, seen = plan.until - time.monotonic(), Seen()
    while not seen.count or import_.poll() is None:
        seen.add(visit(replace(plan, until=time.monotonic() + length), threads=threads))
    if import_.returncode:
        raise SystemExit("the import failed")
    return seen


def zhitu_loaded(
    city: City, seconds: float, threads: int
) -> tuple[Seen, int, list[dict[str, Any]]]:
    """What visitors see, wrong answers right after the import, all points before it."""
    asked, port = of_zhitu(PLACES), free_port()
    before, after = city.right("before", asked), city.right("after", asked)
    checked(before, after)
    database, url = city.copy("served"), f"http://127.0.0.1:{port}"
    with served(ours(database, port), f"{url}/healthz"):
        every = features(f"{url}/ogc/collections/{TABLE}/items")
        plan = Plan(port, asked, either(before, after), time.monotonic() + seconds)
        seen = under_import(plan, city.importing(database), threads)
        plan = Plan(port, asked, either(after), time.monotonic() + AFTER_S)
        return seen, visit(plan, threads=threads).wrong.total(), every


def tipg_loaded(
    city: City, folder: Path, every: list[dict[str, Any]], seconds: float, threads: int
) -> Seen:
    """The same of tipg, while the same import goes on beside it."""
    asked, port = of_tipg(PLACES), free_port()
    with (
        postgis(every) as database,
        served(theirs(folder, database, port), f"http://127.0.0.1:{port}/healthz"),
    ):
        right = answers(asked, lambda path: over_http(port, path))
        plan = Plan(port, asked, either(right), time.monotonic() + seconds)
        return under_import(plan, city.importing(city.copy("beside")), threads)


def main(folder: str, seconds: int = 60, connections: int = 8) -> None:
    """Print both and the ratio of their slowest hundredths."""
    place, threads = Path(folder).resolve(), connections // 2
    city = City.make(place / "city")
    mine, wrong_after, every = zhitu_loaded(city, seconds, threads)
    told("zhitu", mine)
    print(f"  wrong answers in the {AFTER_S:g} s after the import: {wrong_after}")
    peer = tipg_loaded(city, place, every, seconds, threads)
    told("tipg", peer)
    for kind in ("", *SHARES):
        ratio = mine.quantiles(kind)[2] / peer.quantiles(kind)[2]
        print(f"p99 of zhitu / p99 of tipg, {kind or 'all'}: {ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
