"""How an answer goes out: what it is tagged with, who may keep it, in which format."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

from flask import Response, request

from service.clock import now
from service.errors import wants_page
from service.ogc.crs import Crs
from service.ogc.features import encode
from service.ogc.links import Urls
from service.openapi.operations import HTML, JSON
from service.request import page_of

Make = Callable[[], bytes | str]
PAGE = f"{HTML}; charset=utf-8"


def urls() -> Urls:
    """The addresses of this service as the asker reached it."""
    asked = request.args.get("lang")
    return Urls(f"{request.url_root}ogc", {"lang": asked} if asked else {})


def answer(
    stamp: str, make: Make, media: str, *, crs: Crs | None = None, closed: bool = False
) -> Response:
    """What `make` gives, or 304 before it is called when the asker holds the same already.

    `stamp` changes whenever the answer may; `closed` is what takes a role.
    """
    tag = _tag(stamp, media)
    match = request.if_none_match
    if not match.star_tag and match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(make(), content_type=media)
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Cache-Control"] = "private, no-store" if closed else "no-cache"
    response.headers["Vary"] = "Accept"
    if crs is not None:
        response.headers["Content-Crs"] = f"<{crs.uri}>"
    return response


def document(
    stamp: str,
    made: Callable[[], Mapping[str, Any]],
    template: str,
    *,
    media: str = JSON,
    closed: bool = False,
) -> Response:
    """A JSON document, or the same as a page."""
    if wants_page():
        return answer(stamp, lambda: page(template, document=made()), PAGE, closed=closed)
    return answer(stamp, lambda: encode(made()), media, closed=closed)


def page(template: str, **values: Any) -> str:
    """A page over the values of a document."""
    return page_of(f"ogc/{template}.html", urls=urls(), **values)


def _tag(stamp: str, media: str) -> str:
    """The data version, the address and the format; `open=now` changes with the minute."""
    minute = now().isoformat() if request.args.get("open") == "now" else ""
    said = f"{stamp} {media} {minute} {request.host} {request.script_root} {request.path} "
    return blake2b(said.encode() + request.query_string, digest_size=12).hexdigest()
