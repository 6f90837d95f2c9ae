"""Changes are taken from this site's own pages only."""

from flask import current_app, request

from geodata.errors import SignInError
from service.signing_in.gate import token_of

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_foreign() -> None:
    """Refuse a form or script of another site that would use the cookie of this one.

    Raises:
        SignInError: the request says that it comes from elsewhere.
    """
    # A token is in a header that no foreign form can set, and with one no cookie is looked at.
    if request.method in _SAFE or token_of(request) is not None:
        return
    came_from = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = came_from is not None and came_from not in {"same-origin", "none"}
    # Old browsers send no Sec-Fetch-Site; Origin then has to be this very host.
    if came_from is None and origin is not None:
        scheme, _, host = origin.partition("://")
        # Anybody on the way can write a page of this host without TLS.
        plain = current_app.config["SESSION_COOKIE_SECURE"] and scheme != "https"
        foreign = plain or host != request.host
    if foreign:
        raise SignInError("这个表单不是从本站送来的，没有办。请回到本站再试。")
