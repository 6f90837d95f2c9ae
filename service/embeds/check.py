"""`/embed/check?site=…`: says why a map is blank, in the web master's words."""

from flask import Blueprint, Response, request

from geodata.embeds.origin import Origin, read_origin
from geodata.errors import ParameterError
from geodata.store import Store
from service.embeds import frames as embed_frames
from service.embeds.asked import read_embed
from service.embeds.diagnosis import Case, Finding, diagnosed
from service.request import html_page, site_of
from service.settings import Settings

MOST_SIGNS = 12_000


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """A form, and what is found in it; the site alone may come in the address."""
    pages = Blueprint("embed_check", __name__)

    @pages.get("/embed/check")
    def ask() -> Response:
        return _page(request.args.get("site", ""), "", "")

    @pages.post("/embed/check")
    def answer() -> Response:
        return _page(*(request.form.get(name, "") for name in ("site", "snippet", "headers")))

    def _page(site: str, snippet: str, headers: str) -> Response:
        fault, page = "", None
        try:
            page = read_origin(site) if site.strip() else None
        except ParameterError as error:
            fault = str(error)
        found = _found(settings, store, page, snippet[:MOST_SIGNS], headers[:MOST_SIGNS])
        return html_page(
            "embed_check.html",
            site=site,
            snippet=snippet,
            headers=headers,
            fault=fault,
            asked=bool(site.strip() or snippet.strip() or headers.strip()),
            findings=found,
        )

    return pages


def _found(
    settings: Settings, store: Store, page: Origin | None, snippet: str, headers: str
) -> list[Finding]:
    ours = site_of(request, settings.site_url)
    sites = embed_frames.allowed(settings, store)
    return diagnosed(
        Case(
            page=page,
            listed=page is not None and embed_frames.is_listed(page, sites),
            snippet=snippet,
            headers=headers,
            ours=read_origin(ours),
            path=ours.partition("://")[2].partition("/")[2].join(("/", "")).rstrip("/"),
            fault_of=lambda parameters: _fault_of(parameters, store),
        )
    )


def _fault_of(parameters: dict[str, str], store: Store) -> str:
    try:
        read_embed(parameters, store)
    except ParameterError as error:
        return str(error)
    return ""
