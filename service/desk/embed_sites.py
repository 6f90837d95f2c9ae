"""`/desk/embed-sites`: which sites may show our maps in a frame; administrators only."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.embeds.sites import add_site, listed, remove_site
from geodata.errors import ConflictError, ParameterError
from geodata.store import Store
from service.desk.pages import desk_page
from service.free_text import typed_line
from service.guard import needs, person
from service.request import link_of
from service.settings import Settings

FIELDS = ("origin", "label", "asked_by")


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The list with a form for a new site."""
    pages = Blueprint("embed_sites", __name__, url_prefix="/desk/embed-sites")

    @pages.get("")
    @needs(Role.ADMIN)
    def look() -> Response:
        return _page("", dict.fromkeys(FIELDS, ""))

    @pages.post("")
    @needs(Role.ADMIN)
    def add() -> BaseResponse:
        origin, label, asked_by = given = [typed_line(request.form, name) for name in FIELDS]
        try:
            with store.writing() as session:
                add_site(session, origin, label=label, asked_by=asked_by, by=person().login)
        except (ParameterError, ConflictError) as error:
            return _page(str(error), dict(zip(FIELDS, given, strict=True)))
        return _back()

    @pages.post("/<int:site_id>/remove")
    @needs(Role.ADMIN)
    def remove(site_id: int) -> BaseResponse:
        with store.writing() as session:
            remove_site(session, site_id, by=person().login)
        return _back()

    def _page(fault: str, given: dict[str, str]) -> Response:
        with store.reading() as session:
            sites = listed(session)
        return desk_page(
            "desk/embed_sites.html",
            here="embed_sites",
            status=400 if fault else 200,
            sites=sites,
            fixed=settings.embed_sites,
            fault=fault,
            given=given,
        )

    return pages


def _back() -> BaseResponse:
    return redirect(link_of(request)("/desk/embed-sites"), 303)
