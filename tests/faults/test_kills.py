"""kill -9 of imports and jobs: nothing is half done, and the end is that of an unbroken run."""

import signal
import subprocess
import sys
from pathlib import Path

from bench.dumped import dumped, faults
from bench.kill_steps import write_table
from bench.killed_import import killed_imports
from bench.killed_jobs import killed_jobs
from bench.served import ROOT, environment, wait_until_halted
from geodata.store import Store
from service.workshop import import_file, locator

SOON_S = 60.0
STOPPED = 143
# Rows are staged a thousand at a time, or more often; the file goes the way of a long one.
_HALTING = """
from bench.kill_steps import halt_at
from importers import ingest
ingest.MOST_ROWS = 0
halt_at("UPDATE staged_file", 2)
"""


def test_an_import_killed_anywhere_stores_nothing_or_all(tmp_path: Path, database_url: str) -> None:
    left = list(killed_imports(tmp_path, database_url, rows=60, kills=3))
    assert (len(left), set(left) <= {"before", "after"}) == (3, True)


def test_a_job_whose_worker_or_process_is_killed_is_done_once(
    tmp_path: Path, database_url: str
) -> None:
    # An import is killed twice, then a proof of where to build: whichever ends too soon is followed
    # by another, until it came to three.
    tries = list(killed_jobs(tmp_path, database_url, rows=400, kills=3))
    assert sum(tries) - len(tries) == 3


def test_half_an_import_would_be_seen(tmp_path: Path) -> None:
    """The harness itself: what a publishing that is no transaction leaves is told."""
    store = Store.open(f"sqlite:///{tmp_path / 'zhitu.sqlite'}")
    import_file(write_table(tmp_path / "table.csv", 3), store, locator(store))
    whole = dumped(store)
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM place WHERE id = 2")
    assert dumped(store) != whole
    assert [fault.split(",")[0] for fault in faults(store)][:1] == ["('service_point'"]
    store.close()


def test_a_command_told_to_end_leaves_nothing_half_done(tmp_path: Path, database_url: str) -> None:
    store = Store.open(database_url)
    table = write_table(tmp_path / "table.csv", 1_500)
    before = dumped(store)
    with subprocess.Popen(
        _main("import", str(table), first=_HALTING),
        cwd=ROOT,
        env=environment(database_url),
        stderr=subprocess.PIPE,
    ) as running:
        wait_until_halted(running)
        half = faults(store)
        running.send_signal(signal.SIGTERM)
        running.send_signal(signal.SIGCONT)
        said = running.communicate(timeout=SOON_S)[1].decode()
    assert [one.partition(":")[0] for one in half][:2] == ["staged_file", "staged_record"]
    assert (running.returncode, "收到停止信号，已停下" in said, "Traceback" in said) == (
        STOPPED,
        True,
        False,
    )
    # What it had staged it took away itself: nobody has to wait for the tidying.
    assert (dumped(store) == before, faults(store)) == (True, [])
    store.close()


def test_workers_told_to_end_give_back_what_they_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    store = Store.open(url)
    command = _main("work", "--finish", "0")
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().decode() == "在等工作（Ctrl+C 停止）\n"
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=SOON_S)[0].decode()
    assert (running.returncode, said.splitlines()[-1]) == (0, "已停下")
    store.close()


def _main(*arguments: str, first: str = "") -> list[str]:
    """The command in a process of its own; `first` makes a short file go the long one's way."""
    return [sys.executable, "-c", f"{first}\nfrom service.cli import main; main()", *arguments]
