"""Any site's script may read what needs no sign-in."""

from flask import Response, request


def open_to_scripts(response: Response) -> Response:
    """Headers of cross-origin reads on an answer that anybody gets."""
    if "private" not in response.headers.get("Cache-Control", ""):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    return response
