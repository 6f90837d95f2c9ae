"""Two answers side by side: who gained a health point, by district and by site.

Before and after are two dates, or the data and a scenario.
"""

from dataclasses import dataclass, replace

import numpy as np

from geodata.answers.answer import Answer
from geodata.answers.cuts import Cut, cuts, whole
from geodata.answers.groups import By
from geodata.answers.question import Parameters
from geodata.answers.words import Said
from geodata.coverage.gaps import GapState, Tally


@dataclass(frozen=True, slots=True)
class Gain:
    """One group before and after; `gained` workers are served now and were not, net.

    A share is 0 to 1, None without a count; `points` is the change in percentage points.
    """

    key: str
    before: Cut
    after: Cut
    gained: int
    said: Said

    @property
    def points(self) -> float | None:
        before, after = self.before.tally.share, self.after.tally.share
        return None if before is None or after is None else 100.0 * (after - before)


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A site whose state differs; a state of None: the site is not in that answer."""

    id: int
    name: str
    district: str
    workers: int | None
    before: GapState | None
    after: GapState | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after: the city, each district, and every site whose state differs."""

    before: Parameters
    after: Parameters
    city: Gain
    districts: tuple[Gain, ...]
    sites: tuple[SiteChange, ...]


def compare(before: Answer, after: Answer) -> Comparison:
    """Set one answer against another; they are fair when both come of one data version."""
    old = {cut.key: cut for cut in cuts(before, By.DISTRICT)}
    new = {cut.key: cut for cut in cuts(after, By.DISTRICT)}
    return Comparison(
        before=before.parameters,
        after=after.parameters,
        city=_gain(whole(before), whole(after)),
        districts=tuple(_gain(old.get(key) or _empty(new[key]), new[key]) for key in new),
        sites=_sites(before, after),
    )


def heads(gained: int) -> Said:
    """+1,200 名职工."""
    if not gained:
        return Said("不变", "no change")
    return Said(f"{gained:+,} 名职工", f"{gained:+,} workers")


def _empty(like: Cut) -> Cut:
    """A group that was not there before: a scenario can put a site where none had a district."""
    return replace(like, tally=Tally(0, 0, 0, 0, 0, 0, 0, 0))


def _gain(before: Cut, after: Cut) -> Gain:
    gained = after.tally.covered_workers - before.tally.covered_workers
    return Gain(after.key, before, after, gained, heads(gained))


def _sites(before: Answer, after: Answer) -> tuple[SiteChange, ...]:
    old, new = _states(before), _states(after)
    rows = []
    for site_id in dict.fromkeys((*old, *new)):
        was, now = old.get(site_id), new.get(site_id)
        if was != now:
            rows.append(_site(after if now else before, site_id, was, now))
    return tuple(sorted(rows, key=lambda row: (-(row.workers or 0), row.id)))


def _states(answer: Answer) -> dict[int, GapState]:
    return dict(zip(answer.city.sites.id.tolist(), answer.found.state, strict=True))


def _site(
    answer: Answer, site_id: int, before: GapState | None, after: GapState | None
) -> SiteChange:
    sites = answer.city.sites
    row = int(np.flatnonzero(sites.id == site_id)[0])
    workers = float(sites.workers[row])
    return SiteChange(
        id=site_id,
        name=sites.name[row],
        district=sites.district.at(row),
        workers=None if np.isnan(workers) else int(workers),
        before=before,
        after=after,
    )
