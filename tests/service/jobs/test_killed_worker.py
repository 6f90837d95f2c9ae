"""A worker killed in the middle of an import is followed by another; the import is stored once."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from bench.served import wait_until_halted
from geodata.accounts.roles import Person, Role
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.store import Store
from geodata.tables import AuditEvent, ImportRun, Place, Upload
from service import uploads
from service.jobs.imports import COMMIT
from service.jobs.runner import Runner, works
from service.settings import Settings

ROOT = Path(__file__).parents[3]
ROWS, KILLS, SOON_S = 1_500, 2, 60.0
# Rows are staged a thousand at a time, or more often.
HALF_READ = ("UPDATE staged_file", 2)
LEASE = timedelta(seconds=1)
PLANNER = Person("admin", Role.ADMIN)
CHILD = """
import sys, time
from datetime import timedelta
from bench.kill_steps import halt_at
from geodata.store import Store
from service.jobs.runner import Runner, works
from service.settings import Settings
store = Store.open(sys.argv[1])
halt_at(sys.argv[2], int(sys.argv[3]))
kinds = works(Settings.from_environment({}), store)
Runner(store, kinds, pause_s=0.02, lease=timedelta(seconds=1)).start()
time.sleep(600)
"""


def sent(store: Store) -> tuple[int, int]:
    """A long file that waits for its import: the ids of file and job."""
    lines = [f"示例・站{n},户外职工驿站,黄浦区,某路{n}号" for n in range(ROWS)]
    content = "\n".join(["名称,类别,区,地址", *lines]).encode()
    with store.writing() as session:
        upload_id = uploads.receive(
            session, name="长表.csv", content=content, most_mb=20, by=PLANNER
        )
        return upload_id, uploads.assign(session, upload_id, COMMIT, by=PLANNER)


def held(store: Store, job_id: int) -> Job:
    with store.reading() as session:
        return queue.job(session, job_id)


def kill_half_way(url: str) -> None:
    """A worker that takes the job is killed with -9 when it has read half of the file."""
    words, nth = HALF_READ
    command = [sys.executable, "-c", CHILD, url, words, str(nth)]
    with subprocess.Popen(command, cwd=ROOT) as child:
        try:
            wait_until_halted(child)
        finally:
            child.kill()


def test_a_killed_worker_is_followed_and_its_import_is_stored_once(database_url: str) -> None:
    store = Store.open(database_url)
    upload_id, job_id = sent(store)
    for kill in range(1, KILLS + 1):
        kill_half_way(database_url)
        job = held(store, job_id)
        assert (job.state, job.tries) == (State.RUNNING, kill)
    last = Runner(store, works(Settings.from_environment({}), store), lease=LEASE)
    assert last.run_one() is False
    end = time.monotonic() + SOON_S
    # A lease later, and when the server has seen that the killed one is gone.
    while not last.run_one():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert last.run_one() is False
    job = held(store, job_id)
    assert (job.state, job.tries, job.result["new"]) == (State.DONE, KILLS + 1, ROWS)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Place)) == ROWS
        [run] = session.scalars(select(ImportRun))
        assert session.get_one(Upload, upload_id).run_id == run.id
        actions = session.scalars(select(AuditEvent.action)).all()
        assert actions == ["import.commit"]
    store.close()
