"""What numbering, counting and writing down a request costs: python -m bench.observing

The same empty view four times, the least of several rounds, beside bare Flask in the same run.
"""

import contextlib
import os
import time
from collections.abc import Callable

from flask import Flask

from service.observing import access, logs
from service.settings import Settings

ROUNDS, REQUESTS = 30, 1000
KINDS: dict[str, Settings | None] = {
    "bare Flask": None,
    "numbered (log none, no metrics)": Settings(),
    "and counted": Settings(metrics_port=1),
    "and written": Settings(metrics_port=1, log="json"),
}


def application(settings: Settings | None) -> Flask:
    """One route that answers nothing."""
    app = Flask("zhitu", static_folder=None, template_folder=None)
    if settings is not None:
        access.install(app, settings)
    app.add_url_rule("/p/<int:number>", "p", lambda number: "")  # noqa: ARG005
    return app


def microseconds(app: Flask) -> Callable[[], float]:
    """Times one round of requests without a server around them."""

    def answer(_status: str, _headers: list[tuple[str, str]], _error: object = None) -> None:
        pass

    def once() -> float:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/p/1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
        }
        began = time.process_time()
        for _ in range(REQUESTS):
            for _part in app.wsgi_app(dict(environ), answer):  # type: ignore[arg-type]
                pass
        return (time.process_time() - began) / REQUESTS * 1e6

    return once


def main() -> None:
    """Print the CPU time of each kind, and what it has over the bare one."""
    logs.begin()
    rounds = {name: microseconds(application(settings)) for name, settings in KINDS.items()}
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):
        taken: dict[str, list[float]] = {name: [] for name in rounds}
        for _ in range(ROUNDS):
            for name, once in rounds.items():
                taken[name].append(once())
    least = {name: min(values) for name, values in taken.items()}
    bare = least["bare Flask"]
    for name, value in least.items():
        print(f"{name}: {value:.0f} µs a request, {value - bare:+.0f}, {value / bare:.2f} ×")


if __name__ == "__main__":
    main()
