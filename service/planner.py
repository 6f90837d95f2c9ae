"""The planner's coverage page and its data; behind the sign-in."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from flask import Blueprint, Response, jsonify, request

from geodata.accounts.hidden import hidden_points, without
from geodata.accounts.roles import Role
from geodata.answers.question import DAYS, Question
from geodata.answers.why import WhySheet
from geodata.boundaries.store import Boundaries
from geodata.boundaries.store import load as load_boundaries
from geodata.coverage.walk import DETOUR
from geodata.moments import BEIJING_TIME
from geodata.queries import why_sheet
from geodata.scenarios.kept import scenario as kept_scenario
from geodata.scenarios.kept import scenarios
from geodata.screen import Screen, screen
from geodata.store import Store
from maps.classes import LUNCH_MARKS, site_mark
from maps.coverage_page import coverage_values
from maps.features import coverage_document
from maps.invented import sample_sentence
from maps.outline import city_bounds, core_bounds, outline_document
from maps.planner import Shown, planner_map
from maps.towns import towns_document
from service import params
from service.clock import today
from service.desk.pages import header
from service.guard import needs, person
from service.request import Link, html_page, link_of, words_of
from service.settings import Settings

RADII_M = (300, 500, 800, 1000, 1200)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the query asks: the question, the scenario it is put to, what is shown of it."""

    question: Question
    scenario: str
    shown: params.Shown
    since: date | None = None


