"""What the coverage page shows around its map: six numbers and the map in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geodata.views import DistrictCoverage, PlannerView, SiteCoverage
from maps.classes import LUNCH_MARKS, SITE_MARKS, lunch_mark, share_class, site_mark
from maps.invented import sample_sentence
from maps.words import Words

_LOUDEST_FIRST = tuple(SITE_MARKS)
_LUNCH_FIRST = tuple(LUNCH_MARKS)
BAR_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Number:
    """One headline number: key of its words, text, tone (good, bad or empty), basis below."""

    key: str
    text: str
    tone: str
    basis: str


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district in the ranking; `bar` is the width of its bar out of `BAR_WIDTH`."""

    district: DistrictCoverage
    style: str
    bar: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A demand site in the ranking with the mark it has on the map."""

    site: SiteCoverage
    style: str
    lunch_style: str


def coverage_values(view: PlannerView, words: Words, *, theme: str) -> dict[str, Any]:
    """All values the page and the one-file map need."""
    return {
        "view": view,
        "numbers": numbers(view, words),
        "district_rows": district_rows(view.districts),
        "site_rows": site_rows(view.sites, theme=theme),
        "training_total": sum(row.training_points for row in view.districts),
        "training_districts": sum(row.training_points > 0 for row in view.districts),
        "training_none": [row.name for row in view.districts if not row.training_points],
        "unplaced_sites": [site for site in view.sites if not site.placed],
        "sample": _sample(view),
        "bar_width": BAR_WIDTH,
    }


def _sample(view: PlannerView) -> str:
    points = [point.sample for point in view.points]
    return sample_sentence([*points, *(site.sample for site in view.sites)])


def numbers(view: PlannerView, words: Words) -> list[Number]:
    """The six numbers; what is unknown is a dash, never 0."""
    totals = view.totals
    beside = {"share_800": percent(totals.share_800), "share_1200": percent(totals.share_1200)}
    counted = people(totals.counted_workers, words)
    return [
        Number("share", percent(totals.share), "good", words("share_basis", **beside)),
        Number(
            "uncovered",
            people(totals.uncovered_workers, words),
            "",
            words("uncovered_basis", counted=counted),
        ),
        Number("gaps", str(totals.gaps), "", words("gaps_basis", sites=totals.sites)),
        Number("p1", str(totals.p1), "bad" if totals.p1 else "", words("p1_basis")),
        Number("to_check", str(totals.unknown), "", words("to_check_basis")),
        Number("uncounted", str(totals.uncounted), "", words("uncounted_basis")),
    ]


def percent(share: float | None) -> str:
    """A share as per cent with one decimal; a dash where there is no count."""
    return "—" if share is None else f"{share * 100:.1f}%"


def people(count: int, words: Words) -> str:
    """A number of people, in 万 from ten thousand on where the page is Chinese."""
    plain = f"{count:,}"
    return plain if count < 10_000 else words.both(f"{count / 10_000:.1f} 万", plain)


def district_rows(districts: Sequence[DistrictCoverage]) -> list[DistrictRow]:
    """Districts with the most uncovered workers first; those without a count last."""
    most = max((row.uncovered_workers for row in districts), default=0) or 1
    ordered = sorted(districts, key=lambda row: (row.share is None, -row.uncovered_workers))
    return [
        DistrictRow(row, share_class(row.share), round(BAR_WIDTH * row.uncovered_workers / most))
        for row in ordered
    ]


def site_rows(sites: Sequence[SiteCoverage], *, theme: str) -> list[SiteRow]:
    """Placed sites, loudest mark first and larger ones before smaller ones."""
    rows = [
        SiteRow(
            site,
            site_mark(site.state, priority=site.priority),
            lunch_mark(site.lunch.level),
        )
        for site in sites
        if site.placed
    ]
    return sorted(rows, key=lambda row: (_rank(row, theme), -(row.site.workers or 0)))


def _rank(row: SiteRow, theme: str) -> int:
    if theme == "lunch":
        return _LUNCH_FIRST.index(row.site.lunch.level)
    return _LOUDEST_FIRST.index(row.style)
