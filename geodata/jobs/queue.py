"""The queue of long work: asked for, taken by one worker at a time, ended once.

A worker holds a job by a lease: it says again and again that it is alive. A job whose worker has
fallen silent (`silence`) is taken over and begun anew, so that work must be safe to begin again;
the late worker's end is refused. What a job changes belongs in the transaction of its `finish`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.errors import ConflictError, NotFoundError
from geodata.jobs.model import Going, Job, State
from geodata.jobs.silence import Beat
from geodata.moments import utc_now
from geodata.tables import Job as Row

LEASE = timedelta(seconds=30)
# What ends its worker every time is not tried for ever.
MOST_TRIES = 3
# How long an ended job can still be looked at.
KEPT = timedelta(days=30)
_GAVE_UP = "试了 3 次都没有做完，程序每次都中断了。请告诉管理员。"


def submit(session: Session, kind: str, *, by: Person, params: Mapping[str, Any]) -> int:
    """Ask for work of a kind, in the transaction of what it is about; returns the job's id."""
    row = Row(
        kind=kind,
        state=State.WAITING.value,
        by=by.login,
        districts=list(by.districts),
        unions=list(by.unions),
        params=dict(params),
        result={},
        done=0,
        total=0,
        sentence="",
        cancel_asked=False,
        holder="",
        tries=0,
        created=utc_now(),
    )
    session.add(row)
    session.flush()
    return row.id


def any_waits(session: Session, kinds: Collection[str]) -> bool:
    """Whether there is a job to take, asked without the writer's lock."""
    waits = exists().where(Row.state == State.WAITING.value, Row.kind.in_(kinds))
    return bool(session.scalar(select(waits)))


def claim(
    session: Session, *, holder: str, kinds: Collection[str], silent: Sequence[Beat] = ()
) -> Job | None:
    """Take the oldest job that waits or is one of the `silent`; None if there is none."""
    now = utc_now()
    while (row := session.scalar(_next(kinds, silent))) is not None:
        if row.cancel_asked:
            _end(row, State.CANCELLED, now)
        elif row.tries >= MOST_TRIES:
            _end(row, State.FAILED, now, sentence=_GAVE_UP)
        else:
            row.state, row.holder, row.tries = State.RUNNING.value, holder, row.tries + 1
            row.started = row.heartbeat = now
            row.done = row.total = 0
            row.sentence = ""
            session.flush()
            return _job(row)
        session.flush()
    return None


def beat(
    session: Session,
    job_id: int,
    *,
    holder: str,
    done: int,
    total: int,
    sentence: str = "",
    shown: Mapping[str, Any] | None = None,
) -> Going:
    """Say that a worker is alive and how far it is; returns whether it shall go on.

    `shown` is what can be seen of the result before the end.
    """
    row = _held(session, job_id, holder)
    if row is None:
        return Going.LOST
    row.heartbeat, row.done, row.total, row.sentence = utc_now(), done, total, sentence
    if shown is not None:
        row.result = dict(shown)
    return Going.CANCEL if row.cancel_asked else Going.ON


def finish(session: Session, job_id: int, *, holder: str, result: Mapping[str, Any]) -> None:
    """End a job well, in the transaction of what it did.

    Raises:
        ConflictError: another worker has taken it over; nothing of this may be kept.
    """
    row = _held(session, job_id, holder)
    if row is None:
        raise ConflictError("这件工作已由另一个进程接手，这里做的没有存。")
    row.result, row.done = dict(result), row.total
    _end(row, State.DONE, utc_now())
    session.flush()


def fail(session: Session, job_id: int, sentence: str, *, holder: str) -> None:
    """End a job that could not be done; `sentence` says why and what to do."""
    row = _held(session, job_id, holder)
    if row is not None:
        _end(row, State.FAILED, utc_now(), sentence=sentence)


def stopped(session: Session, job_id: int, *, holder: str) -> None:
    """End a job that was asked to stop and did."""
    row = _held(session, job_id, holder)
    if row is not None:
        _end(row, State.CANCELLED, utc_now())


def release(session: Session, job_id: int, *, holder: str) -> None:
    """Give a job back untouched: its worker goes in good order, another may begin at once."""
    row = _held(session, job_id, holder)
    if row is not None:
        row.state, row.holder, row.tries = State.WAITING.value, "", row.tries - 1


def lose(session: Session, job_id: int, *, holder: str) -> None:
    """Give a job back whose process was lost: another may begin at once, the try is counted."""
    row = _held(session, job_id, holder)
    if row is not None:
        row.state, row.holder = State.WAITING.value, ""


def cancel(session: Session, job_id: int) -> None:
    """Ask a job to stop: one that waits ends here, one that runs when its worker hears of it."""
    row = _row(session, job_id, for_change=True)
    row.cancel_asked = not State(row.state).is_over
    if row.state == State.WAITING:
        _end(row, State.CANCELLED, utc_now())


def job(session: Session, job_id: int) -> Job:
    """One job.

    Raises:
        NotFoundError: there is none.
    """
    return _job(_row(session, job_id))


def jobs(
    session: Session, *, kinds: Collection[str] = (), by: str = "", most: int = 100
) -> Sequence[Job]:
    """The newest jobs first."""
    query = select(Row).order_by(Row.id.desc()).limit(most)
    if kinds:
        query = query.where(Row.kind.in_(kinds))
    if by:
        query = query.where(Row.by == by)
    return [_job(row) for row in session.scalars(query)]


def forget_old(session: Session, *, kinds: Collection[str], kept: timedelta = KEPT) -> None:
    """Clear away jobs of some kinds that ended so long ago."""
    old = and_(Row.kind.in_(kinds), Row.ended < utc_now() - kept)
    session.execute(delete(Row).where(old))


def _next(kinds: Collection[str], silent: Sequence[Beat]) -> Select[Row]:
    running = Row.state == State.RUNNING.value
    lost = [
        and_(running, Row.id == one.job_id, Row.holder == one.holder, Row.heartbeat == one.at)
        for one in silent
    ]
    free = or_(Row.state == State.WAITING.value, *lost)
    query = select(Row).where(free, Row.kind.in_(kinds)).order_by(Row.id).limit(1)
    # SQLite leaves this out: there one writes at a time anyway.
    return query.with_for_update(skip_locked=True)


def _held(session: Session, job_id: int, holder: str) -> Row | None:
    mine = select(Row).where(
        Row.id == job_id, Row.holder == holder, Row.state == State.RUNNING.value
    )
    return session.scalar(mine.with_for_update())


def _row(session: Session, job_id: int, *, for_change: bool = False) -> Row:
    row = session.get(Row, job_id, with_for_update=for_change or None)
    if row is None:
        raise NotFoundError("没有这件工作。它可能太旧，已经清掉了。")
    return row


def _end(row: Row, state: State, at: datetime, *, sentence: str = "") -> None:
    row.state, row.ended, row.holder = state.value, at, ""
    row.sentence = sentence


def _job(row: Row) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        state=State(row.state),
        by=row.by,
        districts=tuple(row.districts),
        unions=tuple(row.unions),
        params=row.params,
        result=row.result,
        done=row.done,
        total=row.total,
        sentence=row.sentence,
        cancelling=row.cancel_asked and not State(row.state).is_over,
        tries=row.tries,
        created=row.created,
        started=row.started,
        ended=row.ended,
    )
