"""Whom one health point serves, and if it does not count, why."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import Answer, within
from geodata.answers.standing import WhyNot
from geodata.answers.why import known
from geodata.coverage.gaps import GapState


@dataclass(frozen=True, slots=True)
class Served:
    """A site in reach of the point, and how it stands."""

    name: str
    district: str
    workers: int | None
    walk_m: float
    state: GapState


@dataclass(frozen=True, slots=True)
class Serves:
    """The sites in reach, the nearest first; without `why_not` the point counts."""

    why_not: tuple[WhyNot, ...]
    sites: tuple[Served, ...]

    @property
    def workers(self) -> int:
        """Known workers of the sites in reach."""
        return sum(site.workers or 0 for site in self.sites)


def serves(answer: Answer, service_id: int) -> Serves | None:
    """Whom a service point serves; None for one that is no health point."""
    city, stands = answer.city, answer.standing
    found = np.flatnonzero(city.points.id[stands.rows] == service_id)
    if not len(found):
        return None
    index = int(found[0])
    pairs = within(answer.pairs, answer.asked.radius_m)
    mine = pairs.supply == index
    near = sorted(zip(pairs.walk_m[mine].tolist(), pairs.demand[mine].tolist(), strict=True))
    return Serves(stands.why_not(index), tuple(_site(answer, row, walk) for walk, row in near))


def _site(answer: Answer, row: int, walk_m: float) -> Served:
    sites = answer.city.sites
    workers = known(sites.workers[row])
    return Served(
        name=sites.name[row],
        district=sites.district.at(row),
        workers=None if workers is None else int(workers),
        walk_m=walk_m,
        state=answer.found.state[row],
    )
