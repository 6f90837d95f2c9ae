"""`/desk/reports`: every file an office can take along, each behind a link that names it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request

from geodata.accounts.roles import Role
from geodata.errors import ParameterError
from geodata.kinds import KINDS
from geodata.place.district import load_districts
from geodata.programmes.targets import years
from geodata.store import Store
from maps.printed.coverage import Made
from maps.printed.drawing import CannotDrawError
from service import errors, params, reports
from service.clock import today
from service.coverage_workbook import coverage_workbook
from service.desk.exports import FORMATS
from service.desk.pages import desk_page
from service.desk.reports_map import selection_map
from service.guard import needs, person
from service.request import words_of
from service.settings import Settings
from service.workbook import MEDIA_TYPE

_FORMAT_LABELS = {
    "xlsx": "Excel",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "fgb": "FlatGeobuf",
    "kml": "KML",
}
_PDF, _PNG = "application/pdf", "image/png"


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The page, and the reports that are made when they are asked for."""
    pages = Blueprint("reports", __name__, url_prefix="/desk/reports")

    @pages.get("")
    @needs(Role.VIEWER)
    def index() -> Response:
        with store.reading() as session:
            known = years(session)
        return desk_page(
            "desk/reports.html",
            here="reports",
            years=known,
            this_year=today().year,
            formats=formats(),
            districts=load_districts().names,
            kinds=list(KINDS),
            own=person().districts[:1],
        )

    _papers(pages, settings, store)
    _figures(pages, settings, store)
    return pages


def _papers(pages: Blueprint, settings: Settings, store: Store) -> None:
    """A year, a district, a point, each as a PDF."""

    def made() -> Made:
        return Made(today(), _credit(settings))

    @pages.get("/year/<int:year>.pdf")
    @needs(Role.VIEWER)
    def of_year(year: int) -> Response:
        def draw() -> bytes:
            return reports.year_report(
                store, year, who=person(), made=made(), words=words_of(request)
            )

        return drawn(draw, f"zhitu-{year}.pdf")

    @pages.get("/district.pdf")
    @needs(Role.VIEWER)
    def of_district() -> Response:
        def draw() -> bytes:
            return reports.district_report(
                store,
                district,
                params.asked(request.args),
                who=person(),
                made=made(),
                words=words_of(request),
                since=params.since(request.args, today()),
            )

        district = params.filters(request.args).district
        if not district:
            raise ParameterError("请在网址里写明哪个区，如 district=浦东新区", parameter="district")
        return drawn(draw, f"zhitu-{load_districts().code(district)}.pdf")

    @pages.get("/point/<int:service_id>.pdf")
    @needs(Role.VIEWER)
    def of_point(service_id: int) -> Response:
        def draw() -> bytes:
            return reports.point_report(
                store, service_id, who=person(), made=made(), words=words_of(request)
            )

        return drawn(draw, f"zhitu-point-{service_id}.pdf")


def _figures(pages: Blueprint, settings: Settings, store: Store) -> None:
    """The points of a filter as a picture, the coverage as a workbook."""
    draw_map = selection_map(store, partial(_credit, settings))

    @pages.get("/map.png")
    @needs(Role.VIEWER)
    def picture() -> Response:
        return drawn(lambda: draw_map(request.args, words_of(request)), "zhitu-map.png", _PNG)

    @pages.get("/coverage.xlsx")
    @needs(Role.VIEWER)
    def workbook() -> Response:
        query = request.args
        asked, scenario = params.asked(query), params.scenario(query)
        found = reports.seen(store, asked, who=person(), scenario=scenario)
        return download(coverage_workbook(found, day=today()), MEDIA_TYPE, "zhitu-coverage.xlsx")


def _credit(settings: Settings) -> str:
    return reports.credit(settings.basemap, words_of(request))


def drawn(draw: Callable[[], bytes], name: str, media: str = _PDF) -> Response:
    """A report as a download, or what the server lacks to draw it."""
    try:
        return download(draw(), media, name)
    except CannotDrawError as error:
        return errors.answer(501, f"{error}急用的话，打开覆盖页，用浏览器打印。")


def download(content: bytes, media: str, name: str) -> Response:
    """A file to keep; nobody else's cache may."""
    response = Response(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def formats() -> dict[str, str]:
    """Suffixes of exports and their names, Excel first."""
    known = sorted(FORMATS, key=lambda suffix: suffix != "xlsx")
    return {suffix: _FORMAT_LABELS.get(suffix, suffix) for suffix in known}
