"""Which records may be the same: arrays in, pairs out.

Comparing every name with every other takes a minute for a city, so each rule first gathers those
that can meet at all: at one door, within a walk across the street, or of one district.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.spatial import cKDTree

from geodata.coverage.walk import CHORD_SLACK
from geodata.duplicates.crowd import MOST_ALIKE, chain, thinned
from geodata.duplicates.names import numbers
from geodata.geodesy import geodesic_m, in_space

NEAR_M = 150.0
# Two names of five characters that differ in one reach 80.
NEAR_EQUAL = 80.0
# A name that more records of a district bear is a chain's, or says only what they are.
MOST_NAMESAKES = 4
# No district lists thousands of one kind without a position; then only equal names are asked.
_MOST_COMPARED = 4_000_000
# So many names at once are compared with all others of their district.
_ROWS_AT_ONCE = 256

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Records:
    """Records of one table as columns.

    `names` are plain (`plain_name`), `kinds` a bit for each kind, `lonlat` (n, 2) in WGS-84
    degrees with NaN where there is no point, `doors` "" where the address names none.
    """

    names: Sequence[str]
    kinds: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    doors: Sequence[str]
    districts: Sequence[str]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def placed(self) -> NDArray[np.bool_]:
        return np.asarray(np.isfinite(self.lonlat).all(axis=1))


Rule = Callable[[Records, NDArray[np.bool_]], Index]


def duplicate_pairs(
    records: Records, *, touched: NDArray[np.bool_] | None = None, rules: Sequence[Rule] = ()
) -> Index:
    """Shape (m, 2): pairs i < j of one kind that may be the same, in order, each once.

    `touched` limits it to pairs with one of these; `rules` are all of `RULES` unless given.
    """
    asked = np.ones(len(records), dtype=np.bool_) if touched is None else touched
    found = np.concatenate([rule(records, asked) for rule in rules or RULES])
    return np.unique(np.sort(found, axis=1), axis=0)


def similarity(one: str, other: str) -> float:
    """How alike two plain names are, 0 to 100: 90 if one holds the whole other."""
    return float(_similarities([one], [other])[0])


def at_one_door(records: Records, touched: NDArray[np.bool_]) -> Index:
    """Records of one kind behind one door, whatever they are called."""
    doors = _grouped((door, n) for n, door in enumerate(records.doors) if door)
    crowds = [key for key, found in doors.items() if len(found) > MOST_ALIKE]
    chains = [_by_kind(records, doors.pop(key)) for key in crowds]
    found = np.concatenate([_within(doors, touched), *chains])
    return _of_one_kind(records, touched, found)


def near_each_other(records: Records, touched: NDArray[np.bool_]) -> Index:
    """Near-equal names within `NEAR_M`."""
    here, chains = _without_crowds(records, touched)
    asked = here[touched[here]]
    if not len(asked):
        return _no_pairs()
    all_of, some = (cKDTree(in_space(records.lonlat[which])) for which in (here, asked))
    near: Any = some.sparse_distance_matrix(all_of, NEAR_M * CHORD_SLACK, output_type="ndarray")
    pairs = _of_one_kind(
        records, touched, np.column_stack([asked[near["i"]], here[near["j"]]]).astype(np.int64)
    )
    one, other = records.lonlat[pairs[:, 0]], records.lonlat[pairs[:, 1]]
    within = geodesic_m(one[:, 0], one[:, 1], other[:, 0], other[:, 1]) <= NEAR_M
    return np.concatenate([_alike(records, pairs[within]), _of_one_kind(records, touched, chains)])


def _without_crowds(records: Records, touched: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Rows with a position, of many namesakes on one spot only one; and the chains of those."""
    here = np.flatnonzero(records.placed)
    _, spot, count = np.unique(
        records.lonlat[here], axis=0, return_inverse=True, return_counts=True
    )
    spot = spot.reshape(-1)
    crowded = count[spot] > MOST_ALIKE
    of = dict(zip(here[crowded].tolist(), spot[crowded].tolist(), strict=True))
    kept, chains = thinned(of, lambda n: (of[n], records.names[n], int(records.kinds[n])), touched)
    return np.sort(np.concatenate([here[~crowded], kept])), chains


