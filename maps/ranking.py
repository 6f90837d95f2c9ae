"""The ranking beside the map: districts, towns and sites as rows, worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geodata.answers.change import Comparison
from geodata.answers.cuts import LunchCut
from geodata.coverage.lunch import LunchBox
from geodata.views import DistrictCoverage, PlannerView, SiteCoverage
from maps.areas import town_key
from maps.classes import BOX_MARKS, LUNCH_MARKS, SITE_MARKS, meal_class, share_class, site_mark

BAR_WIDTH = 60
_LOUDEST_FIRST = tuple(SITE_MARKS)
_LUNCH_FIRST = tuple(LUNCH_MARKS)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A district or town in the ranking; `key` is that of its shape on the map.

    `bar` is the width of its bar out of `BAR_WIDTH`; `gained` workers are served by the scenario
    and are not today, None where there is no scenario.
    """

    key: str
    name: str
    within: str
    share: float | None
    style: str
    uncovered: int
    p1: int
    training: int | None
    lunch: LunchCut | None
    bar: int = 0
    gained: int | None = None

    @property
    def meal_style(self) -> str:
        return meal_class(self.lunch.share if self.lunch else None)

    @property
    def meals(self) -> int | None:
        """Meals a day that are short; None where no demand is known."""
        known = self.lunch is not None and self.lunch.share is not None
        return round(self.lunch.gap) if self.lunch and known else None

    def weight(self, theme: str) -> tuple[bool, int]:
        """What rows are ranked by: those without a count last, then the most people first."""
        amount = self.meals if theme == "lunch" else self.uncovered
        unknown = amount is None if theme == "lunch" else self.share is None
        return unknown, -(amount or 0)


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A demand site in the ranking with the mark it has on the map."""

    site: SiteCoverage
    style: str
    box: str


def ranked(rows: Iterable[AreaRow], *, theme: str = "health") -> list[AreaRow]:
    """Worst first, with bars."""
    ordered = sorted(rows, key=lambda row: row.weight(theme))
    most = max((-row.weight(theme)[1] for row in ordered), default=0) or 1
    return [replace(row, bar=round(BAR_WIDTH * -row.weight(theme)[1] / most)) for row in ordered]


def district_rows(
    districts: Sequence[DistrictCoverage],
    *,
    theme: str = "health",
    change: Comparison | None = None,
) -> list[AreaRow]:
    """Districts, worst first."""
    gained = {gain.key: gain.gained for gain in change.districts} if change else {}
    return ranked((_district(row, gained.get(row.name)) for row in districts), theme=theme)


def _district(row: DistrictCoverage, gained: int | None) -> AreaRow:
    return AreaRow(
        key=row.code,
        name=row.name,
        within="",
        share=row.share,
        style=share_class(row.share),
        uncovered=row.uncovered_workers,
        p1=row.p1,
        training=row.training_points,
        lunch=row.cut.lunch if row.cut else None,
        gained=gained,
    )


def town_rows(
    view: PlannerView, *, theme: str = "health", before: PlannerView | None = None
) -> list[AreaRow]:
    """Towns that have a site, worst first; sites without a town are one row of their own."""
    then = before.towns if before else ()
    covered = {(cut.within, cut.key): cut.tally.covered_workers for cut in then}
    rows = [
        AreaRow(
            key=town_key(cut.within, cut.key),
            name=cut.key,
            within=cut.within,
            share=cut.tally.share,
            style=share_class(cut.tally.share),
            uncovered=cut.tally.uncovered_workers,
            p1=cut.tally.priority,
            training=None,
            lunch=cut.lunch,
            gained=cut.tally.covered_workers - covered.get((cut.within, cut.key), 0)
            if before
            else None,
        )
        for cut in view.towns
    ]
    return ranked(rows, theme=theme)


def site_rows(sites: Sequence[SiteCoverage], *, theme: str) -> list[SiteRow]:
    """Placed sites, loudest mark first and larger ones before smaller ones."""
    rows = [
        SiteRow(
            site, site_mark(site.state, priority=site.priority), BOX_MARKS[LunchBox(site.lunch.box)]
        )
        for site in sites
        if site.placed
    ]
    return sorted(rows, key=lambda row: (_rank(row, theme), -(row.site.workers or 0)))


def _rank(row: SiteRow, theme: str) -> int:
    if theme == "lunch":
        return _LUNCH_FIRST.index(row.site.lunch.level)
    return _LOUDEST_FIRST.index(row.style)
