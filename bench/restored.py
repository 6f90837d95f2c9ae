"""`zhitu restore --replace` under visitors: two workers of gunicorn, an older backup comes back.

    python -m bench.restored [places] [database]

Every answer must be that of before or that of after, to the byte; from the moment the command has
ended, that of after. Somebody signs in all the while, which writes. `database` (postgresql://…)
must be empty; without one it is SQLite.
"""

import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from sqlalchemy import update

from bench.api_city import fill_city
from bench.callers import until_over
from bench.moved import zhitu
from bench.served import free_port, gunicorn
from bench.signed_in import SETTINGS
from bench.whole_answers import SIGN_IN, Asked, ask, call
from geodata.keeping.backup import back_up
from geodata.store import Store
from geodata.tables import Place
from geodata.version import grow_version

PATHS = (
    "/places/5.json",
    "/p/5",
    "/api/v1/nearest?lon=121.47&lat=31.23&k=100",
    "/clusters?bbox=121.4,31.2,121.5,31.3&z=17",
)
_AFTERWARDS_S = 2.0


def main() -> None:
    """Print what visitors were told."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as name:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{name}/zhitu.sqlite"
        print(restored(Path(name), url, places))


def restored(folder: Path, url: str, places: int) -> str:
    """What came of it, as a line; raises SystemExit for an answer that nobody may have."""
    with closing(Store.open(url)) as store:
        fill_city(store, places)
        made = back_up(store, folder, by="bench")
        with store.writing() as session:
            session.execute(update(Place).values(name="后来改的"))
            grow_version(session)
    port, told, over = free_port(), list[Asked](), Event()
    with gunicorn(url, f"127.0.0.1:{port}", folder, **SETTINGS):
        before = {path: ask(port, path) for path in PATHS}
        callers = [Thread(target=call, args=(port, p, told, over)) for p in (*PATHS * 2, SIGN_IN)]
        with until_over(callers, over):
            took_s = zhitu(url, "restore", str(made.path), "--replace")
            ended = time.monotonic()
            after = {path: ask(port, path) for path in PATHS}
            time.sleep(_AFTERWARDS_S)
    read = [one for one in told if one.path != SIGN_IN]
    wrong = [one for one in read if one.answer not in (before[one.path], after[one.path])]
    stale = [one for one in read if one.began > ended and one.answer != after[one.path]]
    if wrong or stale or any(before[path] == after[path] for path in PATHS):
        raise SystemExit(f"wrong {Counter(one.answer[0] for one in wrong)}, stale {len(stale)}")
    wrote = [one for one in told if one.path == SIGN_IN]
    return (
        f"{places} places, restored in {took_s:.1f} s; pages by status {by_status(read)}, "
        f"none but those of before and after; sign-ins {by_status(wrote)}, "
        f"the slowest {max(one.took_s for one in wrote):.1f} s"
    )


def by_status(asked: list[Asked]) -> dict[int, int]:
    """How many answers of each status."""
    return dict(Counter(one.answer[0] for one in asked))


if __name__ == "__main__":
    main()
