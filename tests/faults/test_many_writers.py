"""Many write at once: people on several servers, imports, and the same file four times over."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import func, select

from bench.dumped import dumped, faults
from bench.kill_steps import write_table
from bench.served import ROOT, environment
from bench.writers import crowd
from geodata.accounts.roles import Person, Role
from geodata.jobs import queue
from geodata.jobs.model import State
from geodata.store import Store
from geodata.tables import ImportRun, Place
from service import uploads
from service.jobs.imports import COMMIT
from service.jobs.runner import Runner, works
from service.settings import Settings
from service.workshop import import_file, locator

ROWS = 120
AT_ONCE = 4
SOON_S = 120.0
PLANNER = Person("admin", Role.ADMIN)


def test_people_and_imports_write_at_once_and_nobody_is_locked_out(
    tmp_path: Path, database_url: str
) -> None:
    told = crowd(tmp_path, database_url, seconds=4)
    assert (set(told.edits), told.unread, told.locked) == ({303}, 0, 0)
    assert told.imports >= 2


def test_one_file_imported_by_four_processes_at_once_is_stored_once(
    tmp_path: Path, database_url: str
) -> None:
    store, whole = Store.open(database_url), Store.open(f"sqlite:///{tmp_path / 'whole.sqlite'}")
    table = write_table(tmp_path / "table.csv", ROWS)
    import_file(table, whole, locator(whole))
    command = [sys.executable, "-c", "from service.cli import main; main()", "import", str(table)]

    def imported(_number: int) -> tuple[int, str]:
        ended = subprocess.run(
            command, cwd=ROOT, env=environment(database_url), capture_output=True, check=False
        )
        return ended.returncode, (ended.stdout + ended.stderr).decode()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(imported, range(AT_ONCE)))
    assert Counter(code for code, _ in ends) == {0: AT_ONCE}
    assert sum(f"新增 {ROWS}，" in said for _, said in ends) == 1
    assert sum(f"新增 0，更新 0，不变 {ROWS}，" in said for _, said in ends) == AT_ONCE - 1
    assert (dumped(store) == dumped(whole), faults(store)) == (True, [])
    for one in (store, whole):
        one.close()


def test_one_file_sent_in_four_times_and_done_by_two_servers_is_stored_once(
    tmp_path: Path, any_store: Store
) -> None:
    content = write_table(tmp_path / "table.csv", ROWS).read_bytes()
    jobs = []
    with any_store.writing() as session:
        for _ in range(AT_ONCE):
            sent = uploads.receive(session, name="表.csv", content=content, most_mb=1, by=PLANNER)
            jobs.append(uploads.assign(session, sent, COMMIT, by=PLANNER))
    kinds = works(Settings(), any_store)
    servers = [Runner(any_store, kinds) for _ in range(2)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda number: servers[number % 2].run_one(), range(AT_ONCE)))
    with any_store.reading() as session:
        ended = [queue.job(session, job_id) for job_id in jobs]
        assert [job.state for job in ended] == [State.DONE] * AT_ONCE
        assert sorted(job.result["new"] for job in ended) == [0, 0, 0, ROWS]
        assert session.scalar(select(func.count()).select_from(Place)) == ROWS
        assert session.scalar(select(func.count()).select_from(ImportRun)) == 1
