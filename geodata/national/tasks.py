"""What is worked out for one tile: two passes, since the supply of a point is shared among all
that reach it, on whichever tile they lie.

A task holds arrays and file names alone, so that it can travel to another process.
"""

import math
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geodata.coverage import gaps
from geodata.coverage.catchment import BANDS, band_weights
from geodata.coverage.gaps import HealthGaps, Tally
from geodata.coverage.walk import DETOUR, Pairs, pairs_within
from geodata.errors import CellError
from geodata.kinds import Clinic
from geodata.national.tables import DEMAND, floats, lonlat, people, pieces, write

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Pairs are found for so many rows at a time: in the densest city that is some ten million.
ROWS_OF_PAIRS = 20_000
CATCHMENT_M = BANDS[-1][0]
_NOBODY = Tally(*[0] * 8)
_STATES = pa.array([state.value for state in gaps.STATES])


@dataclass(frozen=True, eq=False)
class Task:
    """A tile's files with the counted points in reach of it; `index` numbers these nationally."""

    name: str
    files: tuple[Path, ...]
    index: Ints
    lonlat: Floats
    radius_m: float
    detour: float = DETOUR

    def near(self, spots: Floats, radius_m: float) -> Pairs:
        """Pairs of these positions and the task's points."""
        return pairs_within(spots, self.lonlat, radius_m, detour=self.detour)


@dataclass(frozen=True, eq=False)
class Reach:
    """Workers in reach of each point of a task, band by band: whole numbers, so sums are exact."""

    index: Ints
    workers: Ints


@dataclass(frozen=True, eq=False)
class Share:
    """A task, what each of its points gives to a weighted worker, and the folder to write in."""

    task: Task
    half_days_each: Floats
    out: Path


@dataclass(frozen=True, eq=False)
class Served:
    """Sums of a tile by district: the tally, and the half-days its workers get."""

    tally: dict[str, Tally]
    half_days: dict[str, float]


def reach(task: Task) -> Reach:
    """First pass: who can reach each point."""
    points = len(task.index)
    workers = np.zeros((len(BANDS), points), dtype=np.int64)
    bounds = np.array([bound for bound, _ in BANDS])
    for table in pieces(task.files, DEMAND, ROWS_OF_PAIRS):
        pairs = task.near(lonlat(table), CATCHMENT_M)
        band = np.searchsorted(bounds, pairs.walk_m, side="left")
        heads = _heads(table)[pairs.demand]
        summed = np.bincount(band * points + pairs.supply, heads, len(BANDS) * points)
        workers += summed.astype(np.int64).reshape(workers.shape)
    return Reach(task.index, workers)


def serve(share: Share) -> Served:
    """Second pass: what each row gets, written to files, and the sums by district."""
    sums = []
    for number, table in enumerate(pieces(share.task.files, DEMAND, ROWS_OF_PAIRS)):
        result, served = _served(share, table)
        write(result, share.out / f"{share.task.name}-{number:05d}.parquet")
        sums.append(served)
    return add(sums)


def add(parts: list[Served]) -> Served:
    """Sums of sums: counts exactly, half-days rounded once, in whatever order."""
    names = sorted({name for part in parts for name in part.tally})
    return Served(
        {name: together([p.tally[name] for p in parts if name in p.tally]) for name in names},
        {name: math.fsum(p.half_days[name] for p in parts if name in p.tally) for name in names},
    )


def together(tallies: list[Tally]) -> Tally:
    """The sum of tallies."""
    return Tally(*(sum(column) for column in zip(*map(astuple, [_NOBODY, *tallies]), strict=True)))


def _served(share: Share, table: pa.Table) -> tuple[pa.Table, Served]:
    task = share.task
    spots, workers = lonlat(table), people(table)
    placed = np.isfinite(spots[:, 0])
    error_m = floats(table, "error_m")
    pairs = task.near(spots, max(task.radius_m, CATCHMENT_M))
    nearest_m = np.full(len(spots), np.inf)
    np.minimum.at(nearest_m, pairs.demand, pairs.walk_m)
    found = gaps.health_gaps(
        workers=workers,
        clinic=_clinics(table),
        placed=placed & gaps.placed_well_enough(error_m, task.radius_m),
        in_reach=_within(pairs, task.radius_m),
        counts=np.ones(len(task.index), np.bool_),
    )
    worth = share.half_days_each[pairs.supply] * band_weights(pairs.walk_m)
    half_days = np.bincount(pairs.demand, worth, len(spots)).astype(np.float64)
    half_days[~(placed & gaps.placed_well_enough(error_m, CATCHMENT_M))] = np.nan
    columns = {
        "id": table.column("id"),
        "district": table.column("district"),
        "state": _STATES.take(pa.array(found.code)),
        "nearest_m": _known(np.where(nearest_m <= task.radius_m, nearest_m, np.nan)),
        "half_days_a_worker": _known(half_days),
    }
    return pa.table(columns), _summed(table, found, workers * half_days)


def _summed(table: pa.Table, found: HealthGaps, half_days: Floats) -> Served:
    names, codes = _coded(table, "district")
    given = np.bincount(codes, np.nan_to_num(half_days), len(names)).tolist()
    tallies = found.tallies(codes, len(names))
    return Served(dict(zip(names, tallies, strict=True)), dict(zip(names, given, strict=True)))


def _heads(table: pa.Table) -> Floats:
    """Workers that draw on the points: none where their number or spot is not known."""
    placed = gaps.placed_well_enough(floats(table, "error_m"), CATCHMENT_M)
    return np.nan_to_num(people(table)) * placed


def _clinics(table: pa.Table) -> list[Clinic]:
    names, codes = _coded(table, "clinic")
    try:
        known = [Clinic(name or "unknown") for name in names]
    except ValueError as error:
        raise CellError(f"clinic 一列里只能写：{'、'.join(Clinic)}") from error
    return [known[code] for code in codes.tolist()]


def _coded(table: pa.Table, column: str) -> tuple[list[str], NDArray[np.intp]]:
    """The words of a column, an empty cell as an empty one, and the word of each row."""
    coded = table.column(column).combine_chunks().fill_null("").dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.intp)


def _within(pairs: Pairs, radius_m: float) -> Pairs:
    keep = pairs.walk_m <= radius_m
    return Pairs(pairs.demand[keep], pairs.supply[keep], pairs.walk_m[keep])


def _known(values: Floats) -> pa.Array:
    """NaN as an empty cell."""
    return pa.array(values, from_pandas=True)
