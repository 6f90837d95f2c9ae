"""What is said and counted of each request: its route, never its address, sender or query."""

import logging
from time import perf_counter

from flask import Flask, Response, g, request

from service.observing import logs, request_id
from service.settings import Settings

# Asked every few seconds by whoever watches: no line for an answer that is as ever.
QUIET = frozenset({"health.lives", "health.ready"})
NO_ROUTE = "none"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


def install(app: Flask, settings: Settings) -> None:
    """Number every request; write its line and count it where the settings say so."""
    behind_a_proxy = settings.https or settings.proxy_hops > 0
    writes, counts = settings.log == "json", settings.metrics_port > 0
    if counts:
        # It takes longer to load than a request: only who looks at metrics has it.
        from service.observing import metrics  # noqa: PLC0415

    @app.before_request
    def _begin() -> None:
        g.began = perf_counter()
        request_id.begin(request.headers.get("X-Request-ID", ""), trusted=behind_a_proxy)

    # The first to be put up is the last to see the answer.
    @app.after_request
    def _end(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id.number()
        seconds = perf_counter() - g.get("began", perf_counter())
        if counts:
            metrics.count_request(route(), method(), response.status_code, seconds)
        if writes and not (request.endpoint in QUIET and response.status_code == 200):
            logs.tell("request", _level(response.status_code), **_line(response, seconds))
        return response


def route() -> str:
    """The template of the address, such as `/p/<int:place_id>`: there are only so many."""
    return request.url_rule.rule if request.url_rule else NO_ROUTE


def method() -> str:
    """The method, or "other": a sender may write anything there."""
    return request.method if request.method in _METHODS else "other"


def _level(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO


def _line(response: Response, seconds: float) -> dict[str, object]:
    return {
        "request_id": request_id.number(),
        "route": route(),
        "method": method(),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": response.calculate_content_length(),
        # Only where the view looked who asks; a login is a person, a role is not.
        "role": str(getattr(g.get("person"), "role", "")),
    }
