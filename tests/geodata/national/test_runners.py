"""The same answer from workers on loopback, and a sentence when they cannot be had."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

import numpy as np
import pytest
from pyarrow import parquet

from geodata.errors import SettingsError
from geodata.national import runners
from geodata.national.run import Terms, run
from geodata.national.runners import Here, Runner, at
from geodata.national.tasks import Task, reach

DASK = (sys.executable, "-W", "ignore", "-m", "dask")
ON_LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")


class Scheduler:
    """A scheduler with its workers, each a process started by itself."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.start("scheduler", "--port", "0")

    def start(self, what: str, *options: str) -> None:
        command = [*DASK, what, *ON_LOOPBACK, "--scheduler-file", str(self.file), *options]
        self.processes.append(
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )

    def start_workers(self, count: int) -> None:
        for _ in range(count):
            self.start("worker", "--nthreads", "1", "--no-nanny")

    @property
    def address(self) -> str:
        """Where it listens, once it has written that down to the end."""
        while True:
            assert self.processes[0].poll() is None
            with suppress(FileNotFoundError, json.JSONDecodeError):
                return str(json.loads(self.file.read_text())["address"])
            sleep(0.05)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Scheduler]:
    started = Scheduler(tmp_path)
    yield started
    for process in reversed(started.processes):
        process.kill()
        process.wait()


def answer(country: Path, name: str, runner: Runner) -> tuple[object, str]:
    demand, stations, out = (country / n for n in ("demand.parquet", "stations.parquet", name))
    run(demand, stations, out, terms=Terms(rows_a_tile=150), runner=runner)
    rows = parquet.read_table(out / "access").sort_by("id").to_pydict()
    return rows, (out / "totals.json").read_text()


def test_two_local_workers_give_the_same_answer(country: Path) -> None:
    with at(None, 2) as two:
        got = answer(country, "two", two)
    assert got == answer(country, "one", Here())


def test_a_worker_that_does_not_see_the_files_is_said_so(tmp_path: Path) -> None:
    task = Task("t", (tmp_path / "x.parquet",), np.arange(1), np.zeros((1, 2)), 1000.0)
    with at(None, 1) as one, pytest.raises(SettingsError, match="共享盘"):
        list(one.map(reach, [task]))


def test_two_workers_started_apart_give_the_same_answer(
    country: Path, scheduler: Scheduler
) -> None:
    scheduler.start_workers(2)
    with at(scheduler.address, None) as two:
        got = answer(country, "two", two)
    assert got == answer(country, "one", Here())


def test_a_worker_that_dies_changes_nothing(country: Path, scheduler: Scheduler) -> None:
    scheduler.start_workers(2)
    tiles = []

    def kill_one(done: int, of: int) -> None:
        tiles.append(of)
        if done == 3:
            scheduler.processes[-1].kill()

    demand, stations = country / "demand.parquet", country / "stations.parquet"
    terms = Terms(rows_a_tile=10)
    with at(scheduler.address, None) as two:
        run(demand, stations, country / "two", terms=terms, runner=two, progress=kill_one)
    run(demand, stations, country / "one", terms=terms)
    assert len(tiles) == tiles[0]
    assert (country / "two" / "totals.json").read_text() == (
        country / "one" / "totals.json"
    ).read_text()


def test_an_address_where_nobody_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "ANSWERS_WITHIN_S", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match=address), at(address, None):
            pass


def test_a_scheduler_without_workers_is_not_waited_for_forever(
    scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = scheduler.address
    monkeypatch.setattr(runners, "WORKERS_COME_WITHIN_S", 1)
    with pytest.raises(SettingsError, match="没有工作进程"), at(address, None):
        pass
