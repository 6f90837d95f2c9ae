"""`/privacy`: what is kept of visitors and contact persons, for anybody to read."""

from flask import Blueprint, Response, request

from geodata.store import Store
from maps.page import render
from service.request import link_of, words_of
from service.settings import Settings


def blueprint(settings: Settings, _store: Store) -> Blueprint:
    """The one page; it mentions a map provider only where there is one."""
    pages = Blueprint("privacy", __name__)

    @pages.get("/privacy")
    def look() -> Response:
        page = render(
            "privacy.html",
            words=words_of(request),
            root=request.script_root,
            link=link_of(request),
            icp=settings.icp,
            has_base=settings.basemap.name != "none",
        )
        return Response(page, content_type="text/html; charset=utf-8")

    return pages