def in_one_district(records: Records, touched: NDArray[np.bool_]) -> Index:
    """The same name at another door, and a near-equal one where one of the two has no position."""
    named = [n for n, name in enumerate(records.names) if name]
    namesakes = _grouped(((records.districts[n], records.names[n]), n) for n in named)
    few = {key: found for key, found in namesakes.items() if len(found) <= MOST_NAMESAKES}
    pairs = [_within(few, touched)]
    placed = records.placed
    lost = {key for n in named if not placed[n] for key in _blocks(records, n)}
    blocks = _grouped((key, n) for n in (named if lost else ()) for key in _blocks(records, n))
    for key in sorted(lost, key=repr):
        everyone, chains = thinned(
            blocks.get(key, []), lambda n: (records.names[n], bool(placed[n])), touched
        )
        pairs.append(chains[~placed[chains].all(axis=1)])
        unplaced = everyone[~placed[everyone]]
        if len(unplaced) * len(everyone) > _MOST_COMPARED:
            continue
        pairs += _near_equal(records, unplaced[touched[unplaced]], everyone)
        pairs += _near_equal(records, unplaced[~touched[unplaced]], everyone[touched[everyone]])
    return _of_one_kind(records, touched, np.concatenate(pairs))


def _blocks(records: Records, n: int) -> Iterator[Hashable]:
    """Where a record may meet others: in its district, with its numbers, once for each kind."""
    said = records.districts[n], numbers(records.names[n])
    return ((*said, kind) for kind in _bits(int(records.kinds[n])))


def _by_kind(records: Records, rows: Sequence[int]) -> Index:
    """A crowd each with the next of its kind, in the order of their names."""
    return chain(sorted(rows, key=lambda n: (int(records.kinds[n]), records.names[n], n)))


RULES: tuple[Rule, ...] = (at_one_door, near_each_other, in_one_district)


def _near_equal(records: Records, some: Index, others: Index) -> Iterator[Index]:
    """Pairs of near-equal names of some with others."""
    names = [records.names[n] for n in others]
    for start in range(0, len(some) if names else 0, _ROWS_AT_ONCE):
        rows = some[start : start + _ROWS_AT_ONCE]
        mine = [records.names[n] for n in rows]
        scores = process.cdist(
            mine, names, scorer=fuzz.ratio, score_cutoff=NEAR_EQUAL, dtype=np.uint8
        )
        i, j = np.nonzero(scores)
        yield np.column_stack([rows[i], others[j]])


def _alike(records: Records, pairs: Index) -> Index:
    names = ([records.names[n] for n in pairs[:, side]] for side in (0, 1))
    near = pairs[_similarities(*names) >= NEAR_EQUAL]
    same = [_numbers_agree(records.names[i], records.names[j]) for i, j in near.tolist()]
    return near[np.array(same, dtype=np.bool_)]


def _similarities(one: Sequence[str], other: Sequence[str]) -> NDArray[np.float64]:
    ratios: NDArray[np.float64] = process.cpdist(one, other, scorer=fuzz.ratio, dtype=np.float64)
    holds = [
        min(len(a), len(b)) > 1 and (a in b or b in a) for a, b in zip(one, other, strict=True)
    ]
    result: NDArray[np.float64] = np.where(holds, np.maximum(ratios, 90.0), ratios)
    return result


def _numbers_agree(one: str, other: str) -> bool:
    """Whether no number of one contradicts those of the other; a name may leave its number out."""
    mine, its = numbers(one), numbers(other)
    return not mine or not its or mine == its


def _of_one_kind(records: Records, touched: NDArray[np.bool_], pairs: Index) -> Index:
    one, other = pairs[:, 0], pairs[:, 1]
    shared = (records.kinds[one] & records.kinds[other]) != 0
    found: Index = pairs[shared & (touched[one] | touched[other]) & (one != other)]
    return found


def _grouped(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, list[int]]:
    """The groups by key; of most keys there is one record, which must not cost a list each."""
    first: dict[Hashable, int] = {}
    groups: dict[Hashable, list[int]] = {}
    for key, n in pairs:
        if key in groups:
            groups[key].append(n)
        elif key in first:
            groups[key] = [first[key], n]
        else:
            first[key] = n
    return groups


def _within(groups: dict[Hashable, list[int]], touched: NDArray[np.bool_]) -> Index:
    found = [
        pair
        for group in groups.values()
        if len(group) > 1 and touched[group].any()
        for pair in combinations(group, 2)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _bits(kinds: int) -> Iterator[int]:
    while kinds:
        yield kinds & -kinds
        kinds &= kinds - 1


def _no_pairs() -> Index:
    return np.empty((0, 2), dtype=np.int64)
