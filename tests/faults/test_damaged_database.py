"""A database file that is damaged, or is none: a sentence that says what to do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.filled import fill
from geodata.errors import StoreDamagedError, StoreError
from geodata.keeping.backup import back_up
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

PAGE = 4096
NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A filled database that nobody has open."""
    path = tmp_path / "zhitu.sqlite"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        fill(store)
    return path


def overwrite(path: Path, first: int) -> None:
    """Noise in place of all pages from one on."""
    size = path.stat().st_size
    with path.open("rb+") as raw:
        raw.seek(first)
        raw.write(os.urandom(size - first))


def test_a_file_that_is_damaged_while_it_is_served_is_a_sentence(file: Path) -> None:
    with closing(Store.open(f"sqlite:///{file}")) as store:
        client = create_app(Settings.from_environment({}), store).test_client()
        overwrite(file, 4 * PAGE)
        answers = [client.get("/"), client.get("/exports/points.csv")]
        assert [answer.status_code for answer in answers] == [503, 503]
        assert "数据库文件已损坏" in answers[0].text
        assert "zhitu restore" in answers[1].get_json()["detail"]
        assert str(file.parent) not in answers[0].text + answers[1].text


@pytest.mark.parametrize("first", [0, 30, 100, PAGE])
def test_a_damaged_head_is_a_sentence(file: Path, first: int) -> None:
    overwrite(file, first)
    with pytest.raises(StoreError, match=r"损坏|打不开数据库"):
        Store.open(f"sqlite:///{file}")


def test_a_file_that_was_cut_off_is_a_sentence(file: Path) -> None:
    with file.open("rb+") as raw:
        raw.truncate(5 * PAGE + 17)
    with pytest.raises(StoreDamagedError, match="zhitu restore"):
        Store.open(f"sqlite:///{file}")


def test_a_text_file_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("这不是数据库" * 200, encoding="utf-8")
    with pytest.raises(StoreError, match="file is not a database"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8") == "这不是数据库" * 200


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="打不开数据库"):
        Store.open(f"sqlite:///{tmp_path}")


def test_an_empty_file_is_taken_for_a_new_database_but_not_for_a_source(tmp_path: Path) -> None:
    path = tmp_path / "zhitu.sqlite"
    path.write_bytes(b"")
    with closing(Store.open(f"sqlite:///{path}")) as store:
        assert store.version() == 0
    with pytest.raises(StoreError, match="没有这个数据库文件"):
        Store.existing(f"sqlite:///{tmp_path / 'other.sqlite'}")


@contextmanager
def as_nobody(folder: Path) -> Iterator[Path]:
    """A folder that anybody may enter, and root, who may read everything, as somebody else."""
    with TemporaryDirectory(prefix="zhitu-") as found:
        place = Path(found)
        for path in folder.glob("zhitu.sqlite*"):
            shutil.copy(path, place)
        if os.geteuid():
            yield place
            return
        place.chmod(0o755)
        for path in (place, *place.iterdir()):
            os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield place
        finally:
            os.seteuid(0)


@pytest.mark.parametrize(("mode", "sentence"), [(0o000, "打不开数据库"), (0o400, "只能读")])
def test_a_file_without_the_right_to_it_is_a_sentence(file: Path, mode: int, sentence: str) -> None:
    with as_nobody(file.parent) as place:
        (place / file.name).chmod(mode)
        with pytest.raises(StoreError, match=sentence):
            Store.open(f"sqlite:///{place / file.name}")


def test_a_folder_for_backups_without_the_right_to_it_is_a_sentence(file: Path) -> None:
    with (
        as_nobody(file.parent) as place,
        closing(Store.open(f"sqlite:///{place / file.name}")) as store,
    ):
        (place / "closed").mkdir(mode=0o500)
        with pytest.raises(StoreError, match="写不进"):
            back_up(store, place / "closed", by="t")
