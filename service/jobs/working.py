"""The workers of a server: how many of what, in processes of their own, and what they tidy."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from geodata import retention
from geodata.errors import StoreError
from geodata.jobs import queue
from geodata.store import Store
from service import uploads
from service.calls.siting import SITING
from service.jobs import imports as import_jobs
from service.jobs.process import FOLDER, Processes
from service.jobs.runner import Runner, works
from service.settings import Settings
from service.siting import jobs as siting_jobs

SITING_KINDS = (SITING, siting_jobs.PAGE)
_SITING_KEPT = timedelta(days=7)
_HOUR_S = 3600.0
# What a chore takes that was under way when the server ends; each may wait for another writer.
_CHORES_S = 20.0
_DAY_S = 24 * _HOUR_S


@contextmanager
def working(
    settings: Settings, store: Store, *, threads: int = 1, finish_s: float = 0.0
) -> Iterator[None]:
    """Workers for as long as a server runs; none where another process does the work.

    Imports and siting wait in lanes of their own, so that neither keeps the other waiting;
    `threads` is how many jobs of a lane are done at once. When it ends, what runs may go on for
    `finish_s` seconds before it is given back.
    """
    if not settings.works:
        yield
        return
    processes, stopping = Processes(settings), Event()
    kinds = dict.fromkeys(works(settings, store), processes.do)
    siting = {kind: kinds.pop(kind) for kind in SITING_KINDS}
    lanes = [Runner(store, some, threads=threads) for some in (kinds, siting)]
    chores = Thread(target=_tidy, args=(store, stopping), name="job-chores", daemon=True)
    chores.start()
    for lane in lanes:
        lane.start()
    try:
        yield
    finally:
        stopping.set()
        ending = [Thread(target=lane.stop, kwargs={"finish_s": finish_s}) for lane in lanes]
        for one in ending:
            one.start()
        for one in ending:
            one.join()
        chores.join(_CHORES_S)
        processes.close()


def forget_old_jobs(store: Store) -> None:
    """Clear away jobs that ended long ago; what siting found is large and is kept for a week."""
    with store.writing() as session:
        queue.forget_old(session, kinds=SITING_KINDS, kept=_SITING_KEPT)
        queue.forget_old(session, kinds=import_jobs.KINDS)


def forget_folders(_store: Store, now: float | None = None) -> None:
    """Remove what processes that were killed with their server left on disk: it holds persons."""
    before = (time.time() if now is None else now) - _DAY_S
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder)


# What is done once at the start and then every hour.
CHORES: tuple[Callable[[Store], object], ...] = (
    uploads.forget_old,
    forget_old_jobs,
    forget_folders,
    retention.forget_old,
    lambda store: store.staging.clean(),
)


def _tidy(store: Store, stopping: Event) -> None:
    while not stopping.is_set():
        for chore in CHORES:
            # What could not be tidied now is tidied in an hour.
            with suppress(SQLAlchemyError, StoreError):
                chore(store)
            if stopping.is_set():
                return
        stopping.wait(_HOUR_S)
