"""`/privacy`: what is kept of visitors and contact persons, for anybody to read."""

from flask import Blueprint, Response

from geodata.store import Store
from service.request import html_page
from service.settings import Settings


def blueprint(settings: Settings, _store: Store) -> Blueprint:
    """The one page; it mentions a map provider only where there is one."""
    pages = Blueprint("privacy", __name__)

    @pages.get("/privacy")
    def look() -> Response:
        return html_page("privacy.html", icp=settings.icp, has_base=settings.basemap.name != "none")

    return pages
