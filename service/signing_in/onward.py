"""Who follows a link of another site brings no cookie; who asks again from a page of ours does."""

from flask import Response, request

from service.request import html_page, link_of


def from_elsewhere() -> bool:
    """Whether a link of another site led here, so that the browser kept the cookie back."""
    told = tuple(request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Mode"))
    return request.method == "GET" and told == ("cross-site", "navigate")


def once_more(**changes: object) -> Response:
    """A page that asks for this address again by itself, with `changes` in its query."""
    response = html_page("onward.html", here=link_of(request)(**changes))
    response.headers["Cache-Control"] = "no-store"
    return response
