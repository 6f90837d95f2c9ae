"""Copies for senders: a file is opened in a process of its own, within what a job may take."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bench.served import children
from geodata.accounts.roles import Person, Role
from geodata.errors import StoreError, UnreadableFileError
from geodata.store import Store
from service import uploads
from service.jobs.copies import FILLED, written
from service.jobs.process import FOLDER
from service.settings import Settings

HEAD = "户外职工驿站清单\n序号,驿站名称,所属区,驿站地址\n"


def send(store: Store, rows: int) -> int:
    form = HEAD + "".join(f"{n},甲{n},黄浦区,人民大道{n}号\n" for n in range(rows))
    by = Person("post.one", Role.EDITOR)
    with store.writing() as session:
        return uploads.receive(session, name="表.csv", content=form.encode(), most_mb=1, by=by)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def copy_of(city: Store, upload_id: int, **settings: Any) -> bytes:
    url = city.engine.url.render_as_string(hide_password=False)
    return written(Settings(database=url, **settings), city, upload_id, FILLED)


def test_a_copy_takes_no_more_memory_than_a_job_may(city: Store, folder: Path) -> None:
    with pytest.raises(UnreadableFileError, match="内存不够"):
        copy_of(city, send(city, 5_000), job_memory_mb=8)
    assert list(folder.glob(f"{FOLDER}*")) == []


def test_a_copy_whose_process_is_killed_may_be_asked_for_again(city: Store, folder: Path) -> None:
    sent = send(city, 1)
    before = set(children(os.getpid()))
    with ThreadPoolExecutor(1) as pool:
        copy = pool.submit(copy_of, city, sent)
        while not ((begun := set(children(os.getpid())) - before) or copy.done()):
            time.sleep(0.01)
        os.kill(begun.pop(), signal.SIGKILL)
        with pytest.raises(StoreError, match="再试"):
            copy.result()
    assert list(folder.glob(f"{FOLDER}*")) == []
    assert copy_of(city, sent)[:2] == b"PK"
