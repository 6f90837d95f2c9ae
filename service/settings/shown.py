"""The settings in force, fit to be shown: no secret, no password in a URL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.settings.given import Given
from service.settings.variables import KNOWN, Variable

HIDDEN = "••••"
# To the last @: a password may hold one that nobody escaped.
_USER = re.compile(r"://([^:@/]*):.*@", re.DOTALL)
_USER_ALONE = re.compile(r"://[^/]*@")
_ASKED = re.compile(r"([?&][^=&]*(?:password|passwd|key|token|secret)[^=&]*=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as `zhitu check` tells it."""

    name: str
    value: str
    origin: str


def effective(given: Given) -> Iterator[Shown]:
    """Every setting in the order of the documentation."""
    for one in KNOWN:
        yield Shown(one.name, _masked(one, given[one.name]), given.origin(one.name))


def _masked(one: Variable, text: str) -> str:
    if one.secret:
        return HIDDEN if text else ""
    return without_passwords(text)


def without_passwords(text: str) -> str:
    """A text in which no URL holds a password, nor a user but a database's."""
    with_user = _USER.sub(rf"://\1:{HIDDEN}@", text)
    if with_user == text and not text.startswith("postgres"):
        with_user = _USER_ALONE.sub(f"://{HIDDEN}@", text)
    return _ASKED.sub(rf"\1{HIDDEN}", with_user)
