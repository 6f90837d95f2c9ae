"""Who may see what: public routes are a list, everything else needs the planner's password."""

import hmac
import time
from collections import deque
from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Flask, Response, g, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Person, Role
from geodata.errors import SignInError, TooManyAttemptsError
from maps.page import render
from service import guard
from service.errors import wants_json
from service.request import link_of, words_of
from service.settings import Settings

PUBLIC_ENDPOINTS = frozenset(
    {
        "finder.find",
        "finder.place",
        "embed.embed",
        "api.clusters",
        "api.nearest",
        "api.place_document",
        "api.outline",
        "api.stations",
        "api.healthz",
        "assets.asset",
        "pin.look",
        "pin.send",
        "auth.sign_in",
        "auth.try_password",
        "auth.sign_out",
    }
)
# The account of the password in the settings.
ADMIN = "admin"
WRONG_TRIES = 5
WINDOW_S = 15 * 60.0
FORM_LIMIT = 16 * 1024


class Attempts:
    """Wrong tries of the last quarter of an hour, by the address they came from."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        most: int = WRONG_TRIES,
        sentence: str = "口令错了太多次，请过 15 分钟再试。",
    ) -> None:
        self._clock = clock
        self._most = most
        self._sentence = sentence
        self._wrong: dict[str, deque[float]] = {}

    def check(self, sender: str) -> None:
        """Refuse a further try while too many have failed."""
        self._forget_old()
        if len(self._wrong.get(sender, ())) >= self._most:
            raise TooManyAttemptsError(self._sentence)

    def failed(self, sender: str) -> None:
        """Note a wrong try."""
        self._wrong.setdefault(sender, deque()).append(self._clock())

    def _forget_old(self) -> None:
        oldest = self._clock() - WINDOW_S
        for sender, times in list(self._wrong.items()):
            while times and times[0] < oldest:
                times.popleft()
            if not times:
                del self._wrong[sender]


def install(app: Flask, settings: Settings) -> None:
    """Guard every route that is not on the public list, and serve the sign-in."""
    app.secret_key = settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="zhitu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=FORM_LIMIT,
    )
    token = _token(settings)
    app.before_request(_same_site)
    app.before_request(lambda: _guard(token))
    app.register_blueprint(_blueprint(settings, Attempts(), token))


def local_path(path: str) -> str:
    """A path of this service to go on to; anything that could lead elsewhere is the planner."""
    if not path.startswith("/") or path.startswith("//"):
        return "/planner"
    # Browsers read \ as / and drop control characters before they look for a host.
    if "\\" in path or any(ord(sign) < 32 for sign in path):
        return "/planner"
    return path


def _same_site() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    came_from = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = came_from is not None and came_from not in {"same-origin", "none"}
    # Old browsers send no Sec-Fetch-Site; Origin then has to be this very host.
    if came_from is None and origin is not None:
        foreign = origin.partition("://")[2] != request.host
    if foreign:
        raise SignInError("这个表单不是从本站送来的，没有办。请回到本站再试。")


def _token(settings: Settings) -> str:
    """What a signed-in session holds: a new password ends the sessions of the old one."""
    key, word = settings.secret_key.encode(), settings.planner_password.encode()
    return hmac.new(key, word, "sha256").hexdigest()


def _guard(token: str) -> BaseResponse | None:
    if request.endpoint is None or request.endpoint in PUBLIC_ENDPOINTS:
        return None
    if hmac.compare_digest(str(session.get("planner", "")), token):
        g.person = Person(ADMIN, Role.ADMIN)
        guard.check()
        return None
    if wants_json():
        raise SignInError("这里要先登录。")
    here = request.full_path.rstrip("?")
    return redirect(f"{request.script_root}/sign-in?next={quote(here, safe='/')}")


def _blueprint(settings: Settings, attempts: Attempts, token: str) -> Blueprint:
    pages = Blueprint("auth", __name__)

    @pages.get("/sign-in")
    def sign_in() -> Response:
        return _page(settings, "", 200)

    @pages.post("/sign-in")
    def try_password() -> BaseResponse:
        sender = request.remote_addr or ""
        attempts.check(sender)
        given = request.form.get("password", "").encode()
        right = hmac.compare_digest(given, settings.planner_password.encode())
        if not settings.planner_password or not right:
            attempts.failed(sender)
            return _page(settings, words_of(request)("wrong_password"), 401)
        session.clear()
        session["planner"] = token
        return redirect(request.script_root + local_path(request.form.get("next", "")), 303)

    @pages.post("/sign-out")
    def sign_out() -> BaseResponse:
        session.clear()
        return redirect(request.script_root + "/", 303)

    return pages


def _page(settings: Settings, fault: str, status: int) -> Response:
    page = render(
        "sign_in.html",
        words=words_of(request),
        root=request.script_root,
        link=link_of(request),
        ready=bool(settings.planner_password),
        fault=fault,
        next=local_path(request.values.get("next", "/planner")),
    )
    return Response(page, status, content_type="text/html; charset=utf-8")
