"""`/api`: the document of every declared operation, and the same as a page."""

from functools import partial

from flask import Blueprint, Response, request

from geodata.store import Store
from service.errors import wants_page
from service.ogc.answers import PAGE, answer, page
from service.ogc.asked import LOOK
from service.ogc.features import encode
from service.openapi.document import MEDIA, document
from service.openapi.parameters import only
from service.openapi.published import operations, schemas
from service.settings import Settings


def blueprint(_settings: Settings, _store: Store) -> Blueprint:
    """The whole document; `/ogc/api` has the part that OGC clients look for."""
    api = Blueprint("openapi", __name__)

    @api.get("/api.html", endpoint="guide")
    @api.get("/api")
    def definition() -> Response:
        only(LOOK, request.args)
        for parameter in LOOK:
            parameter.of(request.args)
        root = request.url_root.rstrip("/")
        said = partial(document, operations(), server=root, schemas=schemas())
        if wants_page() or request.path.endswith(".html"):
            return answer("1", lambda: page("api", document=said(), source=f"{root}/api"), PAGE)
        return answer("1", lambda: encode(said()), MEDIA)

    return api
