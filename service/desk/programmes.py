"""A year's programmes: the notices' aims beside what has come of them, by district."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.audit import record
from geodata.accounts.roles import Role
from geodata.answers.question import Question
from geodata.errors import NotFoundError, ParameterError
from geodata.measures.lunch import LunchProgramme, lunch_programme
from geodata.place.district import load_districts
from geodata.programmes.progress import Progress, declared, progress
from geodata.programmes.targets import MEASURES, Target, set_target, targets, years
from geodata.queries import ask
from geodata.store import Store
from service.clock import today
from service.desk.pages import desk_page
from service.free_text import typed_line
from service.guard import needs, person
from service.request import link_of
from service.settings import Settings
from service.workbook import MEDIA_TYPE, Cell, add_sheet, empty_book, saved

FIRST_YEAR, LAST_YEAR = 2000, 2100
_LONGEST_SOURCE = 100
_HEAD = ("区", "最少申报", "申报", "批准", "建成", "挂牌", "未通过或已撤", "还差申报")


@dataclass(frozen=True, slots=True)
class Year:
    """One year: service points by measure, and lunch, whose aims have no points."""

    year: int
    points: tuple[Progress, ...]
    lunch: tuple[Target, ...]
    listed: LunchProgramme | None

    @property
    def empty(self) -> bool:
        return not self.points and not self.lunch


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """`/desk/programmes/<year>`."""
    pages = Blueprint("programmes", __name__, url_prefix="/desk/programmes")

    @pages.get("")
    @needs(Role.VIEWER)
    def newest() -> BaseResponse:
        with store.reading() as session:
            known = years(session)
        return redirect(link_of(request)(f"/desk/programmes/{known[0]}"))

    @pages.get("/<int:year>")
    @needs(Role.VIEWER)
    def one_year(year: int) -> Response:
        with store.reading() as session:
            known = years(session)
        return desk_page(
            "desk/programmes.html",
            here="programmes",
            shown=_year(store, year),
            years=sorted({*known, year, today().year}, reverse=True),
            measures=MEASURES.values(),
        )

    @pages.post("/<int:year>/targets")
    @needs(Role.ADMIN)
    def aim(year: int) -> BaseResponse:
        _known(year)
        key = request.form.get("measure", "")
        target, per_district = (_whole(name) for name in ("target", "per_district"))
        source = typed_line(request.form, "source")[:_LONGEST_SOURCE]
        by = person().login
        with store.writing() as session:
            before = {one.measure.key: one.target for one in targets(session, year)}
            set_target(session, year, key, target, per_district=per_district, source=source, by=by)
            detail = {"year": year, "measure": key, "before": before.get(key), "after": target}
            record(session, by=by, action="programme.target", detail=detail)
        return redirect(link_of(request)(f"/desk/programmes/{year}"), 303)

    @pages.get("/<int:year>.xlsx")
    @needs(Role.VIEWER)
    def book(year: int) -> Response:
        headers = {"Content-Disposition": f"attachment; filename=zhitu-programmes-{year}.xlsx"}
        return Response(workbook(_year(store, year)), content_type=MEDIA_TYPE, headers=headers)

    return pages


def workbook(shown: Year) -> bytes:
    """One sheet a measure, and one with the aims of lunch."""
    made = empty_book()
    for one in shown.points:
        add_sheet(made, one.target.measure.label[:31], _HEAD, _rows(one))
    aims = [(one.measure.label, one.target, one.source) for one in shown.lunch]
    if aims or not shown.points:
        add_sheet(made, "午餐难", ("指标", "目标", "依据"), aims)
    return saved(made)


def _rows(one: Progress) -> Iterator[tuple[Cell, ...]]:
    least = one.target.per_district or None
    for row in one.districts:
        tally = row.tally
        stages = (tally.declared, tally.approved, tally.built, tally.plaqued)
        yield row.district, least, *stages, tally.dropped, row.short if least else None
    city = one.city
    stages = (city.declared, city.approved, city.built, city.plaqued)
    yield "全市", None, *stages, city.dropped, None


def _year(store: Store, year: int) -> Year:
    _known(year)
    with store.reading() as session:
        aims = targets(session, year)
        points = _points(session, year, aims)
    lunch = tuple(one for one in aims if one.measure.kind is None)
    listed = lunch_programme(ask(store, Question())) if lunch else None
    return Year(year, points, lunch, listed)


def _points(session: Session, year: int, aims: tuple[Target, ...]) -> tuple[Progress, ...]:
    every = declared(session)
    districts = load_districts().names
    return tuple(progress(every, one, year, districts) for one in aims if one.measure.kind)


def _known(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFoundError(f"没有 {year} 年。")


def _whole(name: str) -> int:
    text = request.form.get(name, "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise ParameterError(f"{name} 要填整数，收到：{text[:20]}")
    return int(text)
