"""Who follows a link of another site brings no cookie; who asks again from a page of ours does."""

from flask import Response, request

from service.request import fresh_page, link_of


def from_elsewhere() -> bool:
    """Whether a link of another site led here, so that the browser kept the cookie back."""
    told = request.headers
    navigates = request.method == "GET" and told.get("Sec-Fetch-Mode") == "navigate"
    return navigates and told.get("Sec-Fetch-Site") == "cross-site"


def once_more(**changes: object) -> Response:
    """A page that asks for this address again by itself, with `changes` in its query."""
    return fresh_page("onward.html", here=link_of(request)(**changes))
