"""The queue: one worker a job, a lease that runs out, an end that comes once."""

from datetime import timedelta

import pytest

from geodata.accounts.roles import Person, Role
from geodata.errors import ConflictError, NotFoundError
from geodata.jobs import queue
from geodata.jobs.model import Going, Job, State
from geodata.jobs.turn import turn
from geodata.store import Store

OFFICE = Person("pudong", Role.EDITOR, ("浦东新区",), ("示例工会",))
OVERDUE = timedelta(seconds=-1)


def submitted(store: Store, kind: str = "try", **params: object) -> int:
    with store.writing() as session:
        return queue.submit(session, kind, by=OFFICE, params=params)


def taken(store: Store, holder: str, *, lease: timedelta = queue.LEASE) -> Job | None:
    with turn(store.engine) as session:
        return queue.claim(session, holder=holder, kinds={"try"}, lease=lease)


def held(store: Store, job_id: int) -> Job:
    with store.reading() as session:
        return queue.job(session, job_id)


def publish_late(store: Store, job_id: int) -> None:
    with store.writing() as session:
        queue.submit(session, "try", by=OFFICE, params={})
        queue.finish(session, job_id, holder="a", result={})


def test_a_job_remembers_who_asked_and_for_what(any_store: Store) -> None:
    job = held(any_store, submitted(any_store, upload=7))
    assert (job.kind, job.state, job.params) == ("try", State.WAITING, {"upload": 7})
    assert job.as_of(Role.EDITOR) == OFFICE


def test_the_oldest_job_is_taken_first_and_each_once(any_store: Store) -> None:
    ids = [submitted(any_store), submitted(any_store)]
    found = [taken(any_store, holder) for holder in ("a", "b", "c")]
    assert [job and job.id for job in found] == [*ids, None]


def test_a_kind_nobody_here_can_do_is_left_to_others(any_store: Store) -> None:
    submitted(any_store, "other")
    assert taken(any_store, "a") is None


def test_a_worker_that_is_silent_loses_its_job_and_may_not_end_it(any_store: Store) -> None:
    job_id = submitted(any_store)
    assert taken(any_store, "a") is not None
    again = taken(any_store, "b", lease=OVERDUE)
    assert again is not None
    assert (again.id, again.tries) == (job_id, 2)
    with turn(any_store.engine) as session:
        assert queue.beat(session, job_id, holder="a", done=1, total=2) is Going.LOST
    with pytest.raises(ConflictError), any_store.writing() as session:
        queue.finish(session, job_id, holder="a", result={})
    with any_store.writing() as session:
        queue.finish(session, job_id, holder="b", result={"run": 5})
    assert held(any_store, job_id).result == {"run": 5}


def test_what_a_late_worker_wrote_beside_its_end_is_not_kept(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    taken(any_store, "b", lease=OVERDUE)
    with pytest.raises(ConflictError):
        publish_late(any_store, job_id)
    with any_store.reading() as session:
        assert [job.id for job in queue.jobs(session)] == [job_id]


def test_a_beat_says_how_far_it_is(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with turn(any_store.engine) as session:
        going = queue.beat(session, job_id, holder="a", done=3, total=9, sentence="正在读")
    job = held(any_store, job_id)
    assert (going, job.done, job.total, job.sentence) == (Going.ON, 3, 9, "正在读")


def test_a_job_that_waits_is_cancelled_at_once(any_store: Store) -> None:
    job_id = submitted(any_store)
    with any_store.writing() as session:
        queue.cancel(session, job_id)
    assert held(any_store, job_id).state is State.CANCELLED
    assert taken(any_store, "a") is None


def test_a_job_that_runs_is_asked_to_stop(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with any_store.writing() as session:
        queue.cancel(session, job_id)
    assert held(any_store, job_id).cancelling
    with turn(any_store.engine) as session:
        assert queue.beat(session, job_id, holder="a", done=0, total=0) is Going.CANCEL
        queue.stopped(session, job_id, holder="a")
    job = held(any_store, job_id)
    assert (job.state, job.cancelling) == (State.CANCELLED, False)


def test_a_cancelled_job_whose_worker_died_is_not_begun_again(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with any_store.writing() as session:
        queue.cancel(session, job_id)
    assert taken(any_store, "b", lease=OVERDUE) is None
    assert held(any_store, job_id).state is State.CANCELLED


def test_a_job_that_ends_its_worker_three_times_is_given_up(any_store: Store) -> None:
    job_id = submitted(any_store)
    tries = [taken(any_store, "a", lease=OVERDUE) for _ in range(4)]
    assert [job.tries if job else None for job in tries] == [1, 2, 3, None]
    assert held(any_store, job_id).state is State.FAILED


def test_a_job_given_back_waits_as_if_never_begun(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with any_store.writing() as session:
        queue.release(session, job_id, holder="a")
    job = held(any_store, job_id)
    assert (job.state, job.tries) == (State.WAITING, 0)


def test_a_failure_says_why(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with any_store.writing() as session:
        queue.fail(session, job_id, "打不开文件。", holder="a")
    job = held(any_store, job_id)
    assert (job.state, job.sentence) == (State.FAILED, "打不开文件。")


def test_jobs_are_listed_newest_first_by_kind_and_person(any_store: Store) -> None:
    ids = [submitted(any_store), submitted(any_store, "other"), submitted(any_store)]
    with any_store.reading() as session:
        assert [one.id for one in queue.jobs(session)] == ids[::-1]
        assert [one.id for one in queue.jobs(session, kinds={"try"}, most=1)] == [ids[2]]
        assert queue.jobs(session, by="another") == []


def test_a_job_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError), store.reading() as session:
        queue.job(session, 9)
