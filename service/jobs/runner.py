"""The workers: threads that take jobs from the queue and have them done.

Any number of servers may work on one queue. Add a subject's kinds of job to `SUBJECTS`.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from geodata import outages
from geodata.errors import StoreError, ZhituError
from geodata.jobs import queue
from geodata.jobs.model import Going, Job
from geodata.jobs.silence import Beat, Silence
from geodata.jobs.turn import BusyError, turn
from geodata.store import Store
from service.calls import siting
from service.jobs import imports as import_jobs
from service.jobs.context import Context, LostError, Work
from service.settings import Settings
from service.siting import jobs as siting_jobs

_STOP_S = 10.0
_BROKEN = "做到一半程序出错了，什么也没有存。请告诉管理员（编号 {number}）。"

# One subject a line: kind → what it does.
SUBJECTS: tuple[Callable[[Settings, Store], Mapping[str, Work]], ...] = (
    import_jobs.works,
    siting.works,
    siting_jobs.works,
)


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
    ) -> None:
        self._store = store
        self._kinds = kinds
        self._pause_s = pause_s
        self._silence = Silence(lease)
        self._holder = secrets.token_hex(8)
        self._stopping, self._over = Event(), Event()
        self._lock, self._listening = Lock(), Lock()
        self._running: dict[int, Context] = {}
        workers = [
            Thread(target=self._work, name=f"job-{number}", daemon=True)
            for number in range(threads)
        ]
        self._threads = [*workers, Thread(target=self._beat, name="job-beat", daemon=True)]

    def start(self) -> None:
        """Begin to take jobs."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float = _STOP_S, *, finish_s: float = 0.0) -> None:
        """Take no more; what runs may finish for a while, then is given back for another."""
        self._stopping.set()
        until = time.monotonic() + finish_s
        while self._contexts() and time.monotonic() < until:
            time.sleep(self._pause_s / 5)
        for context in self._contexts():
            context.leave()
        for thread in self._threads:
            if thread is self._threads[-1]:
                # What still goes on after `stop` must not look dead before its end.
                self._over.set()
            if thread.is_alive():
                thread.join(timeout_s)

    def run_one(self) -> bool:
        """Do the next job, if there is one."""
        job = self._taken()
        if job is None:
            return False
        context = Context(self._store, job, self._holder)
        with self._lock:
            self._running[job.id] = context
        if self._stopping.is_set():
            # Taken at that very moment: `stop` may have looked before it was there.
            context.leave()
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
                going = self._beaten(context)
            except BusyError:
                continue
            if going is Going.CANCEL:
                context.stop()
            elif going is Going.LOST:
                context.leave()

    def _taken(self) -> Job | None:
        try:
            with self._listening, self._store.reading() as session:
                heard = self._silence.look(session, self._kinds)
                silent = [one for one in heard if not self._does(one)]
                if not silent and not queue.any_waits(session, self._kinds):
                    return None
            with turn(self._store.engine) as session:
                return queue.claim(session, holder=self._holder, kinds=self._kinds, silent=silent)
        except (BusyError, StoreError):
            # A disk or a file that is somebody's to mend; there may be work again after that.
            return None
        except SQLAlchemyError as error:
            if not outages.passes(error):
                raise
            return None

    def _does(self, beat: Beat) -> bool:
        """Whether it is ours, and only could not say that it is alive."""
        with self._lock:
            return beat.holder == self._holder and beat.job_id in self._running

    def _beaten(self, context: Context) -> Going:
        shown = context.shown
        with turn(self._store.engine) as session:
            going = queue.beat(
                session,
                context.job.id,
                holder=self._holder,
                done=context.done,
                total=context.total,
                sentence=context.sentence,
                shown=shown if shown is not context.written else None,
            )
        context.written = shown
        return going

    def _contexts(self) -> list[Context]:
        with self._lock:
            return list(self._running.values())

    def _work(self) -> None:
        """A fault of our own ends the thread of its job, told on stderr, and no other."""
        while not self._stopping.wait(self._pause_s):
            some = Thread(target=self._do_all, name="job", daemon=True)
            some.start()
            some.join()

    def _do_all(self) -> None:
        while not self._stopping.is_set() and self.run_one():
            pass

    def _beat(self) -> None:
        while not self._over.wait(self._pause_s):
            self.beat_once()

    def _do(self, context: Context, work: Work) -> None:
        sentence: str | None = _BROKEN.format(number=secrets.token_hex(2).upper())
        try:
            result = work(context)
            if result is not None:
                with self._store.writing() as session:
                    context.finish(session, result)
            sentence = None
        except LostError:
            sentence = ""
        except SQLAlchemyError as error:
            if not outages.passes(error):
                raise
            sentence = ""
        except ZhituError as error:
            sentence = str(error)
        finally:
            # A fault of our own goes on from here; the job says so first.
            if sentence is not None:
                self._end(context, sentence)

    def _end(self, context: Context, sentence: str) -> None:
        """A job that was not done: given back, stopped, failed, or lost where nothing is said."""
        job_id, holder = context.job.id, self._holder
        try:
            with turn(self._store.engine) as session:
                if context.is_leaving():
                    queue.release(session, job_id, holder=holder)
                elif context.is_cancelled():
                    queue.stopped(session, job_id, holder=holder)
                elif sentence:
                    queue.fail(session, job_id, sentence, holder=holder)
                else:
                    queue.lose(session, job_id, holder=holder)
        except BusyError:
            # Nobody says that it is alive from here on, so that another will begin it anew.
            return
