"""Workers: what they do with a job that works, fails, is stopped, or breaks."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy.exc import InterfaceError

from geodata.accounts.roles import Person, Role
from geodata.errors import ParameterError
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.store import Store
from geodata.tables import Job as Row
from service.jobs.context import Context, LostError, Work
from service.jobs.runner import Runner

PLANNER = Person("admin", Role.ADMIN)
SOON_S = 60.0


def submitted(store: Store, kind: str = "try") -> int:
    with store.writing() as session:
        return queue.submit(session, kind, by=PLANNER, params={"number": 4})


def held(store: Store, job_id: int) -> Job:
    with store.reading() as session:
        return queue.job(session, job_id)


def runner(store: Store, work: Work, **options: Any) -> Runner:
    return Runner(store, {"try": work}, pause_s=0.02, **options)


def until_over(store: Store, job_id: int) -> Job:
    end = time.monotonic() + SOON_S
    while not held(store, job_id).state.is_over and time.monotonic() < end:
        time.sleep(0.02)
    return held(store, job_id)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def beat_of(store: Store, job_id: int) -> datetime | None:
    with store.reading() as session:
        return session.get_one(Row, job_id).heartbeat


def doubled(context: Context) -> Mapping[str, Any]:
    return {"number": 2 * context.job.params["number"]}


def test_a_result_given_back_ends_the_job(any_store: Store) -> None:
    job_id = submitted(any_store)
    work = runner(any_store, doubled)
    assert [work.run_one(), work.run_one()] == [True, False]
    job = held(any_store, job_id)
    assert (job.state, job.result) == (State.DONE, {"number": 8})


def test_what_a_person_can_act_on_is_said(any_store: Store) -> None:
    def refuse(_context: Context) -> None:
        raise ParameterError("没有这一列。")

    job_id = submitted(any_store)
    runner(any_store, refuse).run_one()
    job = held(any_store, job_id)
    assert (job.state, job.sentence) == (State.FAILED, "没有这一列。")


def test_a_fault_of_our_own_fails_the_job_and_is_not_swallowed(store: Store) -> None:
    def broken(_context: Context) -> None:
        raise ZeroDivisionError

    job_id = submitted(store)
    with pytest.raises(ZeroDivisionError):
        runner(store, broken).run_one()
    job = held(store, job_id)
    assert (job.state, job.sentence[:9]) == (State.FAILED, "做到一半程序出错了")


def test_a_job_ended_with_its_own_change_is_done_once(any_store: Store) -> None:
    def once(context: Context) -> None:
        with context.ending({"made": 1}) as session:
            queue.submit(session, "other", by=PLANNER, params={})

    job_id = submitted(any_store)
    runner(any_store, once).run_one()
    with any_store.reading() as session:
        assert [one.kind for one in queue.jobs(session)] == ["other", "try"]
    assert held(any_store, job_id).result == {"made": 1}


def endless(begun: Event) -> Work:
    """A job that goes on until somebody stops it."""

    def work(context: Context) -> None:
        context.progress(1, 3)
        context.say("正在等")
        begun.set()
        while True:
            context.go_on()
            time.sleep(0.01)

    return work


def test_threads_do_what_waits_and_hear_of_a_cancel(store: Store) -> None:
    begun = Event()
    job_id = submitted(store)
    workers = runner(store, endless(begun))
    workers.start()
    assert begun.wait(SOON_S)
    with store.writing() as session:
        queue.cancel(session, job_id)
    job = until_over(store, job_id)
    workers.stop()
    assert (job.state, job.sentence) == (State.CANCELLED, "")


def test_a_server_that_goes_gives_its_job_back(store: Store) -> None:
    begun = Event()
    job_id = submitted(store)
    workers = runner(store, endless(begun))
    workers.start()
    assert begun.wait(SOON_S)
    workers.stop()
    assert held(store, job_id).state is State.WAITING
    runner(store, doubled).run_one()
    assert held(store, job_id).result == {"number": 8}


def test_a_job_taken_at_the_moment_of_the_end_is_given_back(store: Store) -> None:
    def short(context: Context) -> Mapping[str, Any]:
        context.go_on()
        return {}

    job_id = submitted(store)
    workers = runner(store, short)
    workers.stop()
    assert workers.run_one() is True
    assert held(store, job_id).state is State.WAITING


def test_two_servers_share_a_queue_and_no_job_runs_twice(any_store: Store) -> None:
    done: list[int] = []

    def note(context: Context) -> Mapping[str, Any]:
        done.append(context.job.id)
        return {}

    ids = [submitted(any_store) for _ in range(20)]
    both = [runner(any_store, note, threads=2) for _ in range(2)]
    for one in both:
        one.start()
    for job_id in ids:
        until_over(any_store, job_id)
    for one in both:
        one.stop()
    assert sorted(done) == ids


def test_a_worker_that_beats_keeps_its_lease(store: Store) -> None:
    lease = timedelta(seconds=0.2)
    begun, go_on = Event(), Event()

    def slow(context: Context) -> Mapping[str, Any]:
        begun.set()
        go_on.wait(SOON_S)
        return {}

    job_id = submitted(store)
    first, second = runner(store, slow, lease=lease), runner(store, slow, lease=lease)
    first.start()
    assert begun.wait(SOON_S)
    for _ in range(3):
        assert second.run_one() is False
        last = beat_of(store, job_id)
        time.sleep(lease.total_seconds())
        # However late it comes: who has heard it since takes nothing over.
        until(lambda last=last: beat_of(store, job_id) != last)  # type: ignore[misc]
    go_on.set()
    job = until_over(store, job_id)
    first.stop()
    assert (job.state, job.tries) == (State.DONE, 1)


def test_what_was_lost_is_begun_again_and_given_up_after_three_times(any_store: Store) -> None:
    def lost(_context: Context) -> None:
        raise LostError

    job_id = submitted(any_store)
    work = runner(any_store, lost)
    assert [work.run_one() for _ in range(4)] == [True, True, True, False]
    assert held(any_store, job_id).state is State.FAILED


def test_a_database_that_goes_during_a_job_fails_no_job(any_store: Store) -> None:
    def cut_off(_context: Context) -> None:
        raise InterfaceError("SELECT", {}, OSError("gone"), connection_invalidated=True)

    job_id = submitted(any_store)
    assert runner(any_store, cut_off).run_one() is True
    assert held(any_store, job_id).state is State.WAITING
    runner(any_store, doubled).run_one()
    assert held(any_store, job_id).result == {"number": 8}


def test_a_server_that_goes_may_let_a_job_finish(store: Store) -> None:
    begun = Event()

    def short(context: Context) -> Mapping[str, Any]:
        begun.set()
        time.sleep(0.3)
        return {"number": int(context.is_cancelled())}

    job_id = submitted(store)
    workers = runner(store, short)
    workers.start()
    assert begun.wait(SOON_S)
    workers.stop(finish_s=SOON_S)
    assert held(store, job_id).result == {"number": 0}


def test_what_is_shown_on_the_way_can_be_read_by_others(store: Store) -> None:
    go_on = Event()

    def showing(context: Context) -> Mapping[str, Any]:
        context.show({"best": 1})
        go_on.wait(SOON_S)
        return {"best": 2}

    job_id = submitted(store)
    workers = runner(store, showing)
    workers.start()
    until(lambda: bool(held(store, job_id).result))
    assert held(store, job_id).result == {"best": 1}
    go_on.set()
    assert until_over(store, job_id).result == {"best": 2}
    workers.stop()


def test_work_waits_for_a_file_that_is_gone(tmp_path: Path) -> None:
    path, away = tmp_path / "zhitu.sqlite", tmp_path / "away"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        job_id = submitted(store)
        work = runner(store, doubled)
        path.rename(away)
        assert not work.run_one()
        away.rename(path)
        assert work.run_one()
        assert held(store, job_id).state is State.DONE
