"""The number of a request: in its log line, in its answer, and on the page of an error."""

import re
import secrets

from flask import g, has_request_context

# What proxies make: hex digits, a UUID. Anything longer or freer could be a person, or a line.
_MADE_BY_A_PROXY = re.compile(r"[0-9A-Fa-f-]{16,64}")


def begin(given: str, *, trusted: bool) -> None:
    """Give the request at hand its number: its proxy's own, else a new one."""
    g.number = given if trusted and _MADE_BY_A_PROXY.fullmatch(given) else _made()


def number() -> str:
    """The number of the request at hand; a new one where there is none."""
    if not has_request_context():
        return _made()
    if "number" not in g:
        g.number = _made()
    return str(g.number)


def _made() -> str:
    return secrets.token_hex(8)
