"""The rules on arrays: which pairs they find, and that blocking loses none."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from geodata.duplicates.names import numbers
from geodata.duplicates.pairs import (
    NEAR_M,
    Records,
    at_one_door,
    duplicate_pairs,
    in_one_district,
    near_each_other,
    similarity,
)
from geodata.geodesy import geodesic_m

NOWHERE = (np.nan, np.nan)


def records(*rows: tuple[str, int, tuple[float, float], str, str]) -> Records:
    """Name, kinds, position, door, district of each."""
    return Records(
        names=[row[0] for row in rows],
        kinds=np.array([row[1] for row in rows], dtype=np.int64),
        lonlat=np.array([row[2] for row in rows], dtype=np.float64).reshape(-1, 2),
        doors=[row[3] for row in rows],
        districts=[row[4] for row in rows],
    )


def test_no_records_have_no_pairs() -> None:
    assert duplicate_pairs(records()).tolist() == []


def test_150_metres_are_near_and_a_little_more_is_not() -> None:
    # One degree of latitude is 110,863 m at 31.2.
    near, far = 31.2 + 149.9 / 110_863, 31.2 + 150.2 / 110_863
    spots = [(121.5, 31.2), (121.5, near), (121.5, far)]
    found = records(*(("乐湾", 1, spot, "", str(n)) for n, spot in enumerate(spots)))
    assert duplicate_pairs(found).tolist() == [[0, 1], [1, 2]]


def test_a_place_of_two_kinds_may_be_the_same_as_one_of_either() -> None:
    spot = (121.5, 31.2)
    found = records(
        *(("乐湾", kinds, spot, "", "甲") for kinds in (0b011, 0b001, 0b010, 0b100)),
    )
    assert duplicate_pairs(found).tolist() == [[0, 1], [0, 2]]


def test_a_name_that_many_bear_says_nothing_of_a_far_one() -> None:
    def namesakes(count: int) -> int:
        rows = (("全家", 1, (121.0 + n, 31.2), "", "甲") for n in range(count))
        return len(duplicate_pairs(records(*rows)))

    assert [namesakes(count) for count in (2, 4, 5)] == [1, 6, 0]


def test_a_name_that_holds_the_other_is_near_equal_close_by_only() -> None:
    here = (121.5, 31.2)
    found = records(("乐湾", 1, here, "", "甲"), ("前滩乐湾", 1, here, "", "乙"))
    assert duplicate_pairs(found).tolist() == [[0, 1]]
    found = records(("乐湾", 1, NOWHERE, "", "甲"), ("前滩乐湾", 1, here, "", "甲"))
    assert duplicate_pairs(found).tolist() == []


def test_only_pairs_with_a_touched_one_are_given() -> None:
    found = records(*(("乐湾", 1, (121.5, 31.2), "", "甲") for _ in range(3)))
    touched = np.array([False, False, True])
    assert duplicate_pairs(found, touched=touched).tolist() == [[0, 2], [1, 2]]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "乐湾", "前滩乐湾", "前滩乐园", "张江1号楼", "张江2号楼", "张江号楼"]),
        st.integers(0, 3),
        st.sampled_from([NOWHERE, (121.5, 31.2), (121.501, 31.2), (121.502, 31.2)]),
        st.sampled_from(["", "甲路1", "乙路2"]),
        st.sampled_from(["黄浦区", "浦东新区"]),
    ),
    max_size=12,
)


@given(rows=ROWS, data=st.data())
def test_blocking_finds_exactly_what_comparing_all_finds(
    rows: list[tuple[str, int, tuple[float, float], str, str]], data: st.DataObject
) -> None:
    touched = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    by_one = [
        [i, j]
        for i, j in combinations(range(len(rows)), 2)
        if (touched[i] or touched[j]) and rows[i][1] & rows[j][1] and may_be_one(rows, i, j)
    ]
    found = duplicate_pairs(
        records(*rows),
        touched=touched.astype(np.bool_),
        rules=(at_one_door, near_each_other, in_one_district),
    )
    assert found.tolist() == by_one


def may_be_one(rows: list[tuple[str, int, tuple[float, float], str, str]], i: int, j: int) -> bool:
    """The definition, on one pair."""
    (name, _, spot, door, district), (its, _, there, its_door, its_district) = rows[i], rows[j]
    if door and door == its_door:
        return True
    alike = similarity(name, its)
    if not (np.isnan(spot[0]) or np.isnan(there[0])):
        mine, others = numbers(name), numbers(its)
        agree = not mine or not others or mine == others
        if geodesic_m(*spot, *there) <= NEAR_M and alike >= 80 and agree:
            return True
    if not name or not its or district != its_district:
        return False
    if name == its and sum(row[0] == name and row[4] == district for row in rows) <= 4:
        return True
    unplaced = np.isnan(spot[0]) or np.isnan(there[0])
    return bool(unplaced and numbers(name) == numbers(its) and fuzz.ratio(name, its) >= 80)
