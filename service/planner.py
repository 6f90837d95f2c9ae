"""The planner's coverage page and its data; behind the sign-in."""

from flask import Blueprint, Response, jsonify, request

from geodata.queries import planner_view
from geodata.store import Store
from geodata.views import PlannerView
from maps.base import Basemap
from maps.coverage_page import coverage_values
from maps.features import coverage_document
from maps.outline import city_bounds, core_bounds, outline_document
from maps.page import render
from maps.planner import planner_map
from service import params
from service.request import link_of, words_of
from service.settings import Settings


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/planner`, `/planner/coverage.json`, `/planner/outline.json`."""
    pages = Blueprint("planner", __name__, url_prefix="/planner")
    basemap = settings.basemap

    @pages.get("")
    def coverage() -> Response:
        asked = params.question(request.args)
        page = coverage_page(_view(store, asked), basemap, asked)
        return Response(page, content_type="text/html; charset=utf-8")

    @pages.get("/coverage.json")
    def data() -> Response:
        asked = params.question(request.args)
        return jsonify(coverage_document(_view(store, asked), basemap))

    @pages.get("/outline.json")
    def outline() -> Response:
        return jsonify(outline_document(basemap, drawn=True))

    @pages.after_request
    def _private(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages


def coverage_page(view: PlannerView, basemap: Basemap, asked: params.Question) -> str:
    """The page for one question: numbers, map, ranking, lists."""
    words, root, link = words_of(request), request.script_root, link_of(request)
    data_url = link(
        "/planner/coverage.json", radius=f"{asked.radius_m:g}", rectifying=int(asked.rectifying)
    )
    made = planner_map(
        basemap=basemap,
        bounds=city_bounds(),
        core=core_bounds(),
        data_url=data_url,
        outline_url=f"{root}/planner/outline.json",
        theme=asked.theme,
    )
    return render(
        "planner.html",
        words=words,
        root=root,
        link=link,
        map=made.render(words=words, root=root),
        asked=asked,
        **coverage_values(view, words, theme=asked.theme),
    )


def _view(store: Store, asked: params.Question) -> PlannerView:
    return planner_view(store, radius_m=asked.radius_m, count_rectifying=asked.rectifying)
