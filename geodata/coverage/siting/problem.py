"""A siting question as arrays: who is covered from where, and the rules a choice must keep."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Cover:
    """Which candidate covers which demand: the same sparse lists by demand and by candidate."""

    by_demand: csr_array
    by_candidate: csr_array

    @classmethod
    def of(
        cls, demand: NDArray[np.integer], candidate: NDArray[np.integer], shape: tuple[int, int]
    ) -> "Cover":
        """From pairs of indices; `shape` is (demands, candidates); twice the same counts once."""
        ones = np.ones(len(demand))
        lists = csr_array((ones, (demand, candidate)), shape=shape)
        lists.data[:] = 1.0
        lists.sort_indices()
        turned = csr_array(lists.T)
        turned.sort_indices()
        return cls(lists, turned)

    @property
    def demands(self) -> int:
        return int(self.by_demand.shape[0])

    @property
    def candidates(self) -> int:
        return int(self.by_demand.shape[1])

    def served_by(self, candidate: int) -> Ints:
        """The demands a candidate covers."""
        lists = self.by_candidate
        start, end = lists.indptr[candidate : candidate + 2]
        return np.asarray(lists.indices[start:end], dtype=np.int64)

    def times_covered(self, chosen: Sequence[int]) -> Ints:
        """How many of the chosen candidates cover each demand."""
        served = [self.served_by(one) for one in chosen] or [np.empty(0, np.int64)]
        return np.bincount(np.concatenate(served), minlength=self.demands)


@dataclass(frozen=True)
class Rule:
    """low <= sum of `weights` over the chosen among `candidates` <= high.

    `name` is what a planner reads when the rule binds or contradicts another.
    """

    name: str
    candidates: Ints
    weights: Floats
    low: float = -np.inf
    high: float = np.inf

    def used(self, chosen: Sequence[int]) -> float:
        """The sum over a choice."""
        inside = np.isin(self.candidates, np.asarray(chosen, dtype=np.int64))
        return float(self.weights[inside].sum())

    def holds(self, chosen: Sequence[int]) -> bool:
        """Whether a choice keeps the rule."""
        return self.low - 1e-6 <= self.used(chosen) <= self.high + 1e-6


@dataclass(frozen=True)
class Share:
    """At least `least` of the weight of some demands must be covered (a floor for a district)."""

    name: str
    demands: Ints
    least: float


@dataclass(frozen=True)
class Question:
    """Choose candidates so that the most workers are covered.

    `workers` (n,) are the weights of the demands, without those that existing sites cover already.
    `value` (m,) is what a candidate is worth by itself, beside whom it covers (an upgrade of a
    point that serves already). `names` label the candidates in sentences.
    """

    workers: Floats
    cover: Cover
    rules: tuple[Rule, ...] = ()
    shares: tuple[Share, ...] = ()
    required: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()
    value: Floats = field(default_factory=lambda: np.empty(0))
    names: tuple[str, ...] = ()

    @property
    def worth(self) -> Floats:
        """`value`, 0 for each candidate where none was given."""
        return self.value if len(self.value) else np.zeros(self.cover.candidates)

    def total(self, chosen: Sequence[int]) -> float:
        """What a choice is worth: the workers it covers, each once, and its own value."""
        covered = self.cover.times_covered(chosen) > 0
        own = self.worth[np.asarray(chosen, dtype=np.int64)]
        return float(self.workers[covered].sum() + own.sum())

    def broken(self, chosen: Sequence[int]) -> tuple[str, ...]:
        """The names of the rules a choice breaks; empty for one that keeps them all."""
        covered = self.cover.times_covered(chosen) > 0
        rules = [rule.name for rule in self.rules if not rule.holds(chosen)]
        shares = [one.name for one in self.shares if not self._reaches(one, covered)]
        missing = set(self.required) - set(chosen)
        unwanted = set(self.forbidden) & set(chosen)
        return (
            *rules,
            *shares,
            *(["必选的点"] if missing else []),
            *(["禁选的点"] if unwanted else []),
        )

    def _reaches(self, share: Share, covered: Bools) -> bool:
        weights = self.workers[share.demands]
        reached = float(weights[covered[share.demands]].sum())
        return reached >= share.least - 1e-6 * max(1.0, share.least)
