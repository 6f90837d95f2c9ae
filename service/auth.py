"""Who may see what: public routes are a list, everything else needs a sign-in and a role."""

from datetime import timedelta
from urllib.parse import quote

from flask import Flask, Response, redirect, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import SettingsError, SignInError
from geodata.store import Store
from service import guard
from service.errors import wants_json
from service.settings import Settings
from service.settings.oidc import Oidc
from service.signing_in import device, pages
from service.signing_in.gate import IDLE_S, Gate
from service.signing_in.local_path import local_path
from service.signing_in.onward import from_elsewhere, once_more
from service.signing_in.same_site import refuse_foreign

PUBLIC_ENDPOINTS = frozenset(
    {
        "finder.find",
        "place.look",
        "place.code",
        "feedback.tell",
        "feedback.picture",
        "privacy.look",
        "site_map.robots",
        "site_map.index",
        "site_map.places",
        "embed.embed",
        "embed.colours",
        "embed_still.plain_list",
        "embed_still.code",
        "embed_still.script",
        "embed_picture.still",
        "oembed.oembed",
        "builder.choose",
        "builder.lines",
        "embed_check.ask",
        "embed_check.answer",
        "exports.public",
        "api.clusters",
        "api.nearest",
        "api.place_document",
        "api.outline",
        "api.stations",
        "health.lives",
        "health.ready",
        "health.tells",
        # Collections that take a role ask for it themselves: service/ogc/reading.py.
        "ogc.landing",
        "ogc.landing_too",
        "ogc.conformance",
        "ogc.definition",
        "ogc.guide",
        "ogc.collections",
        "ogc.collection",
        "ogc.queryables",
        "ogc.items",
        "ogc.item",
        "openapi.definition",
        "openapi.guide",
        # Sets that take a role ask for it themselves: service/tiles/blueprint.py.
        "tiles.every",
        "tiles.about",
        "tiles.tile",
        "calls.nearest",
        "calls.coverage",
        "calls.address",
        "assets.asset",
        "pin.look",
        "pin.send",
        "auth.sign_in",
        "auth.try_password",
        "auth.sign_out",
    }
)
# There only where the office has a sign-in of its own.
OFFICE_ENDPOINTS = frozenset({"office.leave", "office.back"})
_FOR_ALL = PUBLIC_ENDPOINTS | OFFICE_ENDPOINTS
FORM_LIMIT = 16 * 1024


def install(app: Flask, settings: Settings, store: Store) -> None:
    """Guard every route that is not on the public list, and serve the sign-in."""
    app.secret_key = settings.secret_key
    app.session_interface = _Cookies()
    app.config.update(
        # The prefix keeps subdomains and plain HTTP from planting a cookie of that name.
        SESSION_COOKIE_NAME="__Host-zhitu" if settings.https else "zhitu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=IDLE_S),
        MAX_CONTENT_LENGTH=FORM_LIMIT,
    )
    if settings.proxy_hops:
        # Only what the last proxies of our own wrote is believed; the rest any sender can write.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxy_hops, x_proto=0, x_host=0
        )
    gate = Gate.of(settings, store)
    app.extensions[guard.WHO] = gate.who
    app.before_request(refuse_foreign)
    app.before_request(_guard)
    app.after_request(_never_shared)
    app.register_blueprint(pages.blueprint(settings, store, gate))
    if settings.oidc:
        _office(app, settings.oidc, gate)


class _Cookies(SecureCookieSessionInterface):
    """Writes the cookies; no cache on the way keeps an answer that brings one."""

    # Here, where no view has to ask: who only looks at the session has the answer vary by cookie,
    # and then every visitor is kept a copy of his own of every public page.
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        super().save_session(app, session, response)
        device.write(response)
        if "Set-Cookie" in response.headers:
            response.headers["Cache-Control"] = "private, no-store"


def _never_shared(response: Response) -> Response:
    """No cache on the way keeps what is behind the sign-in, nor guesses how long a list holds."""
    if _is_public():
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        return response
    # No page of another site may as much as load it, say as a picture, and measure it.
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _office(app: Flask, settings: Oidc, gate: Gate) -> None:
    try:
        from service.signing_in import office  # noqa: PLC0415 - only who sets it has the extra
    except ModuleNotFoundError as error:
        raise SettingsError("统一登录要先安装：pip install 'zhitu[oidc]'") from error
    office.install(app, settings, gate)


def _guard() -> BaseResponse | None:
    if _is_public():
        return None
    if guard.visitor() is not None:
        guard.check()
        return None
    if wants_json():
        raise SignInError("这里要先登录。")
    if from_elsewhere():
        return once_more()
    here = quote(local_path(request.full_path.rstrip("?")), safe="/")
    return redirect(f"{request.script_root}/sign-in?next={here}")


def _is_public() -> bool:
    return request.endpoint is None or request.endpoint in _FOR_ALL
