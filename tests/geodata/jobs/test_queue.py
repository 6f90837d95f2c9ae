"""The queue: one worker a job, a lease that runs out, an end that comes once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from geodata.accounts.roles import Person, Role
from geodata.errors import ConflictError, NotFoundError
from geodata.jobs import queue
from geodata.jobs.model import Going, Job, State
from geodata.jobs.silence import Beat, Silence
from geodata.jobs.turn import turn
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Job as Row

OFFICE = Person("pudong", Role.EDITOR, ("浦东新区",), ("示例工会",))
DAY = timedelta(days=1)


def submitted(store: Store, kind: str = "try", **params: object) -> int:
    with store.writing() as session:
        return queue.submit(session, kind, by=OFFICE, params=params)


def taken(store: Store, holder: str, *, silent: Sequence[Beat] = ()) -> Job | None:
    with turn(store.engine) as session:
        return queue.claim(session, holder=holder, kinds={"try"}, silent=silent)


def taken_over(store: Store, holder: str) -> Job | None:
    """Taken from whoever has it, as if nothing had been heard of him for long."""
    with store.reading() as session:
        silent = Silence(timedelta()).look(session, {"try"})
    return taken(store, holder, silent=silent)


class Clock:
    """A clock that goes on by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def look(store: Store, silence: Silence) -> list[int]:
    with store.reading() as session:
        return [beat.job_id for beat in silence.look(session, {"try"})]


def beaten(store: Store, job_id: int, holder: str = "a") -> Going:
    with turn(store.engine) as session:
        return queue.beat(session, job_id, holder=holder, done=0, total=0)


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
    again = taken_over(any_store, "b")
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
    taken_over(any_store, "b")
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
    assert taken_over(any_store, "b") is None
    assert held(any_store, job_id).state is State.CANCELLED


def test_a_job_that_ends_its_worker_three_times_is_given_up(any_store: Store) -> None:
    job_id = submitted(any_store)
    tries = [taken(any_store, "a"), *(taken_over(any_store, "a") for _ in range(3))]
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


def test_a_worker_is_silent_when_nothing_new_is_heard_for_a_lease(any_store: Store) -> None:
    clock, job_id = Clock(), submitted(any_store)
    silence = Silence(queue.LEASE, clock)
    taken(any_store, "a")
    assert look(any_store, silence) == []
    clock.now = 29.9
    assert look(any_store, silence) == []
    beaten(any_store, job_id)
    clock.now = 59.8
    assert look(any_store, silence) == []
    clock.now = 89.9
    assert look(any_store, silence) == [job_id]


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_clock_put_right_by_a_day_takes_no_job_from_its_worker(
    any_store: Store, jump: timedelta
) -> None:
    clock, job_id = Clock(), submitted(any_store)
    silence = Silence(queue.LEASE, clock)
    taken(any_store, "a")
    look(any_store, silence)
    with any_store.writing() as session:
        session.execute(update(Row).values(heartbeat=utc_now() + jump))
    clock.now = 29.0
    assert look(any_store, silence) == []
    # Its worker is dead all the same: the day is not waited for.
    clock.now = 29.0 + 30.0
    assert look(any_store, silence) == [job_id]
    again = taken_over(any_store, "b")
    assert again is not None
    assert (again.id, again.tries) == (job_id, 2)


def test_a_worker_heard_of_since_keeps_its_job(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with any_store.reading() as session:
        silent = Silence(timedelta()).look(session, {"try"})
    beaten(any_store, job_id)
    assert taken(any_store, "b", silent=silent) is None


def test_a_job_whose_process_was_lost_waits_with_its_try_counted(any_store: Store) -> None:
    job_id = submitted(any_store)
    for _ in range(queue.MOST_TRIES):
        taken(any_store, "a")
        with any_store.writing() as session:
            queue.lose(session, job_id, holder="a")
    assert held(any_store, job_id).state is State.WAITING
    assert taken(any_store, "a") is None
    job = held(any_store, job_id)
    assert (job.state, job.sentence[:6]) == (State.FAILED, "试了 3 次")


def test_what_can_be_seen_before_the_end_is_kept_until_another_says_more(any_store: Store) -> None:
    job_id = submitted(any_store)
    taken(any_store, "a")
    with turn(any_store.engine) as session:
        queue.beat(session, job_id, holder="a", done=1, total=2, shown={"best": 5})
    beaten(any_store, job_id)
    assert held(any_store, job_id).result == {"best": 5}


def test_whether_a_job_waits_is_asked_by_kind(any_store: Store) -> None:
    submitted(any_store)
    with any_store.reading() as session:
        assert [queue.any_waits(session, {kind}) for kind in ("try", "other")] == [True, False]


def test_jobs_that_ended_long_ago_are_cleared_away(any_store: Store) -> None:
    ids = [submitted(any_store), submitted(any_store), submitted(any_store, "other")]
    for job_id in ids[1:]:
        with any_store.writing() as session:
            queue.cancel(session, job_id)
    with any_store.writing() as session:
        ended = utc_now() - 31 * DAY
        session.execute(update(Row).where(Row.ended.is_not(None)).values(ended=ended))
        queue.forget_old(session, kinds={"try"}, kept=32 * DAY)
        assert len(queue.jobs(session)) == 3
        queue.forget_old(session, kinds={"try"})
    with any_store.reading() as session:
        assert [job.id for job in queue.jobs(session)] == [ids[2], ids[0]]
