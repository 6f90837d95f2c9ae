"""The union's rules in the form the solvers take: counts, minima by group, budgets, spacing."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.coverage.siting.problem import Floats, Ints, Rule
from geodata.geodesy import geodesic_m, in_space


def count(candidates: int, *, at_least: float = 0, at_most: float, name: str = "新建总数") -> Rule:
    """How many are chosen in all."""
    every = np.arange(candidates, dtype=np.int64)
    return Rule(name, every, np.ones(candidates), at_least, at_most)


def by_group(
    groups: Sequence[str],
    *,
    at_least: Mapping[str, float] | None = None,
    at_most: Mapping[str, float] | None = None,
    what: str = "",
) -> tuple[Rule, ...]:
    """Minima and maxima by district, town or kind; `groups` holds each candidate's own.

    A group with a minimum and without a candidate makes a rule nobody can keep: that is what the
    planner must hear, so it is not left out.
    """
    least, most = at_least or {}, at_most or {}
    labels = np.asarray(groups, dtype=object)
    rules = []
    for group in dict.fromkeys((*least, *most)):
        members = np.flatnonzero(labels == group).astype(np.int64)
        low, high = least.get(group, -np.inf), most.get(group, np.inf)
        rules.append(
            Rule(_group_name(group, low, high, what), members, np.ones(len(members)), low, high)
        )
    return tuple(rules)


def _group_name(group: str, low: float, high: float, what: str) -> str:
    parts = [f"至少 {low:g} 家"] if low > 0 else []
    parts += [f"至多 {high:g} 家"] if np.isfinite(high) else []
    return f"{group}{what}{'、'.join(parts)}"


def budget(costs: Floats, *, at_most: float, name: str) -> Rule:
    """The cost of the chosen, in the unit of `at_most`."""
    paid = np.flatnonzero(costs).astype(np.int64)
    return Rule(name, paid, np.asarray(costs, dtype=np.float64)[paid], -np.inf, at_most)


def only_one(pairs: NDArray[np.integer], names: Sequence[str] = ()) -> tuple[Rule, ...]:
    """At most one of each pair (k, 2): two plots of one owner, two rooms of one building."""
    return tuple(
        Rule(
            f"{_named(names, a)}与{_named(names, b)}只能选一",
            np.array([a, b]),
            np.ones(2),
            -np.inf,
            1,
        )
        for a, b in pairs
    )


def spaced(points: Floats, *, metres: float, names: Sequence[str] = ()) -> tuple[Rule, ...]:
    """No two of the chosen nearer than so many metres in a straight line; points are lon, lat."""
    pairs = _nearer_than(points, metres)
    return tuple(
        Rule(
            f"{_named(names, a)}与{_named(names, b)}相距不到 {metres:g} 米",
            np.array([a, b]),
            np.ones(2),
            -np.inf,
            1,
        )
        for a, b in pairs
    )


def _nearer_than(points: Floats, metres: float) -> Ints:
    found = cKDTree(in_space(points)).query_pairs(metres * 1.0001, output_type="ndarray")
    a, b = found[:, 0], found[:, 1]
    away = geodesic_m(points[a, 0], points[a, 1], points[b, 0], points[b, 1])
    near = found[away < metres]
    return np.asarray(near[np.lexsort((near[:, 1], near[:, 0]))], dtype=np.int64)


def _named(names: Sequence[str], index: int) -> str:
    return names[index] if names else f"候选 {index + 1}"
