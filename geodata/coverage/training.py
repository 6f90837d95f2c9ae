"""On-site training: which point each union goes to, and which groups had better be merged.

Notice 沪工总办〔2023〕15号 asks for sessions of 30 to 50 people. A group goes whole to one point,
in sessions of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.coverage.siting.mip import Programme, Status, solved

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST = 50
LEAST = 30
NOWHERE = -1


def sessions(people: Ints, *, most: int = MOST) -> Ints:
    """How many sessions each group needs, ⌈n/50⌉; nobody needs none."""
    needed: Ints = -(-people // most)
    return needed


def to_merge(people: Ints, *, least: int = LEAST, most: int = MOST) -> NDArray[np.bool_]:
    """Groups whose sessions hold fewer than 30: they are proposed for merging."""
    full = people >= least * sessions(people, most=most)
    return np.asarray((people > 0) & ~full, dtype=np.bool_)


@dataclass(frozen=True)
class Assignment:
    """Per group the point it goes to, or NOWHERE.

    `cost` is Σ people x metres; `status` says whether it is proved the least.
    """

    point: Ints
    cost: float
    status: Status

    def sessions_at(self, people: Ints, points: int, *, most: int = MOST) -> Ints:
        """Sessions held at each point."""
        goes = self.point != NOWHERE
        needed = sessions(people, most=most)[goes]
        return np.bincount(self.point[goes], needed, minlength=points).astype(np.int64)


def nearest_assignment(people: Ints, walk_m: Floats) -> Assignment:
    """Every group to its nearest point, of equals the first.

    Args:
        people: per group.
        walk_m: shape (groups, points), infinite or NaN where a group cannot go.
    """
    if not walk_m.size:
        return Assignment(np.full(len(people), NOWHERE), 0.0, Status.OPTIMAL)
    reach_m = np.where(np.isnan(walk_m), np.inf, walk_m)
    point = reach_m.argmin(axis=1)
    best_m = reach_m[np.arange(len(people)), point]
    goes = np.isfinite(best_m)
    cost = float(people[goes] @ best_m[goes])
    return Assignment(np.where(goes, point, NOWHERE), cost, Status.OPTIMAL)


def limited_assignment(
    people: Ints, walk_m: Floats, most_sessions: Ints, *, time_limit_s: float = 60.0
) -> Assignment:
    """The least Σ people x metres with no point over its sessions.

    A group that can go nowhere at all stays NOWHERE. When the points together cannot take the
    rest, the status is INFEASIBLE and nobody is assigned.

    Args:
        people: per group.
        walk_m: shape (groups, points), infinite or NaN where a group cannot go.
        most_sessions: per point.
        time_limit_s: seconds until the best found so far is taken.
    """
    group, point = np.nonzero(np.isfinite(walk_m))
    nowhere = np.full(len(people), NOWHERE)
    if not len(group):
        return Assignment(nowhere, 0.0, Status.OPTIMAL)
    cost = people[group] * walk_m[group, point]
    found = solved(
        _programme(cost, group, point, sessions(people), most_sessions), time_limit_s=time_limit_s
    )
    if not np.isfinite(found.value):
        return Assignment(nowhere, np.inf, found.status)
    chosen = found.x > 0.5
    nowhere[group[chosen]] = point[chosen]
    return Assignment(nowhere, float(cost[chosen].sum()), found.status)


def _programme(
    cost: Floats, group: Ints, point: Ints, needed: Ints, most_sessions: Ints
) -> Programme:
    """One variable for each group and point it can go to: whether it goes there."""
    pairs, points = np.arange(len(cost)), len(most_sessions)
    reachable, row = np.unique(group, return_inverse=True)
    groups = len(reachable)
    values = np.concatenate([np.ones(len(cost)), needed[group].astype(np.float64)])
    at = (np.concatenate([row, groups + point]), np.concatenate([pairs, pairs]))
    return Programme(
        cost=-cost,
        matrix=csr_array((values, at), shape=(groups + points, len(cost))),
        low=np.concatenate([np.ones(groups), np.full(points, -np.inf)]),
        high=np.concatenate([np.ones(groups), most_sessions.astype(np.float64)]),
        lower=np.zeros(len(cost)),
        upper=np.ones(len(cost)),
        integer=np.ones(len(cost), np.bool_),
    )
