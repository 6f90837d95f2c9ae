"""A short file waits in memory, a long one in the staging area: both store the same."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from geodata.place.locate import Locator
from geodata.store import Store
from geodata.storing import short
from importers import ingest as ways
from importers.ingest import commit, ingest, stage
from importers.reporting.report import ImportReport
from service.workshop import locator, sample_files

ROWS = 2_300


def staged(path: Path, store: Store, where: Locator) -> ImportReport:
    return commit(stage(path, area=store.staging, locate=where.locate), area=store.staging)


def many(path: Path, seed: int) -> Path:
    """Doors named twice near and far, codes that stand at one door or at several, blank names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["名称", "类别", "区", "地址", "挂牌编号", "开放时间", "面积", "联系人"])
        for n in range(ROWS):
            door = n * seed % 2_000
            code = f"沪-{door % 1_900:04}" if n % 3 else ""
            name = f"站{door}" if n % 97 else ""
            times = f"{8 + n % 3}:00-17:00"
            out.writerow(
                [name, "职工书屋", "黄浦区", f"甲路{door}号", code, times, n, f"金丝雀{n}"]
            )
    return path


def assert_same(
    paths: Iterable[Path], at_once: Store, slowly: Store, exported: Callable[[Store], str]
) -> None:
    where = locator(slowly)
    for path in paths:
        report = staged(path, slowly, where)
        assert ingest(path, area=at_once.staging, locate=where.locate) == report
    assert exported(at_once) == exported(slowly)


def test_every_sample_is_stored_the_same_from_memory(
    any_store: Store, fresh_store: Callable[[], Store], exported: Callable[[Store], str]
) -> None:
    assert_same([*sample_files(), *sample_files()], any_store, fresh_store(), exported)


def test_rows_of_one_door_in_several_batches_are_stored_the_same_from_memory(
    tmp_path: Path, fresh_store: Callable[[], Store], exported: Callable[[Store], str]
) -> None:
    files = [many(tmp_path / f"{seed}.csv", seed) for seed in (1, 7, 1)]
    assert_same(files, fresh_store(), fresh_store(), exported)


def test_a_file_too_long_for_memory_is_stored_the_same(
    tmp_path: Path,
    fresh_store: Callable[[], Store],
    exported: Callable[[Store], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, at_once, slowly = many(tmp_path / "很多.csv", 7), fresh_store(), fresh_store()
    report = ingest(path, area=at_once.staging, locate=locator(at_once).locate)
    monkeypatch.setattr(ways, "MOST_ROWS", 1_000)
    assert short.MOST_ROWS > ROWS
    assert ingest(path, area=slowly.staging, locate=locator(slowly).locate) == report
    assert exported(at_once) == exported(slowly)
