"""A browser that an account has come in by before: who guesses at it elsewhere shuts nobody out.

After OWASP's device cookies: what such a browser sends is counted by itself. The cookie opens
nothing, and is worth nothing once the account's sessions are ended everywhere.
"""

import hmac
import secrets

from flask import current_app, g, request
from werkzeug.wrappers import Response

# Seconds: who comes in twice a year is no stranger.
_LONGEST = 200 * 24 * 3600


def number_of(login: str, generation: str, *, key: str) -> str:
    """The number of the browser that asks; "" where the account did not come in by it."""
    number, _, proof = request.cookies.get(_name(), "").partition(".")
    right = hmac.compare_digest(proof.encode(), _proof(number, login, generation, key).encode())
    return number if right else ""


def remember(login: str, generation: str, *, key: str) -> None:
    """Have the answer at hand tell the browser who it is."""
    number = secrets.token_urlsafe(16)
    g.device = f"{number}.{_proof(number, login, generation, key)}"


def write(response: Response) -> None:
    """Put the cookie on an answer that is to bring it."""
    if "device" in g:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(
            _name(), g.device, _LONGEST, secure=secure, httponly=True, samesite="Strict"
        )


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _proof(number: str, login: str, generation: str, key: str) -> str:
    # No other signature of the same key can be taken for it.
    said = f"device\n{number}\n{login}\n{generation}".encode()
    return hmac.new(key.encode(), said, "sha256").hexdigest()
