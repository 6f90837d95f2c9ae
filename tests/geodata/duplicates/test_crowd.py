"""Hundreds of records alike are tied together, not asked about pair by pair."""

import numpy as np
import pytest

from geodata.duplicates.pairs import Records, duplicate_pairs

SPOT = (121.47, 31.23)


def records(names: list[str], *, placed: bool, door: str = "") -> Records:
    return Records(
        names=names,
        kinds=np.ones(len(names), dtype=np.int64),
        lonlat=np.tile(SPOT if placed else (np.nan, np.nan), (len(names), 1)),
        doors=[door] * len(names),
        districts=["黄浦区"] * len(names),
    )


@pytest.mark.parametrize("placed", [True, False])
@pytest.mark.parametrize("door", ["", "road=示例路|number=1"])
@pytest.mark.parametrize(("count", "asked"), [(20, 190), (21, 20), (400, 399)])
def test_a_crowd_of_one_name_is_asked_about_in_turn(
    placed: bool, door: str, count: int, asked: int
) -> None:
    pairs = duplicate_pairs(records(["同名驿站"] * count, placed=placed, door=door))
    assert len(pairs) == asked
    assert set(pairs.ravel().tolist()) == set(range(count))


def test_at_a_crowded_door_names_alike_stand_beside_each_other() -> None:
    names = [f"第{n}家店" for n in range(30)]
    found = records([*names, *names], placed=False, door="road=示例路|number=1")
    pairs = {tuple(pair) for pair in duplicate_pairs(found).tolist()}
    assert {(n, n + 30) for n in range(30)} <= pairs
    assert len(pairs) == 59


def test_whoever_comes_to_a_crowd_is_held_against_one_of_it() -> None:
    names = ["同名驿站"] * 30 + ["同名驿站点"]
    touched = np.zeros(31, dtype=np.bool_)
    touched[30] = True
    pairs = duplicate_pairs(records(names, placed=True), touched=touched)
    assert pairs.tolist() == [[0, 30]]
    touched[[29, 30]] = True, False
    pairs = duplicate_pairs(records(names, placed=True), touched=touched)
    assert pairs.tolist() == [[28, 29], [29, 30]]
