"""Import and siting jobs whose worker, or the process that does them, is killed with -9.

    python -m bench.killed_jobs [kills] [rows] [database]

A job is killed twice at random moments, once by killing its worker and once its own process,
and then left to end; then the next, imports and siting in turns. Each must be stored once and
like a job nobody killed.
`database` (postgresql://…) must be empty; without one it is SQLite.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.dumped import dumped, faults
from bench.kill_steps import write_table
from bench.killing import SEED
from bench.served import ROOT, Process, children, environment
from geodata.accounts.roles import Person, Role
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.store import Store
from service import uploads
from service.calls.siting import SITING
from service.jobs.imports import COMMIT
from service.jobs.runner import Runner, works
from service.settings import Settings
from service.workshop import import_file, locator, sample_files

PLANNER = Person("admin", Role.ADMIN)
_KILLS_A_JOB = queue.MOST_TRIES - 1
_SOON_S = 120.0
_CITY = ("示例-园区楼宇商圈.xlsx", "示例-健康服务点.csv")
_PROGRAM = """
import time
from datetime import timedelta
from geodata.store import Store
from service.jobs.process import Processes
from service.jobs.runner import Runner, works
from service.settings import Settings
settings = Settings.from_environment()
store = Store.open(settings.database)
kinds = dict.fromkeys(works(settings, store), Processes(settings).do)
Runner(store, kinds, pause_s=0.05, lease=timedelta(seconds=1)).start()
time.sleep(3600)
"""


def main() -> None:
    """Print what so many kills came to."""
    given = [*sys.argv[1:], *("40", "1500", "")[len(sys.argv) - 1 :]]
    with TemporaryDirectory() as folder:
        url = given[2] or f"sqlite:///{folder}/broken.sqlite"
        tries = list(killed_jobs(Path(folder), url, rows=int(given[1]), kills=int(given[0])))
    for name, begun in (("imports", tries[::2]), ("siting", tries[1::2])):
        print(f"{name}: {len(begun)} jobs, killed {sum(begun) - len(begun)} times, seed {SEED}")
    print("all done, each once, with the result and the data of a job that nobody killed")


def killed_jobs(folder: Path, url: str, *, rows: int, kills: int) -> Iterator[int]:
    """How often each job was begun; raises AssertionError where one ends otherwise."""
    whole, store = Store.open(f"sqlite:///{folder}/whole.sqlite"), Store.open(url)
    for one in (whole, store):
        with_city(one)
    chance, left, number = random.Random(SEED), kills, 0
    while left > 0:
        ours, theirs = (ask_in_turns(one, folder, rows, number) for one in (whole, store))
        Runner(whole, works(Settings(), whole)).run_one()
        tries = _followed(store, theirs, min(left, _KILLS_A_JOB), chance)
        yield tries
        assert _result(store, theirs) == _result(whole, ours)
        assert dumped(store) == dumped(whole)
        # Whose kill came too late was begun once; another has it before him.
        left, number = left - (tries - 1), number + 1
    store.staging.clean(None)
    whole.close()
    store.close()


def with_city(store: Store) -> None:
    """Give a store the samples that siting asks about."""
    for file in sample_files():
        if file.name in _CITY:
            import_file(file, store, locator(store))


def ask_in_turns(store: Store, folder: Path, rows: int, number: int) -> int:
    """Every second job proves where to build; the others bring one issue of a table in turns."""
    with store.writing() as session:
        if number % 2:
            question = {"new": {"count": 3}, "draws": 30}
            return queue.submit(session, SITING, by=PLANNER, params={"question": question})
        table = write_table(folder / "table.csv", rows, issue=1 + number // 2 % 2)
        sent = uploads.receive(
            session, name="长表.csv", content=table.read_bytes(), most_mb=20, by=PLANNER
        )
        return uploads.assign(session, sent, COMMIT, by=PLANNER)


def _followed(store: Store, job_id: int, kills: int, chance: random.Random) -> int:
    """Kill a job's worker, then its own process, and see it end; returns how often it was begun."""
    if kills > 1:
        with _worker(store) as worker:
            _strike(store, job_id, 1, lambda: [worker.pid], chance)
    with _worker(store) as worker:
        _strike(store, job_id, kills, lambda: children(worker.pid), chance)
        job = _until(store, job_id, lambda job: job.state.is_over)
    assert job.state is State.DONE, job
    assert [fault for fault in faults(store) if not fault.startswith("staged_")] == []
    return job.tries


def _strike(
    store: Store, job_id: int, tries: int, victims: Callable[[], list[int]], chance: random.Random
) -> None:
    """Kill at a random moment; what the job changes is there as a whole or not at all."""
    _until(store, job_id, lambda job: job.tries == tries)
    time.sleep(0.3 + chance.random())
    kept = dumped(store)
    for victim in victims():
        os.kill(victim, signal.SIGKILL)
    time.sleep(0.2)
    assert dumped(store) == kept or _job(store, job_id).state is State.DONE


def _result(store: Store, job_id: int) -> Mapping[str, Any]:
    result = dict(_job(store, job_id).result)
    answer = result.get("answer", {})
    return {**result, "answer": {name: answer[name] for name in answer if name != "seconds"}}


def _until(store: Store, job_id: int, is_so: Callable[[Job], bool]) -> Job:
    end = time.monotonic() + _SOON_S
    while not is_so(job := _job(store, job_id)) and not job.state.is_over:
        assert time.monotonic() < end, job
        time.sleep(0.02)
    return job


def _job(store: Store, job_id: int) -> Job:
    with store.reading() as session:
        return queue.job(session, job_id)


@contextmanager
def _worker(store: Store) -> Iterator[Process]:
    url = store.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(command, cwd=ROOT, env=environment(url)) as process:
        try:
            yield process
        finally:
            process.kill()


if __name__ == "__main__":
    main()
