"""The planner's coverage page and its data; behind the sign-in."""

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache

from flask import Blueprint, Response, jsonify, request

from geodata.queries import planner_view, why_sheet
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
    """`/planner`, `/planner/coverage.json`, `/planner/why/<id>.json`, `/planner/outline.json`."""
    pages = Blueprint("planner", __name__, url_prefix="/planner")
    basemap, view = settings.basemap, _views(store)

    @pages.get("")
    def coverage() -> Response:
        asked = params.question(request.args)
        page = coverage_page(view(asked), basemap, asked)
        return Response(page, content_type="text/html; charset=utf-8")

    @pages.get("/coverage.json")
    def data() -> Response:
        asked = params.question(request.args)
        return jsonify(coverage_document(view(asked), basemap))

    @pages.get("/why/<int:site_id>.json")
    def why(site_id: int) -> Response:
        """Why a site stands as it does; texts as zh and en."""
        asked, scenario = params.asked(request.args), params.scenario(request.args)
        return jsonify(asdict(why_sheet(store, site_id, asked, scenario=scenario)))

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


def _views(store: Store) -> Callable[[params.Question], PlannerView]:
    """Works out a view once for each version of the data: a page and its map ask for the same."""

    @lru_cache(maxsize=8)
    def at(_version: int, radius_m: float, rectifying: bool) -> PlannerView:
        return planner_view(store, radius_m=radius_m, count_rectifying=rectifying)

    return lambda asked: at(store.version(), asked.radius_m, asked.rectifying)
