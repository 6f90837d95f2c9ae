"""Equity between districts: the worst first, or a floor for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import block_array, csr_array

from geodata.coverage.siting.covering import (
    Answer,
    aggregated,
    covering_programme,
    maximal_covering,
)
from geodata.coverage.siting.mip import Programme, Watch, solved
from geodata.coverage.siting.problem import Floats, Ints, Question, Share


def floors(
    groups: Sequence[str], workers: Floats, covered: Mapping[str, float], *, least: float
) -> tuple[Share, ...]:
    """At least a share `least` (0 to 1) of each group's workers covered.

    `workers` are the demands not covered yet; `covered` the workers of each group that existing
    sites cover already, so that a floor asks only for what is still missing.
    """
    found = []
    for group, demands, total in _groups(groups, workers, covered):
        missing = least * total - covered.get(group, 0.0)
        if missing > 0:
            found.append(Share(f"{group}职工覆盖率至少 {least:.1%}", demands, missing))
    return tuple(found)


def fairest(
    question: Question,
    groups: Sequence[str],
    covered: Mapping[str, float],
    *,
    time_limit_s: float = 60.0,
    watch: Watch | None = None,
) -> tuple[float, Answer]:
    """The share of the worst group at its highest, then the most workers with that held.

    Groups in which nobody works count as served. Returns that share and the choice.
    """
    every = tuple(
        Group(Share(name, demands, -np.inf), total, covered.get(name, 0.0))
        for name, demands, total in _groups(groups, question.workers, covered)
        if total > 0
    )
    worst = _worst_at_best(question, every, time_limit_s / 2.0) if every else None
    if worst is None:
        return 0.0, maximal_covering(question, time_limit_s=time_limit_s, watch=watch)
    # A hair less, or rounding in the solver makes its own optimum impossible.
    held = floors(groups, question.workers, covered, least=worst - 1e-9)
    asked = replace(question, shares=(*question.shares, *held))
    return worst, maximal_covering(asked, time_limit_s=time_limit_s / 2.0, watch=watch)


@dataclass(frozen=True)
class Group:
    """A district: its demands still to cover, all its workers, and those covered already."""

    share: Share
    total: float
    covered: float


def _groups(
    groups: Sequence[str], workers: Floats, covered: Mapping[str, float]
) -> list[tuple[str, Ints, float]]:
    labels = np.asarray(groups, dtype=object)
    found = []
    for group in dict.fromkeys((*groups, *covered)):
        demands = np.flatnonzero(labels == group).astype(np.int64)
        total = float(workers[demands].sum()) + covered.get(group, 0.0)
        found.append((group, demands, total))
    return found


def _worst_at_best(
    question: Question, every: tuple[Group, ...], time_limit_s: float
) -> float | None:
    """The highest share that all groups can reach; None where no choice keeps the rules."""
    own = question.shares
    shares = (*own, *(group.share for group in every))
    small = aggregated(replace(question, shares=shares))
    base = covering_programme(replace(small, shares=small.shares[: len(own)]))
    found = solved(_lifted(base, small, every, small.shares[len(own) :]), time_limit_s=time_limit_s)
    return float(found.x[-1]) if np.isfinite(found.value) else None


def _lifted(
    base: Programme, small: Question, every: tuple[Group, ...], shares: tuple[Share, ...]
) -> Programme:
    """The programme with one variable more, which no group's share may be below."""
    columns = base.matrix.shape[1]
    sizes = [len(share.demands) for share in shares]
    at = np.concatenate([share.demands for share in shares])
    totals = np.array([group.total for group in every])
    rows = np.repeat(np.arange(len(every)), sizes)
    reached = csr_array(
        (small.workers[at] / totals[rows], (rows, small.cover.candidates + at)),
        shape=(len(every), columns),
    )
    corner = block_array(
        [
            [base.matrix, csr_array((base.matrix.shape[0], 1))],
            [reached, csr_array(-np.ones((len(every), 1)))],
        ]
    )
    held = np.array([group.covered for group in every]) / totals
    return Programme(
        cost=np.append(np.zeros(columns), 1.0),
        matrix=csr_array(corner),
        low=np.concatenate([base.low, -held]),
        high=np.concatenate([base.high, np.full(len(every), np.inf)]),
        lower=np.append(base.lower, 0.0),
        upper=np.append(base.upper, 1.0),
        integer=np.append(base.integer, False),
    )
