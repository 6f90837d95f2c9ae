"""`/desk/points`: the table of service points with the map's filters, and changing many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from geodata.accounts.roles import Person, Role
from geodata.errors import ParameterError
from geodata.facilities import FACILITIES
from geodata.kinds import KINDS, STATUS_LABELS, Works
from geodata.place.district import load_districts
from geodata.points.find import PointsWanted, Seen, find, ordered, seen
from geodata.points.rows import PointRow, PointRows, places_of, point_rows
from geodata.snapshot import Snapshot
from geodata.store import Store
from importers.hours.read import read_hours
from maps.outline import city_bounds
from maps.points import drawn_places, points_document, points_map
from service import params
from service.clock import today
from service.desk import points_bulk
from service.desk.pages import desk_page
from service.desk.point_words import hours_said
from service.desk.points_query import FILTERS, asked, points_wanted
from service.guard import needs, person
from service.request import link_of, words_of
from service.settings import Settings

ROWS_A_PAGE = 100
MOST_BYTES = 64 * 1024
COLUMNS = ("name", "kind", "district", "status", "year", "hours", "workers", "due")


@dataclass(frozen=True, eq=False)
class Selection:
    """What one account's filters leave, as rows and as places to draw."""

    rows: list[PointRow]
    listed: Mapping[int, list[PointRow]]
    snapshot: Snapshot


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The table, its map's JSON, hours read in words, and the bulk edit."""
    pages = Blueprint("points", __name__, url_prefix="/desk/points")
    selected = _selections(store)
    basemap = settings.basemap

    @pages.before_request
    def _room() -> None:
        request.max_content_length = MOST_BYTES

    @pages.get("")
    @needs(Role.VIEWER)
    def table() -> Response:
        return _table(settings, selected)

    @pages.get("/clusters.json")
    @needs(Role.VIEWER)
    def clusters() -> Response:
        window = params.view(request.args)
        west, south, east, north = window.bbox
        bbox = (*basemap.take(west, south), *basemap.take(east, north))
        found = selected(points_wanted(request.args))
        seen = found.snapshot.clusters(bbox, window.zoom)
        response = jsonify(points_document(seen, found.listed, basemap))
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @pages.get("/hours.json")
    @needs(Role.VIEWER)
    def hours() -> Response:
        text = request.args.get("text", "")[: params.MAX_TEXT * 4]
        return jsonify({"said": hours_said(words_of(request), text, read_hours(text))})

    @pages.post("/bulk")
    @needs(Role.EDITOR)
    def bulk() -> Response:
        return points_bulk.answer(store)

    return pages


def _selections(store: Store) -> Callable[[PointsWanted], Selection]:
    rows = point_rows(store)

    @lru_cache(maxsize=4)
    def among(held: PointRows, by: Person) -> Seen:
        return seen(held, by)

    @lru_cache(maxsize=4)
    def select(held: PointRows, wanted: PointsWanted, by: Person, day: date) -> Selection:
        found = find(among(held, by), wanted, today=day)
        places = drawn_places(found)
        return Selection(found, places_of(found), Snapshot(held.version, places))

    return lambda wanted: select(rows(), wanted, person(), today())


def _table(settings: Settings, selected: Callable[[PointsWanted], Selection]) -> Response:
    query = asked(request.args)
    rows = ordered(selected(query.wanted).rows, query.order)
    last = max(1, ceil(len(rows) / ROWS_A_PAGE))
    if query.page > last:
        raise ParameterError(f"page 最大 {last}")
    first = (query.page - 1) * ROWS_A_PAGE
    made = points_map(
        basemap=settings.basemap,
        bounds=city_bounds(),
        query=urlencode(_filters()),
        root=request.script_root,
    )
    return desk_page(
        "desk/points.html",
        here="points",
        rows=rows[first : first + ROWS_A_PAGE],
        total=len(rows),
        first=first,
        page=query.page,
        last=last,
        today=today(),
        filters=_filters(),
        columns=_columns(query.order),
        query=urlencode(request.args.to_dict()),
        map=made.render(words=words_of(request), root=request.script_root),
        hours_said=hours_said,
        **choices(),
    )


def choices() -> dict[str, Any]:
    """What the selects of the table and the bulk edit offer."""
    return {
        "kinds": list(KINDS),
        "statuses": list(STATUS_LABELS),
        "districts": load_districts().names,
        "facilities": [(one.code, one.label, one.label_en) for one in FACILITIES],
        "works": list(Works),
    }


def _filters() -> dict[str, str]:
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _columns(order: str) -> list[tuple[str, str, str]]:
    """Each column with where its head leads and how it is sorted now."""
    link = link_of(request)
    made = []
    for name in COLUMNS:
        here = order.removeprefix("-") == name
        turned = f"-{name}" if order == name else name
        sorted_by = ("descending" if order.startswith("-") else "ascending") if here else ""
        made.append((name, link(sort=turned, page=None) if name != "hours" else "", sorted_by))
    return made
