"""The headline measures of a whole city and of each of its groups."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.coded import Bools, Codes
from geodata.answers.groups import By, Groups, groups
from geodata.answers.quantiles import Walks, walks
from geodata.arrays import Floats
from geodata.coverage.gaps import GapState, Tally


@dataclass(frozen=True, slots=True)
class Beside:
    """The share of workers served under another radius."""

    radius_m: float
    share: float | None


@dataclass(frozen=True, slots=True)
class LunchCut:
    """Lunch in meals a day: sites listed, declared, computed and without data; the unmet share."""

    listed: int
    declared: int
    computed: int
    no_data: int
    demand: float
    gap: float

    @property
    def share(self) -> float | None:
        """Unmet share of the demand, 0 to 1; None when nobody's demand is known."""
        return self.gap / self.demand if self.demand else None


@dataclass(frozen=True, slots=True)
class Cut:
    """One group: coverage, the same under other radii, walks, half-days a week, lunch.

    `half_days_per_1000` are half-days a week for 1000 workers by E2SFCA, None without workers.
    """

    key: str
    within: str
    tally: Tally
    beside: tuple[Beside, ...]
    walks: Walks
    half_days_per_1000: float | None
    lunch: LunchCut


def whole(answer: Answer) -> Cut:
    """The city as one group."""
    everyone = Groups(("",), ("",), np.zeros(len(answer.city.sites.id), np.intp))
    return cut(answer, everyone)[0]


def cuts(answer: Answer, by: By) -> tuple[Cut, ...]:
    """Each group on its own; every site is in exactly one, so that sums are the city's."""
    return cut(answer, groups(answer.city.sites, by))


def cut(answer: Answer, by: Groups) -> tuple[Cut, ...]:
    """The measures of the groups given."""
    size = len(by.keys)
    shares = {radius_m: found.shares(by.codes, size) for radius_m, found in answer.beside.items()}
    columns = zip(
        by.keys,
        by.within,
        answer.found.tallies(by.codes, size),
        _walks(answer, by.codes, size),
        _half_days(answer, by.codes, size),
        _lunch(answer, by.codes, size),
        strict=True,
    )
    return tuple(
        Cut(
            key=key,
            within=within,
            tally=tally,
            beside=tuple(Beside(radius_m, share[n]) for radius_m, share in shares.items()),
            walks=reached,
            half_days_per_1000=half_days,
            lunch=lunch,
        )
        for n, (key, within, tally, reached, half_days, lunch) in enumerate(columns)
    )


def _walks(answer: Answer, codes: Codes, size: int) -> tuple[Walks, ...]:
    reached = (answer.nearest >= 0) & ~answer.found.of(GapState.NOT_PLACED)
    walk_m = np.where(reached, answer.nearest_m, np.nan)
    return walks(walk_m, answer.city.sites.workers, codes, size)


def _half_days(answer: Answer, codes: Codes, size: int) -> list[float | None]:
    workers = answer.city.sites.workers
    known = ~np.isnan(workers) & ~np.isnan(answer.half_days)
    got = _sums(workers * answer.half_days, known, codes, size)
    heads = _sums(workers, known, codes, size)
    return [float(1000.0 * g / h) if h else None for g, h in zip(got, heads, strict=True)]


def _lunch(answer: Answer, codes: Codes, size: int) -> list[LunchCut]:
    meals = answer.meals
    columns = (
        *(_count(m, codes, size) for m in (meals.listed, meals.declared, meals.computed)),
        _count(~meals.known, codes, size),
        _sums(meals.found.demand, meals.known, codes, size).tolist(),
        _sums(meals.found.gap, meals.known, codes, size).tolist(),
    )
    return [LunchCut(*row) for row in zip(*columns, strict=True)]


def _count(which: Bools, codes: Codes, size: int) -> list[int]:
    return [int(n) for n in np.bincount(codes[which], minlength=size)]


def _sums(values: Floats, which: Bools, codes: Codes, size: int) -> Floats:
    return np.bincount(codes[which], weights=values[which], minlength=size).astype(np.float64)
