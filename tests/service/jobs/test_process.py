"""Jobs in processes of their own: what a person reads when one ends too soon, and what is left."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bench.served import children
from geodata.accounts.roles import Person, Role
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.store import Store
from service import uploads
from service.jobs.imports import COMMIT, PREVIEW
from service.jobs.limits import MEGABYTE
from service.jobs.process import FOLDER, Processes
from service.jobs.runner import Runner, works
from service.settings import Settings

ROOT = Path(__file__).parents[3]
PLANNER = Person("admin", Role.ADMIN)
SOON_S = 60.0
# Rows enough to be at them still, whenever the signal comes.
LONG = 20_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine keeps what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


class Desk:
    """A queue whose jobs are done in processes of their own."""

    def __init__(self, store: Store, **settings: int) -> None:
        self.store = store
        url = store.engine.url.render_as_string(hide_password=False)
        made = replace(Settings(), database=url, secret_key="不该交出去", **settings)
        self.processes = Processes(made)
        kinds = dict.fromkeys(works(made, store), self.processes.do)
        self.runner = Runner(store, kinds, pause_s=0.05)

    def sent(self, rows: int, kind: str = PREVIEW) -> int:
        lines = [f"示例・站{n},户外职工驿站,黄浦区,某路{n}号" for n in range(rows)]
        content = "\n".join(["名称,类别,区,地址", *lines]).encode()
        with self.store.writing() as session:
            sent = uploads.receive(
                session, name="长表.csv", content=content, most_mb=20, by=PLANNER
            )
            return uploads.assign(session, sent, kind, by=PLANNER)

    def job(self, job_id: int) -> Job:
        with self.store.reading() as session:
            return queue.job(session, job_id)

    def done(self, rows: int, kind: str = PREVIEW) -> Job:
        job_id = self.sent(rows, kind)
        assert self.runner.run_one() is True
        return self.job(job_id)

    def begun(self, job_id: int) -> int:
        """Wait until a process works on a job; returns the process."""
        end = time.monotonic() + SOON_S
        while time.monotonic() < end:
            job, found = self.job(job_id), _children()
            if job.done and len(found) == 1:
                return found[0]
            time.sleep(0.01)
        raise AssertionError(self.job(job_id))


Opened = Callable[..., Desk]


@pytest.fixture
def desk(store: Store, folder: Path) -> Iterator[Opened]:
    made: list[Desk] = []

    def opened(**settings: int) -> Desk:
        made.append(Desk(store, **settings))
        return made[-1]

    yield opened
    for one in made:
        one.processes.close()


def _children() -> list[int]:
    """The job processes among the children of this one: a browser may be there too."""
    return [child for child in children(os.getpid()) if "service.jobs.child" in _command(child)]


def _command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    return ""


def test_a_spare_process_does_the_next_job_and_leaves_no_file(desk: Opened, folder: Path) -> None:
    ours = desk()
    first = ours.done(60)
    [spare] = _children()
    second = ours.done(60, COMMIT)
    assert (first.result["read"], second.result["new"]) == (60, 60)
    assert spare not in _children()
    assert list(folder.glob(f"{FOLDER}*")) == []
    ours.processes.close()
    assert _children() == []


def test_too_much_memory_fails_the_job_with_a_sentence(desk: Opened) -> None:
    job = desk(job_memory_mb=8).done(5_000)
    assert (job.state, job.sentence[:20]) == (
        State.FAILED,
        "内存不够：做这件工作用的内存超过了上限（",
    )


def test_too_much_time_fails_the_job_with_a_sentence(desk: Opened) -> None:
    job = desk(job_minutes=0).done(5_000)
    assert (job.state, job.sentence[:15]) == (State.FAILED, "做得太久：超过了一件工作的时限")


def test_a_reader_that_crashes_takes_only_its_job_with_it(desk: Opened) -> None:
    ours = desk()
    job_id = ours.sent(LONG)
    ours.runner.start()
    os.kill(ours.begun(job_id), signal.SIGSEGV)
    _until_over(ours, job_id)
    ours.runner.stop()
    job = ours.job(job_id)
    assert (job.state, job.sentence[:15], job.tries) == (
        State.FAILED,
        "做这件工作的程序中途崩溃了（代",
        1,
    )


def test_a_job_that_does_not_hear_is_ended_and_says_that_it_was_cancelled(desk: Opened) -> None:
    ours = desk()
    job_id = ours.sent(LONG)
    ours.runner.start()
    process = ours.begun(job_id)
    with ours.store.writing() as session:
        # Stopped, it can hear of nothing. While we write it holds no lock, which it would keep.
        os.kill(process, signal.SIGSTOP)
        queue.cancel(session, job_id)
    _until_over(ours, job_id)
    ours.runner.stop()
    assert ours.job(job_id).state is State.CANCELLED


def test_a_process_dies_with_its_server(store: Store, folder: Path) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    program = (
        "import os, signal, time; from service.jobs.process import Child;"
        "from service.settings import Settings;"
        f"child = Child(Settings(database={url!r}));"
        "print(child._process.pid, flush=True);"
        "time.sleep(0.5); os.kill(os.getpid(), signal.SIGKILL)"
    )
    server = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    pid = int(server.stdout)
    end = time.monotonic() + SOON_S
    while _lives(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert (server.returncode, _lives(pid)) == (-signal.SIGKILL, False)


def test_the_keys_of_the_house_are_not_handed_over(desk: Opened) -> None:
    handed = desk().processes._settings
    assert (handed.secret_key, handed.planner_password, handed.oidc) == ("", "", None)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that unpack to 250 MB of blanks, and to ten billion laughs."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    blank = b" " * MEGABYTE
    for name, parts in {
        "长.xlsx": [b"<worksheet>", *[blank] * 250, b"</worksheet>"],
        "笑.xlsx": [f"<!DOCTYPE w [{laughs}]><worksheet>&l9;</worksheet>".encode()],
    }.items():
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.writelines(parts)
        yield name, made.getvalue()


def test_small_files_that_unpack_to_large_ones_are_refused_with_a_sentence(desk: Opened) -> None:
    ours = desk(job_memory_mb=200)
    for name, content in bombs():
        with ours.store.writing() as session:
            sent = uploads.receive(session, name=name, content=content, most_mb=20, by=PLANNER)
            job_id = uploads.assign(session, sent, PREVIEW, by=PLANNER)
        ours.runner.run_one()
        job = ours.job(job_id)
        assert (job.state, "崩溃" in job.sentence) == (State.FAILED, False)


def _lives(pid: int) -> bool:
    # It may go between a look for its file and the reading of it.
    with suppress(OSError):
        return "Z (zombie)" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return False


def _until_over(ours: Desk, job_id: int) -> None:
    end = time.monotonic() + SOON_S
    while not ours.job(job_id).state.is_over and time.monotonic() < end:
        time.sleep(0.05)
