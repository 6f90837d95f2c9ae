"""The reports of the desk and of the command line: the data asked for, then written down."""

from dataclasses import replace
from datetime import date

from geodata.accounts.hidden import hidden_points, without
from geodata.accounts.roles import Person
from geodata.answers.question import Question
from geodata.answers.serves import serves
from geodata.boundaries.store import load as load_boundaries
from geodata.errors import NotFoundError, ParameterError
from geodata.place.district import load_districts
from geodata.points.detail import detail
from geodata.programmes.progress import declared, progress
from geodata.programmes.targets import targets
from geodata.queries import ask
from geodata.screen import Screen, screen
from geodata.store import Store
from maps.base import Basemap
from maps.printed.coverage import Made
from maps.printed.district import DistrictReport, district_pdf
from maps.printed.site import PointReport, point_pdf
from maps.printed.year import YearReport, year_pdf
from maps.words import Words

FIRST_YEAR = 2000


def district_report(
    store: Store,
    district: str,
    asked: Question,
    *,
    who: Person,
    made: Made,
    words: Words,
    since: date | None = None,
) -> bytes:
    """One district as a PDF, as of the day of the question.

    Raises:
        ParameterError: there is no such district.
    """
    if district not in load_districts().names:
        names = "、".join(load_districts().names)
        raise ParameterError(f"没有叫“{district[:20]}”的区；应为：{names}。")
    found = seen(store, asked, who=who, since=since)
    made = replace(made, day=asked.as_of or made.day)
    return district_pdf(DistrictReport(district, found), made, words)


def year_report(store: Store, year: int, *, who: Person, made: Made, words: Words) -> bytes:
    """A year as a PDF: at its end, or today while it lasts, beside the end of the year before.

    Raises:
        NotFoundError: the year has not begun, or is out of mind.
    """
    if not FIRST_YEAR <= year <= made.day.year:
        raise NotFoundError(f"没有 {year} 年的报告。")
    end = date(year, 12, 31)
    asked = Question(as_of=end) if end < made.day else Question()
    found = seen(store, asked, who=who, since=date(year - 1, 12, 31))
    with store.reading() as session:
        aims, points = targets(session, year), declared(session)
    names = load_districts().names
    report = YearReport(
        year=year,
        screen=found,
        programmes=tuple(progress(points, one, year, names) for one in aims if one.measure.kind),
        lunch=tuple(one for one in aims if one.measure.kind is None),
    )
    return year_pdf(report, replace(made, day=asked.as_of or made.day), words)


def point_report(store: Store, service_id: int, *, who: Person, made: Made, words: Words) -> bytes:
    """One service point as a PDF.

    Raises:
        NotFoundError: there is no such point.
        ForbiddenError: it is another's, and not public.
    """
    with store.reading() as session:
        point = detail(session, service_id, by=who, today=made.day)
    places = seen(store, Question(), who=who).view.points
    around = tuple(place for place in places if place.id != point.door.id)
    answer = ask(store, Question())
    report = PointReport(point, around, serves(answer, service_id), answer.parameters)
    return point_pdf(report, made, words)


def seen(
    store: Store, asked: Question, *, who: Person, since: date | None = None, scenario: str = ""
) -> Screen:
    """The coverage screen without what the person may not read."""
    with store.reading() as session:
        hidden, towns = hidden_points(session, who), load_boundaries(session)
    found = screen(store, asked, scenario=scenario, since=since, towns=towns)
    return replace(found, view=without(found.view, hidden))


def credit(basemap: Basemap, words: Words) -> str:
    """What has to stand on a printed map."""
    approval = basemap.approval
    return words("approval", number=approval) if approval else words("sketch")
