"""A SQLite file that goes, comes back or is exchanged while the service has it open."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.store import Store
from geodata.version import grow_version


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "zhitu.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def served(path: Path) -> Iterator[Store]:
    with closing(Store.answering(f"sqlite:///{path}")) as store:
        assert store.version() == 0
        yield store


def grow(store: Store, times: int = 1) -> None:
    for _ in range(times):
        with store.writing() as session:
            grow_version(session)


def test_nothing_is_written_into_a_file_that_is_gone(served: Store, path: Path) -> None:
    os.rename(path, path.with_name("elsewhere"))
    with pytest.raises(StoreError, match="数据库文件不见了"):
        grow(served)
    with pytest.raises(StoreError, match="数据库文件不见了"):
        served.version()
    assert not path.exists()
    path.symlink_to(path)
    with pytest.raises(StoreError, match="数据库文件不见了"):
        served.version()
    os.rename(path.with_name("elsewhere"), path)
    grow(served)
    assert served.version() == 1


def test_a_file_put_in_its_place_is_read_at_once(served: Store, path: Path) -> None:
    other = path.with_name("other.sqlite")
    with closing(Store.open(f"sqlite:///{other}")) as store:
        grow(store, 2)
    os.replace(other, path)
    assert served.version() == 2
    grow(served)
    with closing(Store.answering(f"sqlite:///{path}")) as store:
        assert store.version() == 3


def test_who_answers_requests_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "zhitu.sqlite"
    with (
        closing(Store.answering(f"sqlite:///{path}")) as store,
        pytest.raises(StoreError, match="数据库文件不见了"),
    ):
        store.version()
    assert not path.exists()
