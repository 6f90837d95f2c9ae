"""What the reports about coverage have in common: headline numbers, tables, the methods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geodata.answers.question import Parameters
from geodata.coverage.gaps import GapState
from geodata.coverage.walk import DETOUR
from geodata.screen import Screen
from geodata.views import PlannerView, SiteCoverage
from maps.coverage_page import numbers
from maps.printed.book import BAD, DOUBT, INK, PRIMARY
from maps.printed.flow import Column, Figure, Flow
from maps.words import Words

_TONES = {"good": PRIMARY, "bad": BAD}
_UNSERVED = (GapState.GAP, GapState.UNKNOWN_CLINIC, GapState.HOURS_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Made:
    """When a report was asked for, and what is said of its maps."""

    day: date
    credit: str


def headline(screen: Screen, words: Words) -> list[Figure]:
    """The six numbers of the coverage screen, each with its basis."""
    return [
        Figure(
            label=words(one.key),
            value=one.text,
            basis=one.basis,
            tone=_TONES.get(one.tone, INK),
            change=one.change,
            better=one.better,
        )
        for one in numbers(screen, words)
    ]


def unserved(sites: Iterable[SiteCoverage]) -> list[SiteCoverage]:
    """Sites that nobody surely serves: urgent ones first, then by their workers."""
    found = [site for site in sites if site.state in _UNSERVED]
    order = {state.value: n for n, state in enumerate(_UNSERVED)}
    return sorted(
        found,
        key=lambda one: (not one.priority, order[one.state], -(one.workers or 0), one.id),
    )


def site_table(flow: Flow, sites: Sequence[SiteCoverage], words: Words) -> None:
    """Sites that are not served, numbered as on the map, and why."""
    columns = (
        Column(words("report_number"), 4, figure=True),
        Column(words("col_site"), 22),
        Column(words("col_town"), 11),
        Column(words("col_workers"), 9, figure=True),
        Column(words("report_nearest"), 11, figure=True),
        Column(words("col_reason"), 26),
    )
    rows = [
        (
            str(number),
            site.name,
            site.town or words("town_unknown"),
            heads(site.workers, words),
            "—" if site.nearest_m is None else words.number(round(site.nearest_m)),
            words.both(site.reason, site.reason_en),
        )
        for number, site in enumerate(sites, start=1)
    ]
    flow.table(columns, rows)


def heads(workers: int | None, words: Words) -> str:
    """A number of workers; unknown is never 0."""
    return words("unknown") if workers is None else words.number(workers)


def change_words(points: float | None, words: Words) -> str:
    """A change in percentage points; a dash where there is none to tell."""
    return "—" if points is None else words("points_change", points=f"{points:+.1f}")


def basis(parameters: Parameters, words: Words) -> list[tuple[str, str]]:
    """Under which parameters everything was worked out."""
    return [
        (words("report_radius"), words("metres_short", metres=f"{parameters.radius_m:g}")),
        (words("report_walk"), _walking(parameters, words)),
        (
            words("report_rectifying"),
            words("counted_yes" if parameters.count_rectifying else "counted_no"),
        ),
        (words("report_as_of"), parameters.as_of or words("report_now")),
        (words("report_records"), parameters.records_from or words("report_no_records")),
        (words("report_data"), str(parameters.data_version)),
        (words("report_software"), parameters.software_version),
    ]


def _walking(parameters: Parameters, words: Words) -> str:
    estimate = words("walking_estimate", detour=f"{DETOUR:g}")
    return estimate if parameters.estimated else parameters.walking


def early(flow: Flow, view: PlannerView, words: Words) -> None:
    """Say it where the day asked for lies before the first status on record."""
    known = view.parameters.records_from if view.parameters else ""
    asked = view.parameters.as_of if view.parameters else ""
    if asked and known > asked:
        flow.gap(2.0)
        text = words("report_early", day=words.date(date.fromisoformat(known)))
        flow.lines(text, size=9, colour=DOUBT)


def methods(flow: Flow, parameters: Parameters, words: Words) -> None:
    """How the numbers are made, on a page of its own."""
    flow.new_page()
    flow.title(words("report_methods"))
    for key in ("covered", "share", "gap", "walk", "placed", "border", "unknown", "lunch"):
        flow.lines(words(f"report_method_{key}", **_values(parameters)))
        flow.gap(2.0)
    flow.heading(words("report_parameters"))
    flow.facts(basis(parameters, words))


def _values(parameters: Parameters) -> dict[str, str]:
    return {
        "radius": f"{parameters.radius_m:g}",
        "large": f"{parameters.large_workers:,}",
        "rho": f"{parameters.lunch_rho:g}",
        "minutes": f"{parameters.radius_m / parameters.metres_a_minute:.0f}",
    }
