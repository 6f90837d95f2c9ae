"""The workers: threads of the server that take jobs from the queue and do them.

Any number of servers may work on one queue. Add a subject's kinds of job to `SUBJECTS`.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Lock, Thread

from sqlalchemy.exc import OperationalError

from geodata.accounts import sign_ins
from geodata.errors import ZhituError
from geodata.jobs import queue
from geodata.jobs.model import Going
from geodata.jobs.turn import BusyError, turn
from geodata.store import Store
from service import import_jobs, uploads
from service.calls import siting
from service.job_context import Context, Work
from service.settings import Settings

_STOP_S = 10.0
_HOUR_S = 3600.0
_BROKEN = "做到一半程序出错了，什么也没有存。请告诉管理员（编号 {number}）。"

# One subject a line: kind → what it does.
SUBJECTS: tuple[Callable[[Settings, Store], Mapping[str, Work]], ...] = (
    import_jobs.works,
    siting.works,
)
# What is done once at the start and then every hour.
CHORES: tuple[Callable[[Store], object], ...] = (uploads.forget_old, sign_ins.forget_old)


def works(settings: Settings, store: Store) -> dict[str, Work]:
    """Every kind of job this program can do."""
    return {kind: work for subject in SUBJECTS for kind, work in subject(settings, store).items()}


class Runner:
    """Workers on one queue; `run_one` does a single job in the caller's own thread."""

    def __init__(
        self,
        store: Store,
        kinds: Mapping[str, Work],
        *,
        threads: int = 1,
        pause_s: float = 0.5,
        lease: timedelta = queue.LEASE,
        chores: Sequence[Callable[[Store], object]] = (),
    ) -> None:
        self._store = store
        self._kinds = kinds
        self._pause_s = pause_s
        self._lease = lease
        self._chores = chores
        self._holder = secrets.token_hex(8)
        self._stopping = Event()
        self._lock = Lock()
        self._running: dict[int, Context] = {}
        names = [(f"job-{number}", self._work) for number in range(threads)]
        self._threads = [
            Thread(target=target, name=name, daemon=True)
            for name, target in (*names, ("job-beat", self._beat), ("job-chores", self._tidy))
        ]

    def start(self) -> None:
        """Begin to take jobs."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float = _STOP_S) -> None:
        """Take no more; what is running is given back for another to begin."""
        self._stopping.set()
        for context in self._contexts():
            context.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout_s)

    def run_one(self) -> bool:
        """Do the next job, if there is one."""
        try:
            with turn(self._store.engine) as session:
                job = queue.claim(
                    session, holder=self._holder, kinds=self._kinds, lease=self._lease
                )
        except BusyError:
            return False
        if job is None:
            return False
        context = Context(self._store, job, self._holder)
        with self._lock:
            self._running[job.id] = context
        try:
            self._do(context, self._kinds[job.kind])
        finally:
            with self._lock:
                del self._running[job.id]
        return True

    def beat_once(self) -> None:
        """Say of every running job that it is alive, and hear whether it shall stop."""
        for context in self._contexts():
            try:
                with turn(self._store.engine) as session:
                    going = queue.beat(
                        session,
                        context.job.id,
                        holder=self._holder,
                        done=context.done,
                        total=context.total,
                        sentence=context.sentence,
                    )
            except BusyError:
                continue
            if going is not Going.ON:
                context.stop()

    def _contexts(self) -> list[Context]:
        with self._lock:
            return list(self._running.values())

    def _work(self) -> None:
        """A fault of our own ends the thread of its job, told on stderr, and no other."""
        while not self._stopping.wait(self._pause_s):
            some = Thread(target=self._do_all, name="job", daemon=True)
            some.start()
            some.join()

    def _tidy(self) -> None:
        while not self._stopping.is_set():
            for chore in self._chores:
                # What could not be tidied now is tidied in an hour.
                with suppress(OperationalError):
                    chore(self._store)
            self._stopping.wait(_HOUR_S)

    def _do_all(self) -> None:
        while not self._stopping.is_set() and self.run_one():
            pass

    def _beat(self) -> None:
        while not self._stopping.wait(self._pause_s):
            self.beat_once()

    def _do(self, context: Context, work: Work) -> None:
        number = secrets.token_hex(2).upper()
        sentence = _BROKEN.format(number=number)
        try:
            result = work(context)
            sentence = ""
        except ZhituError as error:
            sentence, result = str(error), None
        finally:
            # A fault of our own goes on from here; the job says so first.
            if sentence:
                self._give_up(context, sentence)
        if result is not None:
            with self._store.writing() as session:
                context.finish(session, result)

    def _give_up(self, context: Context, sentence: str) -> None:
        job_id, holder = context.job.id, self._holder
        with self._store.writing() as session:
            if self._stopping.is_set():
                queue.release(session, job_id, holder=holder)
            elif context.is_cancelled():
                queue.stopped(session, job_id, holder=holder)
            else:
                queue.fail(session, job_id, sentence, holder=holder)


@contextmanager
def working(settings: Settings, store: Store) -> Iterator[Runner]:
    """Workers while a server runs."""
    runner = Runner(store, works(settings, store), chores=CHORES)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()
