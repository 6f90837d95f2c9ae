"""One district on paper: its numbers, its map, what is not served, its towns."""

from dataclasses import dataclass, replace

from geodata.answers.cuts import Cut
from geodata.coverage_rows import totals
from geodata.screen import Screen
from geodata.views import DistrictCoverage, PlannerView
from maps.coverage_page import percent
from maps.outline import district_bounds
from maps.printed.area import Area, draw_area
from maps.printed.book import INK_2, Book
from maps.printed.coverage import Made, basis, early, headline, site_table, unserved
from maps.printed.flow import Column, Flow
from maps.printed.legend import draw_legend
from maps.printed.publish import published
from maps.words import Words

_MAP_MM = 118.0
# More numbers than these would hide the map.
_NUMBERED = 30


@dataclass(frozen=True, eq=False)
class DistrictReport:
    """A district of a screen."""

    name: str
    screen: Screen

    @property
    def row(self) -> DistrictCoverage:
        return next(row for row in self.screen.view.districts if row.name == self.name)

    @property
    def own(self) -> Screen:
        """The screen as if the district were the city; neighbours' points still serve."""
        view, change = self.screen.view, self.screen.change
        own_change = None
        if change is not None:
            gain = next((one for one in change.districts if one.key == self.name), None)
            own_change = replace(change, city=gain) if gain else None
        return replace(self.screen, view=_within(view, self.name, self.row), change=own_change)


def district_pdf(report: DistrictReport, made: Made, words: Words) -> bytes:
    """The report as a PDF.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    title = words("report_district_title", district=report.name)
    return published(
        title, made, report.screen.view, words, lambda book: _write(book, report, made, words)
    )


def _write(book: Book, report: DistrictReport, made: Made, words: Words) -> None:
    flow, own = Flow(book), report.own
    flow.title(book.title, words("report_made", date=words.date(made.day)))
    flow.numbers(headline(own, words))
    early(flow, own.view, words)
    flow.lines(_points_line(report.row, words), size=9, colour=INK_2)
    flow.gap(3.0)
    listed = unserved(own.view.sites)
    _map(flow, report, made, words, [site.id for site in listed[:_NUMBERED]])
    flow.heading(words("report_unserved"))
    if listed:
        site_table(flow, listed, words)
    else:
        flow.lines(words("report_all_served"), colour=INK_2)
    _towns(flow, [cut for cut in report.screen.view.towns if cut.within == report.name], words)
    if report.screen.view.parameters is not None:
        flow.heading(words("report_parameters"), keep=40.0)
        flow.facts(basis(report.screen.view.parameters, words))


def _within(view: PlannerView, name: str, row: DistrictCoverage) -> PlannerView:
    return replace(
        view,
        totals=totals(row.cut) if row.cut is not None else view.totals,
        sites=tuple(site for site in view.sites if site.district == name),
        points=tuple(point for point in view.points if point.district == name),
    )


def _points_line(row: DistrictCoverage, words: Words) -> str:
    per_100k = "—" if row.per_100k is None else words.decimal(row.per_100k, 1)
    return words(
        "report_points_line",
        points=words.number(row.points),
        in_service=words.number(row.in_service),
        per_100k=per_100k,
    )


def _map(flow: Flow, report: DistrictReport, made: Made, words: Words, numbered: list[int]) -> None:
    view = report.screen.view
    box = flow.space(_MAP_MM)
    area = Area(
        district_bounds(report.name),
        sites=report.own.view.sites,
        points=view.points,
        chosen=report.name,
        numbered=numbered,
    )
    area = area.within(box.around(area.bounds))
    draw_area(flow.sheet, box, area, credit=made.credit)
    draw_legend(flow, area, words)


def _towns(flow: Flow, towns: list[Cut], words: Words) -> None:
    if not towns:
        return
    flow.heading(words("report_towns"))
    columns = (
        Column(words("col_town"), 20),
        Column(words("col_share"), 10, figure=True),
        Column(words("col_uncovered"), 12, figure=True),
        Column(words("report_gaps"), 10, figure=True),
        Column(words("report_p1"), 10, figure=True),
        Column(words("report_to_check"), 10, figure=True),
        Column(words("report_lunch"), 12, figure=True),
    )
    rows = sorted(towns, key=lambda cut: (-cut.tally.uncovered_workers, cut.key))
    flow.table(columns, [_town_row(cut, words) for cut in rows])


def _town_row(cut: Cut, words: Words) -> tuple[str, ...]:
    tally = cut.tally
    uncovered = "—" if tally.share is None else words.number(tally.uncovered_workers)
    return (
        cut.key or words("town_unknown"),
        percent(tally.share),
        uncovered,
        words.number(tally.gaps),
        words.number(tally.priority),
        words.number(tally.unknown),
        words.number(cut.lunch.listed),
    )
