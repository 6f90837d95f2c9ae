"""What whoever watches over the service asks: does it live, can it answer, what is it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.metadata import version

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from geodata import schema
from geodata.errors import StoreError
from geodata.store import Store
from service.settings import Settings

# Seconds the database is given to answer.
PATIENCE_S = 1.0


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/healthz`, `/readyz` and `/version`."""
    health = Blueprint("health", __name__)
    ready_of = Readiness(lambda: _look(settings, store))

    @health.get("/healthz")
    def lives() -> Response:
        # Of the process alone: a restart mends no database.
        return _said({"status": "ok"})

    @health.get("/readyz")
    def ready() -> Response:
        reason = ready_of.reason()
        if not reason:
            return _said({"status": "ok"})
        answer = _said({"status": "unready", "reason": reason})
        answer.status_code = 503
        answer.headers["Retry-After"] = "2"
        return answer

    @health.get("/version")
    def tells() -> Response:
        return _said({"version": version("zhitu"), "schema": _newest(), "data": store.version()})

    return health


class Readiness:
    """Asks in a thread of its own, one question at a time, and waits a second for the answer."""

    def __init__(self, look: Callable[[], str]) -> None:
        self._look = look
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readyz")
        self._asked: Future[str] | None = None

    def reason(self) -> str:
        """Why requests cannot be answered now; "" if they can."""
        asked = self._asked
        if asked is None or asked.done():
            asked = self._asked = self._thread.submit(self._look)
        try:
            return asked.result(timeout=PATIENCE_S)
        except TimeoutError:
            return "database_slow"


def _look(settings: Settings, store: Store) -> str:
    try:
        with store.engine.connect() as connection:
            if schema.current(connection) != _newest():
                return "schema"
        store.snapshot(rectifying=settings.show_rectifying)
    except (SQLAlchemyError, StoreError):
        return "database"
    return ""


def _said(told: dict[str, object]) -> Response:
    response = jsonify(told)
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def _newest() -> str:
    return schema.newest()
