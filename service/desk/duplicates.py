"""Records that may be one: side by side, merged, kept apart, parted again."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.duplicates.merge import keep_apart, merge, unmerge
from geodata.duplicates.pending import open_duplicates
from geodata.duplicates.said import Said
from geodata.duplicates.sides import Line, Sides, merges, must_reach_merge, sides
from geodata.errors import NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.place.district import load_districts
from geodata.store import Store
from geodata.storing.records import LocatableTable
from geodata.tables import DemandSite, LunchOutlet, Place
from importers.private import masked
from maps.duplicate_words import kind, told, whys
from maps.outline import city_bounds, district_bounds
from maps.review import pair_drawing, review_map
from service.desk.pages import desk_page
from service.guard import needs, person
from service.request import link_of, words_of
from service.settings import Settings

TABLES: dict[str, LocatableTable] = {"place": Place, "site": DemandSite, "outlet": LunchOutlet}
SHOWN = 100
_SAID = frozenset({"merge", "apart", "unmerge"})


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/desk/duplicates` and what lies below it."""
    pages = Blueprint("duplicates", __name__, url_prefix="/desk/duplicates")

    @pages.get("")
    @needs(Role.EDITOR)
    def look() -> Response:
        return _list(store, request.args.get("of", "") or "place")

    @pages.get("/<of>/<int:first>/<int:second>")
    @needs(Role.EDITOR)
    def pair(of: str, first: int, second: int) -> Response:
        with store.reading() as session:
            found = sides(session, _table(of), first, second, by=person())
        return _pair(settings, of, found)

    @pages.post("/<of>/<int:first>/<int:second>/merge")
    @needs(Role.REVIEWER)
    def join(of: str, first: int, second: int) -> BaseResponse:
        kept, gone = _kept(first, second)
        with store.writing() as session:
            _within_reach(session, of, first, second)
            merge(session, _table(of), kept, gone, _said())
        return _back(of, "merge", gone)

    @pages.post("/<of>/<int:first>/<int:second>/apart")
    @needs(Role.REVIEWER)
    def apart(of: str, first: int, second: int) -> BaseResponse:
        with store.writing() as session:
            _within_reach(session, of, first, second)
            keep_apart(session, _table(of), first, second, _said())
        return _back(of, "apart")

    @pages.post("/<of>/<int:gone>/unmerge")
    @needs(Role.REVIEWER)
    def part(of: str, gone: int) -> BaseResponse:
        with store.writing() as session:
            must_reach_merge(session, _table(of), gone, by=person())
            unmerge(session, _table(of), gone, _said())
        return _back(of, "unmerge")

    return pages


def _list(store: Store, of: str) -> Response:
    words, table = words_of(request), _table(of)
    with store.reading() as session:
        pairs, total = open_duplicates(session, table, limit=SHOWN, by=person())
        merged = merges(session, table, limit=SHOWN, by=person())
    rows = [
        {"first": one.first, "second": one.second, "why": whys(one.evidence, words)}
        for one in pairs
    ]
    return desk_page(
        "desk/duplicates.html",
        here="duplicates",
        of=of,
        tables=list(TABLES),
        pairs=rows,
        total=total,
        merged=merged,
        said=_told(),
    )


def _pair(settings: Settings, of: str, found: Sides) -> Response:
    words, root, district = words_of(request), request.script_root, found.districts[0]
    known = district in load_districts().names
    drawn = review_map(
        basemap=settings.basemap,
        bounds=district_bounds(district) if known else city_bounds(),
        outline_url=f"{root}/planner/outline.json",
        root=root,
    )
    return desk_page(
        "desk/duplicates_one.html",
        here="duplicates",
        of=of,
        ids=found.ids,
        names=found.names,
        whys=whys(found.evidence, words),
        record=told(_masked(found.record), words),
        services=[_service(lines) for lines in found.services],
        map=drawn.render(words=words, root=root),
        drawing=pair_drawing(found.spots, basemap=settings.basemap, district=district),
    )


def _service(lines: tuple[Line, ...]) -> dict[str, Any]:
    """A service of both under its kind; one that only one record has does not differ."""
    words = words_of(request)
    said = next(line for line in lines if line.field == "kind")
    title = kind(said.one or said.other, words)
    if said.differs:
        title = words("dup_only", kind=title, n=1 if said.one else 2)
    rest = told(_masked(line for line in lines if line.field != "kind"), words)
    return {"title": title, "lines": rest, "alone": said.differs}


def _masked(lines: Iterable[Line]) -> list[Line]:
    """Free text of old imports may hold a person that today's would cut out."""
    return [Line(line.field, _plain(line.one), _plain(line.other)) for line in lines]


def _plain(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


def _table(of: str) -> LocatableTable:
    if of not in TABLES:
        raise NotFoundError("没有这一类记录：应为站点、园区楼宇商圈、午餐供应点之一。")
    return TABLES[of]


def _within_reach(session: Session, of: str, first: int, second: int) -> None:
    sides(session, _table(of), first, second, by=person())


def _kept(first: int, second: int) -> tuple[int, int]:
    """The record that stays and the one that goes."""
    kept = request.form.get("kept", "")
    if kept not in {str(first), str(second)}:
        raise ParameterError("kept 要两个编号里的一个：保留哪一条？")
    return (first, second) if kept == str(first) else (second, first)


def _said() -> Said:
    return Said(person().login, utc_now())


def _back(of: str, action: str, gone: int | None = None) -> BaseResponse:
    to = link_of(request)("/desk/duplicates", of=of, said=action, gone=gone)
    return redirect(to, 303)


def _told() -> dict[str, Any] | None:
    action, gone = request.args.get("said", ""), request.args.get("gone", "")
    if action not in _SAID:
        return None
    words = words_of(request)
    return {
        "text": words(f"dup_done_{action}"),
        "gone": gone if gone.isascii() and gone.isdecimal() else "",
    }
