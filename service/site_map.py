"""What search engines ask for first: robots.txt and the list of all public places."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from geodata.errors import NotFoundError
from geodata.store import Store
from service.public import public_places
from service.request import site_of
from service.settings import Settings

# The protocol allows 50,000 addresses a file.
A_FILE = 40_000
PRIVATE = ("/desk", "/planner", "/pin/", "/sign-in", "/nearest", "/clusters")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/robots.txt`, `/sitemap.xml` and its parts `/sitemap-<n>.xml`."""
    pages = Blueprint("site_map", __name__)
    snapshot = public_places(settings, store)

    def site() -> str:
        return site_of(request, settings.site_url)

    @pages.get("/robots.txt")
    def robots() -> Response:
        root = request.script_root
        lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in PRIVATE)]
        lines.append(f"Sitemap: {site()}/sitemap.xml")
        return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

    @pages.get("/sitemap.xml")
    def index() -> Response:
        parts = max(1, -(-len(snapshot().places) // A_FILE))
        addresses = (f"{site()}/sitemap-{part}.xml" for part in range(1, parts + 1))
        return _xml("sitemapindex", "sitemap", addresses)

    @pages.get("/sitemap-<int:part>.xml")
    def places(part: int) -> Response:
        found = snapshot().places[(part - 1) * A_FILE : part * A_FILE] if part else ()
        if not found and part != 1:
            raise NotFoundError(f"站点地图没有第 {part} 份。")
        addresses = (f"{site()}/p/{place.id}" for place in found)
        first = [f"{site()}/"] if part == 1 else []
        return _xml("urlset", "url", [*first, *addresses])

    return pages


def _xml(outer: str, inner: str, addresses: Iterable[str]) -> Response:
    entries = "".join(f"<{inner}><loc>{escape(each)}</loc></{inner}>\n" for each in addresses)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{_NAMESPACE}">\n'
    text = f"{head}{entries}</{outer}>\n"
    return Response(text, content_type="application/xml; charset=utf-8")
