"""The process that does one job: it hears its order on its input, tells how far it is, and goes.

It lives no longer than who started it, and knows no secret that the job does not need.
"""

import errno
import json
import os
import pickle
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from geodata import outages
from geodata.coverage.walking import ESTIMATE
from geodata.errors import ZhituError
from geodata.store import Store
from service.jobs import copies
from service.jobs import imports as import_jobs
from service.jobs.context import Context
from service.jobs.limits import be_quiet, limit, make_room
from service.jobs.order import LEAVE, Order
from service.jobs.runner import works
from service.observing import logs
from service.settings import Settings
from service.workshop import walking

# A process nobody gave a job to is not kept for ever.
IDLE_S = 600.0
OUT_OF_MEMORY = (
    "内存不够：做这件工作用的内存超过了上限（ZHITU_JOB_MEMORY_MB = {limit} MB），什么也没有存。"
    "请把文件分成几个，或请管理员用 zhitu import 导入、调高上限。"
)
_TELL_S = 0.2


def main() -> None:
    """Do the one job that comes in."""
    # What goes wrong here quotes cells.
    logs.begin()
    be_quiet()
    # A reader of our own: a thread that waits in the one of `sys` breaks the interpreter's end.
    orders, tell = os.fdopen(os.dup(0), "rb"), _Teller(_answers())
    # The other end of this pipe is the process that started this one.
    settings: Settings = pickle.load(orders)  # noqa: S301  # nosec B301
    idle = threading.Timer(IDLE_S, os._exit, (0,))
    idle.daemon = True
    idle.start()
    try:
        order: Order = pickle.load(orders)  # noqa: S301  # nosec B301
        idle.cancel()
        logs.about(job=order.job.id)
        tell({"begun": True})
    except (EOFError, BrokenPipeError):
        # Who started this is gone.
        return
    _work(settings, order, orders, tell)
    # Taking apart all that it loaded takes as long as a short job, and the next one waits.
    os._exit(0)


def _work(settings: Settings, order: Order, orders: BinaryIO, tell: "_Teller") -> None:
    tempfile.tempdir = order.folder
    # A walking network takes long to load, and imports measure no walks.
    walks = order.job.kind not in {*import_jobs.KINDS, copies.COPY}
    measured = walking(settings.network) if walks else ESTIMATE
    store = Store.attached(settings.database, walking=measured)
    context = Context(store, order.job, order.holder)
    for target, given in ((_listen, (orders, context)), (tell.follow, (context,))):
        threading.Thread(target=target, args=given, daemon=True).start()
    end: dict[str, Any] = {"end": "broken"}
    try:
        limit(memory_mb=settings.job_memory_mb, seconds=settings.job_minutes * 60)
        end = _end(settings, store, context)
        store.close()
    finally:
        make_room()
        if _is_out_of_memory(sys.exception()):
            sentence = OUT_OF_MEMORY.format(limit=settings.job_memory_mb)
            end = {"end": "failed", "sentence": sentence}
        tell.last(context, end)


def _end(settings: Settings, store: Store, context: Context) -> dict[str, Any]:
    try:
        kinds = {**works(settings, store), **copies.works(settings, store)}
        result = kinds[context.job.kind](context)
    except ZhituError as error:
        return {"end": "failed", "sentence": str(error)}
    except SQLAlchemyError as error:
        if not outages.passes(error):
            raise
        return {"end": "lost"}
    return {"end": "done", "result": None if result is None else dict(result)}


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Whether want of memory began it: what tidies up after that fails in other ways."""
    while error is not None:
        # Where Python itself finds no room for its error, it says SystemError.
        if isinstance(error, MemoryError | SystemError):
            return True
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            return True
        error = error.__cause__ or error.__context__
    return False


def _answers() -> BinaryIO:
    """The pipe back; what anything else prints goes where errors go."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "wb", buffering=0)


def _listen(orders: BinaryIO, context: Context) -> None:
    for line in orders:
        (context.leave if line == LEAVE else context.stop)()
    # Whoever asked for this is gone: nobody would hear of the end.
    os._exit(1)


class _Teller:
    """Writes lines of JSON back, one at a time."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._shown: Mapping[str, Any] | None = None
        self._over = False

    def __call__(self, line: Mapping[str, Any]) -> None:
        self._pipe.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def follow(self, context: Context) -> None:
        """Say again and again how far it is."""
        told: tuple[object, ...] = ()
        while True:
            time.sleep(_TELL_S)
            now = (context.done, context.total, context.sentence, context.shown)
            with self._lock:
                if self._over:
                    return
                if now != told:
                    self._tell(context)
                    told = now

    def last(self, context: Context, end: Mapping[str, Any]) -> None:
        """Say how far it came and how it ended; nothing is said after that."""
        with self._lock:
            self._over = True
            self._tell(context)
            self(end)

    def _tell(self, context: Context) -> None:
        line: dict[str, Any] = {
            "done": context.done,
            "total": context.total,
            "sentence": context.sentence,
        }
        if context.shown is not self._shown:
            line["shown"] = self._shown = context.shown
        self(line)
