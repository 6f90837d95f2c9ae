"""The workers of a server: who starts them, and what they tidy."""

import os
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from geodata.accounts.roles import Person, Role
from geodata.errors import StoreFullError
from geodata.jobs import queue
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Job
from service import uploads
from service.calls.siting import SITING
from service.desk.imports_view import job_of, state_of
from service.jobs.imports import PREVIEW
from service.jobs.process import FOLDER
from service.jobs.working import forget_folders, forget_old_jobs, working
from service.settings import Settings
from service.siting.jobs import PAGE

PLANNER = Person("admin", Role.ADMIN)


def ended(store: Store, kind: str, *, days: int) -> int:
    with store.writing() as session:
        job_id = queue.submit(session, kind, by=PLANNER, params={})
        queue.cancel(session, job_id)
        at = utc_now() - timedelta(days=days)
        session.execute(update(Job).where(Job.id == job_id).values(ended=at))
        return job_id


def job_threads(before: set[threading.Thread]) -> list[str]:
    """The names of the workers' threads that were not there before."""
    added = set(threading.enumerate()) - before
    return sorted(one.name for one in added if one.name.startswith("job-"))


def test_a_server_that_leaves_the_work_to_another_starts_no_worker(store: Store) -> None:
    before = set(threading.enumerate())
    with working(replace(Settings(), works=False), store):
        assert job_threads(before) == []


def test_imports_and_siting_wait_in_lanes_of_their_own(store: Store) -> None:
    before = set(threading.enumerate())
    with working(Settings(database=str(store.engine.url)), store, threads=2):
        lanes = ["job-0", "job-0", "job-1", "job-1", "job-beat", "job-beat"]
        assert job_threads(before) == [*lanes, "job-chores"]
    assert job_threads(before) == []


def test_a_full_disk_keeps_no_other_chore_from_being_done(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied = threading.Event()

    def full(_store: Store) -> None:
        raise StoreFullError("磁盘满了。")

    chores = (full, lambda _store: tidied.set())
    monkeypatch.setattr("service.jobs.working.CHORES", chores)
    with working(Settings(database=str(store.engine.url)), store):
        assert tidied.wait(60.0)


def test_what_siting_found_goes_after_a_week_and_other_jobs_after_a_month(store: Store) -> None:
    kept = [
        ended(store, PREVIEW, days=29),
        ended(store, PAGE, days=6),
        ended(store, SITING, days=6),
    ]
    for kind, days in ((PREVIEW, 31), (PAGE, 8), (SITING, 8)):
        ended(store, kind, days=days)
    forget_old_jobs(store)
    with store.reading() as session:
        assert [job.id for job in queue.jobs(session)] == kept[::-1]


def test_a_file_whose_job_was_cleared_away_is_still_listed(store: Store) -> None:
    with store.writing() as session:
        sent = uploads.receive(session, name="表.csv", content=b"x", most_mb=1, by=PLANNER)
        job_id = uploads.assign(session, sent, PREVIEW, by=PLANNER)
        queue.cancel(session, job_id)
        queue.forget_old(session, kinds={PREVIEW}, kept=timedelta(seconds=-1))
        file = uploads.sent(session, sent)
        assert (job_of(session, file), state_of(file, None)) == (None, "cleared")


def test_folders_of_processes_killed_with_their_server_are_removed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    now = time.time()
    for name, age_s in ((f"{FOLDER}old", 90_000), (f"{FOLDER}new", 60), ("another", 90_000)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (now - age_s, now - age_s))
    forget_folders(store, now)
    left = sorted(one.name for one in tmp_path.iterdir() if one.is_dir())
    assert left == ["another", f"{FOLDER}new"]
