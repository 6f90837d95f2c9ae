"""The copy of a file for its sender, written where every file that was sent in is opened: apart.

It is no job of the queue: who asks waits for it, and it is stored nowhere.
"""

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from geodata.errors import StoreError, TooManyAttemptsError, UnreadableFileError, ZhituError
from geodata.jobs.model import Job, State
from geodata.moments import utc_now
from geodata.store import Store
from importers.handback.filled import write_filled
from importers.handback.marked import write_errors
from service import uploads
from service.jobs.context import Context, LostError, Work
from service.jobs.imports import Importing
from service.jobs.process import FOLDER, begun, without_secrets
from service.settings import Settings
from service.uploads import Sent

COPY = "import.copy"
FILLED, MARKED = "filled", "marked"
_WRITTEN = "copy.xlsx"
_PATIENCE_S = 20.0
# Each takes as much memory as an import may.
_turn = Lock()


def works(settings: Settings, store: Store) -> Mapping[str, Work]:
    """What the process apart does; it writes into its own folder."""
    return {COPY: partial(_write, Importing(settings, store))}


def written(settings: Settings, store: Store, upload_id: int, what: str) -> bytes:
    """The copy, `FILLED` in or with its faults `MARKED`.

    Raises:
        UnreadableFileError: the file cannot be copied within the memory and time of a job.
        TooManyAttemptsError: another copy takes long.
        StoreError: what wrote it was ended from outside.
    """
    if not _turn.acquire(timeout=_PATIENCE_S):
        raise TooManyAttemptsError("正在给别人抄写一份大表，请一分钟后再要。")
    try:
        with tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
            order = {"upload": upload_id, "copy": what}
            _done(settings, Context(store, _job(order), holder=""), folder)
            return (Path(folder) / _WRITTEN).read_bytes()
    finally:
        _turn.release()


def _done(settings: Settings, context: Context, folder: str) -> None:
    try:
        child = begun(without_secrets(settings), context, folder)
        try:
            child.followed(context)
        finally:
            child.end()
    except LostError as error:
        raise StoreError("抄写这份表的程序中途没有了，什么也没有改：请过一会儿再试。") from error
    except ZhituError as error:
        raise UnreadableFileError(str(error)) from error


def _job(params: Mapping[str, Any]) -> Job:
    now = utc_now()
    return Job(
        id=0,
        kind=COPY,
        state=State.RUNNING,
        by="",
        districts=(),
        unions=(),
        params=params,
        result={},
        done=0,
        total=0,
        sentence="",
        cancelling=False,
        tries=1,
        created=now,
        started=now,
        ended=None,
    )


def _write(desk: Importing, context: Context) -> Mapping[str, Any]:
    with desk.store.reading() as session:
        file = uploads.sent(session, context.job.params["upload"])
    with uploads.on_disk(desk.store, file.id) as path:
        out = Path(tempfile.gettempdir()) / _WRITTEN
        _COPIES[context.job.params["copy"]](desk, path, out, file)
    return {}


def _filled(desk: Importing, path: Path, out: Path, file: Sent) -> None:
    write_filled(path, out, locate=desk.locator(path).locate, overrides=file.overrides)


def _marked(_desk: Importing, path: Path, out: Path, file: Sent) -> None:
    write_errors(path, out, overrides=file.overrides)


_COPIES: Mapping[str, Callable[[Importing, Path, Path, Sent], None]] = {
    FILLED: _filled,
    MARKED: _marked,
}