@dataclass(frozen=True, eq=False)
class Desk:
    """What the planner's pages work with."""

    settings: Settings
    store: Store
    screen: Callable[[Asked], Screen]
    towns: Callable[[], Boundaries]


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/planner` with its JSON, and `/planner/why/<id>` as a page and as JSON."""
    pages = Blueprint("planner", __name__, url_prefix="/planner")
    towns = _towns(store)
    desk = Desk(settings, store, _screens(store, towns), towns)
    basemap = settings.basemap

    @pages.get("")
    @needs(Role.VIEWER)
    def coverage() -> Response:
        return coverage_page(desk, asked())

    @pages.get("/coverage.json")
    @needs(Role.VIEWER)
    def data() -> Response:
        found = _seen(desk, desk.screen(asked()))
        return jsonify(coverage_document(found.view, basemap, before=found.before))

    @pages.get("/why/<int:site_id>")
    @needs(Role.VIEWER)
    def why_page_(site_id: int) -> Response:
        return why_page(_why(desk, site_id), detour=DETOUR)

    @pages.get("/why/<int:site_id>.json")
    @needs(Role.VIEWER)
    def why(site_id: int) -> Response:
        """Why a site stands as it does; texts as zh and en."""
        return jsonify(asdict(_why(desk, site_id)))

    @pages.get("/outline.json")
    @needs(Role.VIEWER)
    def outline() -> Response:
        return jsonify(outline_document(basemap, drawn=True))

    @pages.get("/towns.json")
    @needs(Role.VIEWER)
    def towns_json() -> Response:
        return jsonify(towns_document(basemap, desk.towns()))

    @pages.after_request
    def _private(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages


def asked() -> Asked:
    """The request's query; `hour=now` is this moment in Beijing."""
    query = request.args.to_dict()
    if query.get("hour") == "now":
        now = datetime.now(BEIJING_TIME)
        query["hour"] = f"{now.isoweekday()}T{now:%H:%M}"
    return Asked(
        params.asked(query),
        params.scenario(query),
        params.shown(query),
        params.since(query, today()),
    )


def _why(desk: Desk, site_id: int) -> WhySheet:
    found = asked()
    return why_sheet(
        desk.store, site_id, found.question, scenario=found.scenario, hidden=_hidden(desk)
    )


def _hidden(desk: Desk) -> frozenset[int]:
    with desk.store.reading() as session:
        return hidden_points(session, person())


def _seen(desk: Desk, found: Screen) -> Screen:
    """What the one who asks may read of a screen."""
    return replace(found, view=without(found.view, _hidden(desk)))


def coverage_page(desk: Desk, found: Asked) -> Response:
    """The page for one question: numbers, switches, map, ranking, lists."""
    words, root, link = words_of(request), request.script_root, link_of(request)
    here, basemap, towns = _seen(desk, desk.screen(found)), desk.settings.basemap, desk.towns()
    query = request.args.to_dict()
    made = planner_map(
        basemap=basemap,
        bounds=city_bounds(),
        core=core_bounds(),
        data_url=link("/planner/coverage.json", **query),
        outline_url=f"{root}/planner/outline.json",
        towns_url=f"{root}/planner/towns.json" if towns else "",
        shown=Shown(found.shown.theme, found.shown.area, swipe=here.before is not None),
        estimated=here.view.estimated,
        approximate=towns.approximate,
    )
    return html_page(
        "planner.html",
        **header("coverage"),
        map=made.render(words=words, root=root),
        shown=found.shown,
        question=found.question,
        query=query,
        since=found.since,
        **_choices(desk, found),
        **coverage_values(here, words, theme=found.shown.theme),
        why_link=partial(_why_link, link, query),
    )


def _choices(desk: Desk, found: Asked) -> dict[str, Any]:
    """What the switches offer."""
    words, hour = words_of(request), found.question.hour
    with desk.store.reading() as session:
        names = [kept.name for kept in scenarios(session)]
    return {
        "radii": [
            (f"{metres}", words("metres_short", metres=metres), {"radius": metres})
            for metres in RADII_M
        ],
        "areas": [
            (name, words(f"area_{name}"), {"area": None if name == "district" else name})
            for name in params.AREAS
        ],
        "days": [words.both(*pair) for pair in zip(DAYS, WEEKDAYS, strict=True)],
        "clock": f"{hour.minute // 60:02d}:{hour.minute % 60:02d}" if hour else "12:00",
        "hour_chosen": _hour_chosen(found),
        "has_towns": bool(desk.towns()),
        "scenarios": names,
        "lunch_levels": LUNCH_MARKS,
    }


def _hour_chosen(found: Asked) -> str:
    if request.args.get("hour") == "now":
        return "now"
    return "" if found.question.hour else "any"


def _why_link(link: Link, query: dict[str, str], site_id: int) -> str:
    return link(f"/planner/why/{site_id}", **query)


def why_page(sheet: WhySheet, *, detour: float) -> Response:
    """The sheet of one site as a page; the coverage page shows its article beside the map."""
    return html_page(
        "why.html",
        **header("coverage"),
        sample=sample_sentence([sheet.sample]),
        sheet=sheet,
        detour=detour,
        style=site_mark(sheet.state.value, priority=sheet.priority),
        back=link_of(request)("/planner", **request.args.to_dict()),
    )


def _towns(store: Store) -> Callable[[], Boundaries]:
    """The loaded town outlines, read once for each version of the data."""

    @lru_cache(maxsize=1)
    def at(_version: int) -> Boundaries:
        with store.reading() as session:
            return load_boundaries(session)

    return lambda: at(store.version())


def _screens(store: Store, towns: Callable[[], Boundaries]) -> Callable[[Asked], Screen]:
    """Works out a screen once for each version of the data: a page and its map ask for the same."""

    @lru_cache(maxsize=1)
    def of(_version: int) -> Callable[[str, Question, str, date | None], Screen]:
        # What was worked out of older data goes with them: each screen holds a whole city.
        @lru_cache(maxsize=8)
        def at(_changes: str, question: Question, scenario: str, since: date | None) -> Screen:
            return screen(store, question, scenario=scenario, since=since, towns=towns())

        return at

    def find(found: Asked) -> Screen:
        changes = ""
        if found.scenario:
            with store.reading() as session:
                # A scenario can be overwritten without the data growing a version.
                changes = repr(kept_scenario(session, found.scenario).changes)
        return of(store.version())(changes, found.question, found.scenario, found.since)

    return find
