"""The database goes, comes back, refuses or hangs, while visitors ask and a person writes."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, NoReturn

import pytest
from sqlalchemy import text

from bench.api_city import fill_city
from bench.cluster import Cluster, cluster
from bench.outage import READ, STATIC, WRITE, Outage
from bench.postgres_programs import is_installed
from bench.served import free_port, waitress
from bench.signed_in import SETTINGS
from geodata import database
from geodata.store import Store

pytestmark = pytest.mark.postgis
# Served again, on a machine that does much else too; without a restart it was never.
_SOON_S = 30.0
# A connection is waited for five seconds, a statement ten, a server that is not there three; as
# much again on a busy machine. Whoever held a thread would hold it for a minute and more.
_LONGEST_S = 36.0
# What is done to the server has come about.
_REACHED_S = 60.0


@pytest.fixture(scope="module")
def server(lacking: Callable[[str, str], NoReturn]) -> Iterator[Cluster]:
    if not is_installed():
        lacking("postgis", "install postgresql-15 and postgresql-15-postgis-3")
    with cluster(max_connections="30") as made:
        yield made


@pytest.fixture(scope="module")
def port(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    store = Store.open(server.url)
    fill_city(store, 300)
    store.close()
    made = free_port()
    with waitress(server.url, made, tmp_path_factory.mktemp("served"), **SETTINGS):
        yield made


def outage(server: Cluster, port: int, fault: Callable[[Outage], None]) -> Outage:
    """What everybody is told before, during and after; nothing is lost and nothing is half kept."""
    engine = database.engine_for(server.url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM embed_site"))
        connection.execute(text("DELETE FROM audit_event WHERE record_table = 'embed_site'"))
    engine.dispose()
    with Outage(port).watched() as seen:
        began = seen.wait_until_good()
        fault(seen)
        back = time.monotonic()
        served = seen.wait_until_good()
        time.sleep(0.5)
    bad = [one for one in seen.told if not one.good]
    # Who was being answered when it began is cut as well.
    assert [one for one in bad if one.ended < began or one.began >= served] == []
    assert served < back + _SOON_S
    assert {one.status for one in seen.told} <= {200, 303, 503}
    assert {one.retry for one in seen.told if one.status == 503} <= {"3"}
    assert seen.slowest_s() < _LONGEST_S
    assert seen.statuses()[STATIC] == {200}
    assert_kept(server, seen.acknowledged)
    return seen


def assert_kept(server: Cluster, acknowledged: list[str]) -> None:
    """What was acknowledged is there, and all that is there is there with its audit row."""
    engine = database.engine_for(server.url)
    with engine.connect() as connection:
        kept = set(connection.scalars(text("SELECT origin FROM embed_site")))
        told = "SELECT count(*) FROM audit_event WHERE record_table = 'embed_site'"
        noted = connection.scalar(text(told))
    engine.dispose()
    assert set(acknowledged) <= kept
    assert noted == len(kept)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_while_the_database_restarts_visitors_are_told_to_come_again(
    server: Cluster, port: int, mode: str
) -> None:
    def restart(seen: Outage) -> None:
        server.stop(mode)
        seen.wait_until_refused("/")
        server.start()

    outage(server, port, restart)


def test_a_database_that_is_gone_for_a_while_costs_nobody_more_than_a_wait(
    server: Cluster, port: int
) -> None:
    def away(seen: Outage) -> None:
        server.stop()
        seen.wait_until_refused(*READ, WRITE)
        time.sleep(1.0)
        server.start()

    outage(server, port, away)


def test_a_database_that_stands_still_holds_no_thread(server: Cluster, port: int) -> None:
    def still(seen: Outage) -> None:
        with server.frozen():
            seen.wait_until_refused(*READ, WRITE)

    outage(server, port, still)


def test_connections_that_are_cut_are_made_anew(server: Cluster, port: int) -> None:
    outage(server, port, lambda _: cut_all(server))


def cut_all(server: Cluster) -> None:
    engine = database.engine_for(server.url)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with engine.connect() as connection:
        for _ in range(5):
            connection.execute(text(others + " AND backend_type = 'client backend'"))
            time.sleep(0.1)
    engine.dispose()


def test_a_server_without_a_connection_to_spare_is_asked_again_later(
    server: Cluster, port: int
) -> None:
    def crowd(seen: Outage) -> None:
        with ExitStack() as stack:
            mine = crowd_out(server, stack)
            seen.wait_until_refused("/")
            leave(mine)

    outage(server, port, crowd)


def leave(mine: list[Any]) -> None:
    """Give all places back: at the end of each its process on the server has gone as well."""
    first, *others = mine
    pids = [one.info.backend_pid for one in others]
    for one in others:
        one.close()
    until = time.monotonic() + _REACHED_S
    still = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
    while first.execute(still, [pids]).fetchone() != (0,):
        assert time.monotonic() < until
        time.sleep(0.05)


def crowd_out(server: Cluster, stack: ExitStack) -> list[Any]:
    """Take every place; who comes last cuts the connections of the service, which finds none."""
    import psycopg  # noqa: PLC0415 - only this layer has the driver

    mine: list[psycopg.Connection[tuple[object, ...]]] = []
    until = time.monotonic() + _REACHED_S
    while time.monotonic() < until:
        try:
            mine.append(stack.enter_context(psycopg.connect(server.url, autocommit=True)))
        except psycopg.OperationalError:
            pids = [one.info.backend_pid for one in mine]
            others = "pid <> ALL(%s) AND backend_type = 'client backend'"
            cut = (
                mine[0]
                .execute(
                    f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}",
                    [pids],
                )
                .fetchone()
            )
            if cut == (0,):
                return mine
    raise TimeoutError("there is always a place to spare")


def test_a_database_that_takes_no_writes_is_read_all_the_same(server: Cluster, port: int) -> None:
    def closed(seen: Outage) -> None:
        read_only(server, "on")
        seen.wait_until_refused(WRITE)
        read_only(server, "off")

    seen = outage(server, port, closed)
    read, written = [seen.statuses()[path] for path in READ], seen.statuses()[WRITE]
    assert (read, written) == ([{200}] * len(READ), {303, 503})


def read_only(server: Cluster, switch: str) -> None:
    """Closed or open to writers, as every connection knows that there is."""
    server.set(default_transaction_read_only=switch)
    server.reload()
    until = time.monotonic() + _REACHED_S
    # The server tells those that are there before it takes one more, which begins with the new.
    while begun_with(server) != switch:
        assert time.monotonic() < until
        time.sleep(0.05)


def begun_with(server: Cluster) -> str:
    import psycopg  # noqa: PLC0415 - only this layer has the driver

    with psycopg.connect(server.url) as connection:
        row = connection.execute("SHOW default_transaction_read_only").fetchone()
        return str(row and row[0])


def test_nobody_waits_for_a_lock_longer_than_seconds(server: Cluster, port: int) -> None:
    engine = database.engine_for(server.url)

    def held(seen: Outage) -> None:
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE data_version IN ACCESS EXCLUSIVE MODE"))
            seen.wait_until_refused("/")

    outage(server, port, held)
    engine.dispose()
