"""What every page needs from its request: language, size of text, and links that keep them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Request, Response, request
from markupsafe import Markup

from maps.page import render
from maps.words import Words
from service import language

Link = Callable[..., str]


def words_of(_request: Request) -> Words:
    """The words of the language the request asks for."""
    return language.words()


def link_of(request: Request) -> Link:
    """A builder of links to this page: keyword arguments change the query, None drops a part."""

    def link(path: str | None = None, **changes: object) -> str:
        kept = request.args.to_dict() if path is None else _manner()
        kept |= {name: str(value) for name, value in changes.items() if value is not None}
        dropped = {name for name, value in changes.items() if value is None}
        query = urlencode({name: value for name, value in kept.items() if name not in dropped})
        address = request.script_root + (request.path if path is None else path)
        return f"{address}?{query}" if query else address

    return link


def page_of(template: str, /, **values: Any) -> Markup:
    """A template in the language and the size of text of the request at hand."""
    return render(
        template,
        words=words_of(request),
        root=request.script_root,
        link=link_of(request),
        large=large_text(request),
        **values,
    )


def html_page(template: str, /, *, status: int = 200, **values: Any) -> Response:
    """The answer to the request at hand: a page."""
    page = page_of(template, **values)
    return Response(page, status, content_type="text/html; charset=utf-8")


def fresh_page(template: str, /, *, status: int = 200, **values: Any) -> Response:
    """As `html_page`, and nobody keeps it."""
    response = html_page(template, status=status, **values)
    response.headers["Cache-Control"] = "no-store"
    return response


def large_text(request: Request) -> bool:
    """Whether the page is asked for in large text: `?text=large`."""
    return request.args.get("text") == "large"


def site_of(request: Request, site_url: str) -> str:
    """The address of this service from outside, without a slash at its end."""
    return site_url or request.url_root.rstrip("/")


def _manner() -> dict[str, str]:
    """What a link to another page keeps: language and size of the text."""
    asked = language.words().language.asked
    return ({"lang": asked} if asked else {}) | ({"text": "large"} if large_text(request) else {})
