"""Scripts, styles and icons, all from this service."""

from mimetypes import guess_type

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from maps import assets as files

assets = Blueprint("assets", __name__)
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


@assets.get("/assets/<path:name>")
def asset(name: str) -> BaseResponse:
    """One known file; browsers keep it and ask whether it changed."""
    kind = _TYPES.get(name.rpartition(".")[2]) or guess_type(name)[0]
    response = Response(files.asset(name), content_type=kind or "application/octet-stream")
    response.headers["Cache-Control"] = "public, max-age=600"
    response.add_etag()
    return response.make_conditional(request)
