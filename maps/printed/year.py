"""A year on paper: numbers and what changed, districts, maps, programmes, how it is counted."""

from dataclasses import dataclass

from geodata.programmes.progress import Progress
from geodata.programmes.targets import Target
from geodata.screen import Screen
from maps.base import Bounds
from maps.coverage_page import percent
from maps.outline import city_bounds, core_bounds
from maps.printed.area import Area, draw_area
from maps.printed.book import INK_2, INK_3, MARGIN_MM, PRIMARY, Book
from maps.printed.coverage import Made, change_words, early, headline, methods, site_table, unserved
from maps.printed.flow import Column, Flow
from maps.printed.legend import draw_legend
from maps.printed.publish import published
from maps.words import Words

_MAP_MM = 190.0
_LISTED = 30
_MAPS = (("report_map_city", city_bounds), ("report_map_core", core_bounds))


@dataclass(frozen=True, eq=False)
class YearReport:
    """A year: the screen at its end beside the end of the year before, and its programmes."""

    year: int
    screen: Screen
    programmes: tuple[Progress, ...]
    lunch: tuple[Target, ...]


def year_pdf(report: YearReport, made: Made, words: Words) -> bytes:
    """The report as a PDF.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    title = words("report_year_title", year=report.year)
    return published(
        title, made, report.screen.view, words, lambda book: _write(book, report, made, words)
    )


def _write(book: Book, report: YearReport, made: Made, words: Words) -> None:
    flow = Flow(book)
    _cover(flow, report, made, words)
    flow.new_page()
    _numbers(flow, report, words)
    _districts(flow, report, words)
    for key, bounds in _MAPS:
        flow.new_page()
        _map(flow, _area(report, bounds()), words(key), made, words)
    _urgent(flow, report, words)
    _programmes(flow, report, words)
    if report.screen.view.parameters is not None:
        methods(flow, report.screen.view.parameters, words)


def _cover(flow: Flow, report: YearReport, made: Made, words: Words) -> None:
    flow.sheet.box(MARGIN_MM, 78.0, 14.0, 1.6, PRIMARY)
    flow.y = 86.0
    flow.lines(words("brand"), size=12, colour=PRIMARY, bold=True)
    flow.gap(2.0)
    flow.lines(flow.book.title, size=28, bold=True)
    flow.gap(3.0)
    flow.lines(words("report_made", date=words.date(made.day)), size=12, colour=INK_2)
    flow.gap(24.0)
    totals = report.screen.view.totals
    flow.lines(
        words(
            "report_cover_line",
            share=percent(totals.share),
            uncovered=words.number(totals.uncovered_workers),
            gaps=words.number(totals.gaps),
            p1=words.number(totals.p1),
        ),
        size=14,
    )
    flow.gap(2.0)
    flow.lines(words("report_cover_basis"), size=9, colour=INK_3)
    early(flow, report.screen.view, words)


def _numbers(flow: Flow, report: YearReport, words: Words) -> None:
    flow.title(words("report_numbers"))
    flow.numbers(headline(report.screen, words))
    change = report.screen.change
    if change is None:
        flow.lines(words("report_no_change", year=report.year - 1), size=9, colour=INK_2)
        return
    gained = words.both(change.city.said.zh, change.city.said.en)
    points = change_words(change.city.points, words)
    flow.lines(words("report_change", year=report.year - 1, points=points, gained=gained), size=9)


def _districts(flow: Flow, report: YearReport, words: Words) -> None:
    flow.heading(words("report_districts"))
    gains = {one.key: one for one in report.screen.change.districts} if report.screen.change else {}
    columns = (
        Column(words("col_district"), 14),
        Column(words("col_share"), 11, figure=True),
        Column(words("report_change_head"), 16, figure=True),
        Column(words("col_uncovered"), 13, figure=True),
        Column(words("report_gaps"), 10, figure=True),
        Column(words("report_p1"), 8, figure=True),
        Column(words("report_to_check"), 9, figure=True),
        Column(words("col_in_service"), 11, figure=True),
        Column(words("col_per_100k"), 15, figure=True),
    )
    rows = [
        (
            row.name,
            percent(row.share),
            change_words(gains[row.name].points, words) if row.name in gains else "—",
            "—" if row.share is None else words.number(row.uncovered_workers),
            words.number(row.gaps),
            words.number(row.p1),
            words.number(row.unknown),
            words.number(row.in_service),
            "—" if row.per_100k is None else words.decimal(row.per_100k, 1),
        )
        for row in report.screen.view.districts
    ]
    flow.table(columns, rows)


def _area(report: YearReport, bounds: Bounds) -> Area:
    view = report.screen.view
    shares = {row.name: row.share for row in view.districts}
    return Area(bounds, sites=tuple(unserved(view.sites)), shares=shares)


def _map(flow: Flow, area: Area, title: str, made: Made, words: Words) -> None:
    flow.title(title)
    box = flow.space(_MAP_MM)
    area = area.within(box.around(area.bounds))
    draw_area(flow.sheet, box, area, credit=made.credit)
    draw_legend(flow, area, words)


def _urgent(flow: Flow, report: YearReport, words: Words) -> None:
    listed = unserved(report.screen.view.sites)
    flow.new_page()
    shown = min(_LISTED, len(listed))
    flow.title(words("report_unserved"), words.n("report_unserved_of", len(listed), shown=shown))
    site_table(flow, listed[:_LISTED], words)


def _programmes(flow: Flow, report: YearReport, words: Words) -> None:
    flow.heading(words("report_programmes", year=report.year), keep=50.0)
    if not report.programmes and not report.lunch:
        flow.lines(words("report_no_programmes"), colour=INK_2)
        return
    columns = (
        Column(words("programmes_measure"), 21),
        Column(words("programmes_target"), 9, figure=True),
        *(Column(words(f"programmes_{key}"), 11, figure=True) for key in _STAGES),
        Column(words("programmes_basis"), 24),
    )
    rows = [
        (
            words.both(one.target.measure.label, one.target.measure.label_en),
            words.number(one.target.target),
            *(words.number(getattr(one.city, key)) for key in _STAGES),
            one.target.source,
        )
        for one in report.programmes
    ]
    rows += [
        (
            words.both(one.measure.label, one.measure.label_en),
            words.number(one.target),
            *("—" for _ in _STAGES),
            one.source,
        )
        for one in report.lunch
    ]
    flow.table(columns, rows)


_STAGES = ("declared", "approved", "built", "plaqued")
