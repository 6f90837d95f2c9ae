"""How far off a placed address may be: a table learned by leaving known ones out.

Each way of placing has a scale that its error grows with (the metres between the neighbours, the
metres to the last known door). The table gives, for a scale up to some length, the error that nine
in ten of the cases left out stay within.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Fewer cases say nothing; a table of many short steps would only follow chance.
LEAST_CASES = 50
_MOST_STEPS = 12
# A little above nine in ten: what is held back is always a little harder than what was left out.
_SHARE = 0.92
DEFAULT_PACE_M = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """One known address left out and placed again: how, and how far off."""

    method: str
    scale_m: float
    away_m: float


@dataclass(frozen=True, slots=True)
class Step:
    """Up to this scale the error holds; `cases` is what it rests on, 0 for a prior."""

    method: str
    up_to_m: float
    error_m: float
    cases: int


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """The table, and the metres a house number takes by district ("" the whole)."""

    steps: tuple[Step, ...]
    pace_m: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_learned(self) -> bool:
        return any(step.cases for step in self.steps)

    def error_m(self, method: str, scale_m: float) -> float | None:
        """The error at a scale; None where nothing is known of it.

        Beyond the last step a learned error grows in proportion; a prior is not stretched.
        """
        steps = [step for step in self.steps if step.method == method]
        if not steps:
            return None
        at = bisect_left(steps, scale_m, key=lambda step: step.up_to_m)
        if at < len(steps):
            return steps[at].error_m
        last = steps[-1]
        return round(last.error_m * scale_m / last.up_to_m) if last.cases else None

    def district_pace_m(self, district: str) -> float:
        return self.pace_m.get(district) or self.pace_m.get("") or DEFAULT_PACE_M


# Nine in ten of 4,627 listed doors of Shanghai, each found again from its neighbours of the same
# side; a number known under another form (a lane of the number, 1799 for 1799-7) is its neighbour.
PRIOR = ErrorModel(
    (
        Step("between", 200.0, 100.0, 0),
        Step("between", 400.0, 130.0, 0),
        Step("between", 600.0, 170.0, 0),
        Step("between", 800.0, 200.0, 0),
        Step("same", math.inf, 150.0, 0),
    )
)


def learn(cases: Iterable[Case], pace_m: Mapping[str, float]) -> ErrorModel:
    """The table that the cases give; a method with too few keeps the prior, if it has one."""
    by_method: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_method[case.method].append(case)
    steps: list[Step] = []
    for method in sorted({step.method for step in PRIOR.steps} | by_method.keys()):
        known = by_method[method]
        if len(known) >= LEAST_CASES:
            steps += _steps(method, known)
        else:
            steps += [step for step in PRIOR.steps if step.method == method]
    return ErrorModel(tuple(steps), dict(pace_m))


def _steps(method: str, cases: Sequence[Case]) -> list[Step]:
    """Equal shares of the cases by scale; the error never falls as the scale grows."""
    ordered = sorted(cases, key=lambda case: (case.scale_m, case.away_m))
    count = min(_MOST_STEPS, len(ordered) // LEAST_CASES)
    if ordered[0].scale_m == ordered[-1].scale_m:
        count = 1
    steps: list[Step] = []
    for begin, end in pairwise(_edges(len(ordered), count)):
        share = ordered[begin:end]
        error_m = _tens(quantile([case.away_m for case in share], _SHARE))
        if steps:
            error_m = max(error_m, steps[-1].error_m)
        up_to_m = float(math.ceil(share[-1].scale_m)) if count > 1 else math.inf
        steps.append(Step(method, up_to_m, error_m, len(share)))
    return steps


def _edges(cases: int, count: int) -> list[int]:
    """Where the shares begin; the last, of the widest scales, is taken apart once more."""
    edges = [n * cases // count for n in range(count + 1)]
    begin, end = edges[-2:]
    if count > 1 and end - begin >= 4 * LEAST_CASES:
        edges[-1:] = [(begin + end) // 2, (begin + 3 * end) // 4, end]
    return edges


def quantile(values: Sequence[float], share: float) -> float:
    """The least of the values that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def _tens(metres: float) -> float:
    return math.ceil(metres / 10.0) * 10.0
