"""Jobs in processes of their own: begun, followed, stopped, and what their end means.

What goes wrong in one takes neither the server nor another job with it. A spare process waits
warm after the first job, for starting one takes as long as a short job.
"""

import json
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from geodata.errors import ZhituError
from service.jobs.context import Context, LostError
from service.jobs.order import CANCEL, LEAVE, Order
from service.settings import Settings

FOLDER = "zhitu-job-"
_ROOT = str(Path(__file__).parents[2])
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from service.jobs.child import main; main()"
)
_LONGEST_LINE = 64_000_000
_LOOK_S = 0.1
# A job that was asked to stop and does not is ended.
GRACE_S = 4.0
_CPU_SPENT = -getattr(signal, "SIGXCPU", 0)
_KILLED = -getattr(signal, "SIGKILL", 0)
_TOO_LONG = (
    "做得太久：超过了一件工作的时限（ZHITU_JOB_MINUTES = {limit} 分钟），什么也没有存。"
    "请把文件分成几个，或请管理员用 zhitu import 导入、调高时限。"
)
_CRASHED = (
    "做这件工作的程序中途崩溃了（代号 {code}），什么也没有存。"
    "可能是文件太大或已损坏：请分成几个文件再试，或告诉管理员。"
)


def without_secrets(settings: Settings) -> Settings:
    """Whoever opens a stranger's file need not know the keys of the house."""
    return replace(settings, secret_key="", planner_password="", oidc=None)


class Processes:
    """Does jobs in processes of their own; may be used by several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = without_secrets(settings)
        self._lock = Lock()
        self._spare: Child | None = None
        self._closed = False

    def do(self, context: Context) -> Mapping[str, Any] | None:
        """Do one job; returns what it gives back.

        Raises:
            ZhituError: it could not be done, and why.
            LostError: its process was ended from outside, or the database went away.
        """
        with tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
            child = self._begun(context, folder)
            try:
                return child.followed(context)
            finally:
                child.end()
                self._keep_a_spare()

    def close(self) -> None:
        """Let the spare process go."""
        with self._lock:
            self._closed, spare, self._spare = True, self._spare, None
        if spare is not None:
            spare.end()

    def _begun(self, context: Context, folder: str) -> "Child":
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            if spare.begin(context, folder):
                return spare
            spare.end()
        return begun(self._settings, context, folder)

    def _keep_a_spare(self) -> None:
        with self._lock:
            if self._spare is None and not self._closed:
                # What was done is done, also where the system has no room for one more.
                with suppress(OSError):
                    self._spare = Child(self._settings)


def begun(settings: Settings, context: Context, folder: str) -> "Child":
    """A process that works on a job.

    Raises:
        LostError: it has gone before it could begin.
    """
    child = Child(settings)
    if not child.begin(context, folder):
        child.end()
        raise LostError
    return child


class Child:
    """One process, for one job."""

    def __init__(self, settings: Settings) -> None:
        self._minutes = settings.job_minutes
        self._process = subprocess.Popen(  # noqa: S603 # nosec B603
            [sys.executable, "-P", "-c", _PROGRAM, _ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._end: Mapping[str, Any] = {}
        self._is_over = Event()
        with suppress(OSError):
            self._send(pickle.dumps(settings))

    def begin(self, context: Context, folder: str) -> bool:
        """Hand over a job; False if the process has gone meanwhile."""
        with suppress(OSError):
            self._send(pickle.dumps(Order(context.job, context.holder, folder)))
            return bool(self._line())
        return False

    def followed(self, context: Context) -> Mapping[str, Any] | None:
        """Relay what it says until it ends."""
        reader = Thread(target=self._relay, args=(context,), name="job-relay", daemon=True)
        reader.start()
        is_late = self._watched(context)
        reader.join()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_S)
        self.end()
        return self._result(self._process.returncode, is_late=is_late)

    def end(self) -> None:
        """The process is gone after this."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _watched(self, context: Context) -> bool:
        """Wait for the end, stop it when asked to or late; returns whether it was late."""
        late_at = time.monotonic() + self._minutes * 60
        kill_at = late_at + GRACE_S
        is_late = is_told = False
        while not self._is_over.wait(_LOOK_S):
            now = time.monotonic()
            is_late = is_late or (now > late_at and not is_told)
            if not is_told and (is_late or context.is_cancelled()):
                with suppress(OSError):
                    self._send(CANCEL if not is_late and not context.is_leaving() else LEAVE)
                is_told, kill_at = True, now + GRACE_S
            if now > kill_at:
                self._process.kill()
        return is_late

    def _relay(self, context: Context) -> None:
        while line := self._line():
            if "end" in line:
                self._end = line
                continue
            context.progress(line["done"], line["total"])
            context.say(line["sentence"])
            if "shown" in line:
                context.show(line["shown"])
        self._is_over.set()

    def _result(self, code: int, *, is_late: bool) -> Mapping[str, Any] | None:
        end = self._end.get("end")
        if end == "done":
            result: Mapping[str, Any] | None = self._end["result"]
            return result
        if is_late or code == _CPU_SPENT:
            raise ZhituError(_TOO_LONG.format(limit=self._minutes))
        if end == "failed":
            raise ZhituError(self._end["sentence"])
        if end == "lost" or code == _KILLED:
            raise LostError
        raise ZhituError(_CRASHED.format(code=code))

    def _line(self) -> dict[str, Any]:
        """The next line; empty at the end, and when it is no line of ours."""
        pipe = self._process.stdout
        with suppress(OSError, ValueError):
            line: dict[str, Any] = json.loads(pipe.readline(_LONGEST_LINE) if pipe else b"")
            return line
        return {}

    def _send(self, content: bytes) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(content)
            self._process.stdin.flush()
