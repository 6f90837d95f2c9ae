"""What the coverage page shows around its map: six numbers, the ranking, the Lorenz curve."""

from dataclasses import dataclass
from typing import Any

from geodata.screen import Screen, Spread
from geodata.views import CoverageTotals, PlannerView
from maps.invented import sample_sentence
from maps.ranking import BAR_WIDTH, district_rows, site_rows, town_rows
from maps.words import Words

CURVE_PX = 220.0


@dataclass(frozen=True, slots=True)
class Number:
    """One headline number: key of its words, text, tone (good, bad or empty), basis below.

    `change` is what a scenario adds to it, `rises` whether that is for the better.
    """

    key: str
    text: str
    tone: str
    basis: str
    change: str = ""
    better: bool = True


def coverage_values(screen: Screen, words: Words, *, theme: str) -> dict[str, Any]:
    """All values the page and the one-file map need."""
    view = screen.view
    return {
        "view": view,
        "scenario_shown": view.parameters.scenario if view.parameters else "",
        "numbers": lunch_numbers(view, words) if theme == "lunch" else numbers(screen, words),
        "district_rows": district_rows(view.districts, theme=theme, change=screen.change),
        "town_rows": town_rows(view, theme=theme, before=screen.before),
        "site_rows": site_rows(view.sites, theme=theme),
        "spread": screen.spread,
        "change": screen.change,
        "records_from": screen.records_from,
        "too_wide": view.too_wide,
        "curve": curve_path(screen.spread),
        "curve_px": CURVE_PX,
        "training_total": sum(row.training_points for row in view.districts),
        "training_districts": sum(row.training_points > 0 for row in view.districts),
        "training_none": words.listed(
            row.name for row in view.districts if not row.training_points
        ),
        "unplaced_sites": [site for site in view.sites if not site.placed],
        "sample": _sample(view),
        "bar_width": BAR_WIDTH,
    }


def _sample(view: PlannerView) -> str:
    points = [point.sample for point in view.points]
    return sample_sentence([*points, *(site.sample for site in view.sites)])


def numbers(screen: Screen, words: Words) -> list[Number]:
    """The six numbers; what is unknown is a dash, never 0."""
    totals, change = screen.view.totals, screen.change
    beside = {"share_800": percent(totals.share_800), "share_1200": percent(totals.share_1200)}
    points = change.city.points if change else None
    gained = change.city.gained if change else 0
    return [
        Number(
            "share",
            percent(totals.share),
            "good",
            words("share_basis", **beside),
            words("points_change", points=f"{points:+.1f}") if points else "",
            (points or 0) >= 0,
        ),
        Number(
            "uncovered",
            people(totals.uncovered_workers, words),
            "",
            _uncovered_basis(totals, words),
            words("heads_change", heads=f"{-gained:+,}") if gained else "",
            gained >= 0,
        ),
        Number("gaps", str(totals.gaps), "", words.n("gaps_basis", totals.sites)),
        Number("p1", str(totals.p1), "bad" if totals.p1 else "", words("p1_basis")),
        Number("to_check", str(totals.unknown), "", words("to_check_basis")),
        Number("uncounted", str(totals.uncounted), "", words("uncounted_basis")),
    ]


def _uncovered_basis(totals: CoverageTotals, words: Words) -> str:
    counted = words("uncovered_basis", counted=people(totals.counted_workers, words))
    if not totals.hanging_workers:
        return counted
    hanging = people(totals.hanging_workers, words)
    return counted + words("hanging_basis", workers=hanging)


def lunch_numbers(view: PlannerView, words: Words) -> list[Number]:
    """Meals short, sites listed, and the four boxes with those that cannot be computed."""
    cut = view.totals.cut
    boxes = dict.fromkeys(("both", "declared_only", "computed_only", "neither", "no_data"), 0)
    for site in view.sites:
        boxes[site.lunch.box] += 1
    known = cut is not None and cut.lunch.share is not None
    short = people(round(cut.lunch.gap), words) if cut and known else "—"
    share = percent(cut.lunch.share if cut else None)
    listed = sum(site.lunch.listed for site in view.sites)
    return [
        Number("meals_short", short, "bad" if known else "", words("meals_basis", share=share)),
        Number("listed", str(listed), "", words.n("listed_basis", len(view.sites))),
        Number("both", str(boxes["both"]), "", words("box_both")),
        Number("declared_only", str(boxes["declared_only"]), "", words("box_declared_only")),
        Number("computed_only", str(boxes["computed_only"]), "", words("box_computed_only")),
        Number("no_data", str(boxes["no_data"]), "", words("box_no_data")),
    ]


def curve_path(spread: Spread | None) -> str:
    """The Lorenz curve as an SVG path in a square of `CURVE_PX`; empty when undefined."""
    if spread is None or not spread.curve:
        return ""
    return "M" + "L".join(f"{x * CURVE_PX:.1f} {(1 - y) * CURVE_PX:.1f}" for x, y in spread.curve)


def percent(share: float | None) -> str:
    """A share as per cent with one decimal; a dash where there is no count."""
    return "—" if share is None else f"{share * 100:.1f}%"


def people(count: int, words: Words) -> str:
    """A number of people, in 万 from ten thousand on where the page is Chinese."""
    plain = f"{count:,}"
    return plain if count < 10_000 else words.both(f"{count / 10_000:.1f} 万", plain)
