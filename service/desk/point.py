"""`/desk/points/<id>`: one service point with all on record, and the forms that change it."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.errors import ConflictError, ParameterError, ZhituError
from geodata.lifecycle.point import point_of
from geodata.points.detail import detail
from geodata.points.lock import must_be_as_seen
from geodata.store import Store
from service import params
from service.clock import today
from service.desk import point_actions
from service.desk.pages import desk_page
from service.desk.point_page import values_of_page
from service.errors import STATUS
from service.guard import needs, person
from service.request import link_of, words_of
from service.settings import Settings

MOST_BYTES = 128 * 1024
Act = Callable[[Session, int, Mapping[str, str]], None]


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """The page, and one address a form; each form leads back to the page."""
    pages = Blueprint("point", __name__, url_prefix="/desk/points/<int:service_id>")

    @pages.before_request
    def _room() -> None:
        # Every field comes twice, as it was and as it is, three bytes a character and escaped.
        request.max_content_length = MOST_BYTES

    @pages.get("")
    @needs(Role.VIEWER)
    def look(service_id: int) -> Response:
        return _page(store, service_id)

    @pages.post("/edit")
    @needs(Role.EDITOR)
    def edit(service_id: int) -> BaseResponse:
        if request.form.get("action") == "preview":
            return _page(store, service_id, form="edit")
        return _act(store, service_id, "edit", point_actions.edit)

    @pages.post("/move")
    @needs(Role.EDITOR)
    def move(service_id: int) -> BaseResponse:
        return _act(store, service_id, "move", point_actions.move_)

    @pages.post("/inspections")
    @needs(Role.EDITOR)
    def inspect(service_id: int) -> BaseResponse:
        return _act(store, service_id, "inspection", point_actions.inspect)

    @pages.post("/cards")
    @needs(Role.REVIEWER)
    def card(service_id: int) -> BaseResponse:
        return _act(store, service_id, "card", point_actions.give_card)

    @pages.post("/cards/resolve")
    @needs(Role.REVIEWER)
    def resolve(service_id: int) -> BaseResponse:
        return _act(store, service_id, "resolve", point_actions.resolve_card)

    @pages.post("/subsidies")
    @needs(Role.EDITOR)
    def pay(service_id: int) -> BaseResponse:
        return _act(store, service_id, "subsidy", point_actions.pay)

    @pages.post("/subsidies/<int:number>/strike")
    @needs(Role.EDITOR)
    def strike(service_id: int, number: int) -> BaseResponse:
        return _act(store, service_id, "subsidy", point_actions.strike(number))

    @pages.post("/duties")
    @needs(Role.EDITOR)
    def hold(service_id: int) -> BaseResponse:
        return _act(store, service_id, "duty", point_actions.hold)

    return pages


def _act(store: Store, service_id: int, form: str, act: Act) -> BaseResponse:
    """Do what a form asks; what cannot be done is said beside it, with all that was typed."""
    try:
        with store.writing() as session:
            point = point_of(session, service_id, by=person())
            must_be_as_seen(point, request.form.get("mark", ""))
            act(session, service_id, request.form)
    except (ConflictError, ParameterError) as error:
        return _page(store, service_id, form=form, fault=error)
    return redirect(link_of(request)(f"/desk/points/{service_id}", said=form), 303)


def _page(
    store: Store, service_id: int, *, form: str = "", fault: ZhituError | None = None
) -> Response:
    as_of = _as_of()
    with store.reading() as session:
        found = detail(session, service_id, by=person(), today=today(), as_of=as_of)
    values = values_of_page(
        words_of(request), found, person(), typed=request.form if form else {}, form=form
    )
    return desk_page(
        "desk/point.html",
        here="points",
        status=STATUS[type(fault)] if fault else 200,
        point=found,
        fault=str(fault) if fault else "",
        fault_form=form if fault else "",
        conflict=isinstance(fault, ConflictError),
        said=request.args.get("said", "") if not form else "",
        as_of=as_of,
        today=today(),
        **values,
    )


def _as_of() -> date | None:
    day = params.asked({"as_of": request.args.get("as_of", "")}).as_of
    if day is not None and day > today():
        raise ParameterError("as_of 不能晚于今天。")
    return day
