"""A batch killed with -9 pays for little twice and writes what an unbroken one writes."""

from pathlib import Path

from bench.killing import batch_with_kills, write_list
from bench.loopback import loopback
from bench.loopback_amap import amap, sends


def test_a_killed_batch_sends_no_address_a_third_time(tmp_path: Path, database_url: str) -> None:
    source, whole, broken = (tmp_path / name for name in ("in.csv", "whole.csv", "broken.csv"))
    write_list(source, 260)
    with loopback(amap) as server:
        batch_with_kills(
            server, source, whole, database=f"sqlite:///{tmp_path}/whole.sqlite", kills=0
        )
        needed = sends(server)
    with loopback(amap) as server:
        batch_with_kills(server, source, broken, database=database_url, kills=2, most_requests=9)
        sent = sends(server)
    assert broken.read_bytes() == whole.read_bytes()
    assert (set(needed.values()), set(sent)) == ({1}, set(needed))
    assert max(sent.values()) <= 2
    # What was in flight at a kill is at most one batch.
    assert sent.total() - needed.total() <= 2 * 10
