"""The office's own sign-in: OpenID Connect, code flow with PKCE, state and nonce.

Who comes from there needs an account here of the same name; none is made by itself.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, request, session
from joserfc.errors import JoseError
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.book import BUILT_IN
from geodata.errors import SettingsError, SignInError
from service.settings.oidc import Oidc
from service.signing_in.gate import Gate
from service.signing_in.local_path import local_path
from service.signing_in.onward import once_more
from service.signing_in.outgoing import client_to

# Seconds: the office's server must not hold a thread of this one for long.
_PATIENCE_S = 10
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_FAILED = "统一登录没有成功，请再试一次；还不行，请管理员查看 zhitu 的统一登录设置。"
_NEXT = "office_next"


def install(app: Flask, settings: Oidc, gate: Gate) -> None:
    """Serve `/sign-in/office` and its way back."""
    # Its debug lines hold code verifiers.
    logging.getLogger("authlib").setLevel(logging.INFO)
    oauth = OAuth(app)
    client = oauth.register(
        "office",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
        },
        client_cls=client_to(settings.hosts, timeout_s=_PATIENCE_S),
    )
    app.register_blueprint(_blueprint(settings, client, gate))


def _blueprint(settings: Oidc, client: Any, gate: Gate) -> Blueprint:
    pages = Blueprint("office", __name__, url_prefix="/sign-in/office")

    @pages.get("")
    def leave() -> BaseResponse:
        session[_NEXT] = local_path(request.args.get("next", ""))
        try:
            _trusted(settings, client)
            answer: BaseResponse = client.authorize_redirect(_way_back())
        except (AuthlibBaseError, OSError, ValueError) as error:
            raise SignInError(_FAILED) from error
        return answer

    @pages.get("/back")
    def back() -> BaseResponse:
        if _NEXT not in session and "again" not in request.args:
            return once_more(again=1)
        claims = _claims(settings, client)
        onward = local_path(str(session.get(_NEXT, "")))
        login = str(claims.get(settings.claim, ""))
        if settings.claim == "email" and claims.get("email_verified") is not True:
            gate.sign_out()
            raise SignInError("统一登录没有核实过你的邮箱，不能用它进来。请向统一登录的管理员问。")
        if login in {"", BUILT_IN} or not gate.let_in(login):
            gate.sign_out()
            raise SignInError(f"统一登录认得你，但这里没有账号“{login[:64]}”。请管理员先建一个。")
        return redirect(request.script_root + onward, 303)

    return pages


def _claims(settings: Oidc, client: Any) -> dict[str, Any]:
    """What the office says of who came back, with every proof of it checked."""
    try:
        _trusted(settings, client)
        token = client.authorize_access_token()
    except (AuthlibBaseError, JoseError, OSError, ValueError, KeyError) as error:
        raise SignInError(_FAILED) from error
    claims: dict[str, Any] | None = token.get("userinfo")
    if claims is None:
        # Without an ID token nothing is proven, whatever else came.
        raise SignInError(_FAILED)
    return claims


def _trusted(settings: Oidc, client: Any) -> None:
    """Refuse a description that is another issuer's, or that points to another host."""
    described = client.load_server_metadata()
    if described.get("issuer", "").rstrip("/") != settings.issuer:
        raise SettingsError("ZHITU_OIDC_ISSUER 和统一登录自己说的签发方不一样。")
    home = urlsplit(settings.issuer)
    for name in _ENDPOINTS:
        there = urlsplit(str(described.get(name, "")))
        if (there.scheme, there.netloc) != (home.scheme, home.netloc):
            raise SettingsError(f"统一登录的 {name} 不在签发方的主机上，不予信任。")


def _way_back() -> str:
    scheme = "https" if current_app.config["SESSION_COOKIE_SECURE"] else request.scheme
    return f"{scheme}://{request.host}{request.script_root}/sign-in/office/back"
