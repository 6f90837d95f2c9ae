"""The primary dies under load and the standby takes over: how long nobody is served, what is lost.

`python -m bench.failover [promoted after, seconds]` (needs PostgreSQL 15 with PostGIS and the
extra `postgis`). Writes are acknowledged once both servers have them.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bench.api_city import fill_city
from bench.cluster import Cluster, cluster
from bench.outage import READ, Outage
from bench.served import free_port, waitress
from bench.signed_in import SETTINGS
from geodata import database
from geodata.store import Store

STANDBY = "second"
_SOON_S = 60.0
# The primary waits for its standby with every commit, and so loses nothing that it said is kept.
PRIMARY = {"synchronous_standby_names": "*", "synchronous_commit": "on"}


@dataclass(frozen=True, slots=True)
class Drill:
    """Seconds from the death to the promotion, and from it to the first good answer of each."""

    promoted_s: float
    served_s: float
    statuses: frozenset[int]
    acknowledged: int
    lost: int
    slowest_s: float


@contextmanager
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with a city, and the standby that follows it."""
    with cluster() as first:
        store = Store.open(first.url)
        fill_city(store, 300)
        store.close()
        second = first.copy(STANDBY)
        second.start()
        first.set(**PRIMARY)
        first.reload()
        _wait_until_in_step(first)
        yield first, second


def _wait_until_in_step(first: Cluster) -> None:
    """Until no write is acknowledged that its standby has not."""
    engine = database.engine_for(first.url)
    until = time.monotonic() + _SOON_S
    with engine.connect() as connection:
        asked = text("SELECT sync_state FROM pg_stat_replication")
        while connection.execute(asked).scalars().all() != ["sync"]:
            assert time.monotonic() < until
            connection.rollback()
            time.sleep(0.05)
    engine.dispose()


def both(first: Cluster, second: Cluster) -> str:
    """One address for two servers, whichever takes writes: the standby is named first."""
    hosts = f"127.0.0.1:{second.port},127.0.0.1:{first.port}"
    return f"postgresql://zhitu@{hosts}/postgres?target_session_attrs=read-write"


def drill(after_s: float = 2.0) -> Drill:
    """Kill the primary, promote the standby after some seconds, say what visitors saw."""
    port = free_port()
    with (
        pair() as (first, second),
        tempfile.TemporaryDirectory() as folder,
        waitress(both(first, second), port, Path(folder), **SETTINGS),
    ):
        with Outage(port).watched() as seen:
            seen.wait_until_good()
            time.sleep(1.0)
            first.kill()
            died = time.monotonic()
            seen.wait_until_refused(READ[0])
            time.sleep(max(0.0, died + after_s - time.monotonic()))
            second.promote()
            promoted = time.monotonic()
            served = seen.wait_until_good()
            time.sleep(1.0)
        kept = kept_in(second)
    return Drill(
        promoted_s=promoted - died,
        served_s=served - promoted,
        statuses=frozenset(one.status for one in seen.told),
        acknowledged=len(seen.acknowledged),
        lost=len(set(seen.acknowledged) - kept),
        slowest_s=seen.slowest_s(),
    )


def kept_in(server: Cluster) -> set[str]:
    """The sites that were written and are there."""
    engine = database.engine_for(server.url)
    with engine.connect() as connection:
        kept = set(connection.scalars(text("SELECT origin FROM embed_site")))
    engine.dispose()
    return kept


def main(after_s: float = 2.0) -> None:
    """Print what happened."""
    seen = drill(after_s)
    print(f"standby promoted {seen.promoted_s:.1f} s after the primary died")
    print(f"every page and the writer served {seen.served_s:.1f} s after that, no restart")
    print(f"statuses {sorted(seen.statuses)}, slowest answer {seen.slowest_s:.1f} s")
    print(f"acknowledged writes {seen.acknowledged}, lost {seen.lost}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
