"""Callers that keep every answer whole, to be compared with those that were right."""

import http.client
import re
import time
from contextlib import closing
from dataclasses import dataclass
from threading import Event

from bench.signed_in import FORM, SIGNING_IN

SIGN_IN = "/sign-in"
# Whether a place is open is told from the minute at hand.
_MINUTE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d")
Answer = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began (monotonic), how long it took, and what came."""

    path: str
    began: float
    took_s: float
    answer: Answer


def ask(port: int, path: str) -> Answer:
    """Status, and content without the minute; at the page for signing in, somebody does."""
    method, body = ("POST", SIGNING_IN) if path == SIGN_IN else ("GET", None)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, FORM if body else {})
        answer = connection.getresponse()
        return answer.status, _MINUTE.sub(b"", answer.read())


def call(port: int, path: str, told: list[Asked], over: Event) -> None:
    """Ask one page without end."""
    while not over.is_set():
        began = time.monotonic()
        answer = ask(port, path)
        told.append(Asked(path, began, time.monotonic() - began, answer))
