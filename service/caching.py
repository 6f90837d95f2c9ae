"""Public answers are asked for again every time and sent only if they have changed.

`Cache-Control: no-cache` with an ETag made of the data version, the address and, where an answer
says what is open, the minute: no cache ever shows a delisted point, and a 304 costs no more than
one look at the version.
"""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version

from flask import Flask, Response, g, request

from geodata.store import Store
from service.clock import now
from service.errors import wants_json

# Views of the public snapshot that know nothing of caches; True where the minute shows.
KEPT = {
    "api.clusters": False,
    "api.nearest": True,
    "api.place_document": True,
    "finder.find": True,
}
# Photos and mistakes told of belong to this page too: it has to be made to be compared.
COMPARED = frozenset({"place.look"})


def install(app: Flask, store: Store) -> None:
    """Tag the public answers; a view whose answer the asker holds already does no work."""

    @app.before_request
    def _held() -> Response | None:
        if request.endpoint not in KEPT or request.method not in {"GET", "HEAD"}:
            return None
        # Known before the view reads: should the data change in between, a newer answer goes out
        # under an older tag and is asked for again.
        tag = tag_of(str(store.version()), minute=KEPT[request.endpoint])
        g.tag = tag
        return marked(Response(status=304), tag) if holds(tag) else None

    @app.after_request
    def _tagged(response: Response) -> Response:
        if response.status_code != 200:
            return response
        if request.endpoint in COMPARED:
            response.add_etag()
            response.headers["Cache-Control"] = "no-cache"
            response.make_conditional(request)
        elif "tag" in g:
            marked(response, g.tag)
        return response


def fresh(
    stamp: str, make: Callable[[], Response], *, closed: bool = False, minute: bool = False
) -> Response:
    """What `make` gives, or 304 before it is called when the asker holds the same already.

    `stamp` changes whenever the answer may; `closed` is what takes a role and is kept by nobody.
    """
    if closed:
        response = make()
        response.headers["Cache-Control"] = "private, no-store"
        return response
    tag = tag_of(stamp, minute=minute)
    return marked(Response(status=304) if holds(tag) else make(), tag)


def tag_of(stamp: str, *, minute: bool = False) -> str:
    """The tag of the request at hand; `open=now` changes with the minute whatever is asked."""
    timed = minute or request.args.get("open") == "now"
    said = (
        *(stamp, _program(), now().isoformat() if timed else "", f"{wants_json()}"),
        *(request.host, request.script_root, request.path, ""),
    )
    return blake2b(" ".join(said).encode() + request.query_string, digest_size=12).hexdigest()


def holds(tag: str) -> bool:
    """Whether the asker says that it has the answer of a tag."""
    asked = request.if_none_match
    return not asked.star_tag and asked.contains_weak(tag)


def marked(response: Response, tag: str) -> Response:
    """The answer with its tag; who keeps it has to ask before showing it again."""
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _program() -> str:
    return version("zhitu")
