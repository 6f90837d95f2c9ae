"""HTTP for the providers: one request, no redirect, no log, no more than a bounded answer.

geopy's own adapters log or raise texts that hold the URL, and so the key; follow redirects to
hosts nobody configured; and send again by themselves what the ledger has counted once.
"""

import json
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

_LARGEST_BYTES = 2_000_000
_PIECE_BYTES = 65_536


class PlainAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """A geopy adapter; it takes no proxy, neither by argument nor from the environment."""

    def __init__(self, *, proxies: object = None, ssl_context: ssl.SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._ssl = ssl_context or ssl.create_default_context()

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        return self._exchange("GET", url, None, timeout, headers)

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return _decoded(self.get_text(url, timeout=timeout, headers=headers))

    def post_json(self, url: str, body: Any, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Send a JSON body; the answer is JSON too."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        headers = {**headers, "Content-Type": "application/json"}
        return _decoded(self._exchange("POST", url, sent, timeout, headers))

    def _exchange(
        self, method: str, url: str, body: bytes | None, timeout: float, headers: Mapping[str, str]
    ) -> str:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        deadline = time.monotonic() + timeout
        try:
            # A kept connection may have gone stale, and a send that fails is a send paid for.
            with closing(self._connection(parts, timeout)) as connection:
                connection.request(method, path, body, dict(headers))
                with connection.getresponse() as response:
                    text = _text(response, deadline)
        except TimeoutError:
            raise GeocoderTimedOut("no answer in time") from None
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(type(error).__name__) from None
        if response.status != 200:
            raise AdapterHTTPError(
                f"HTTP {response.status}",
                status_code=response.status,
                headers={name.lower(): value for name, value in response.getheaders()},
                text=None,
            )
        return text

    def _connection(self, parts: SplitResult, timeout: float) -> HTTPConnection:
        if parts.scheme == "https":
            return HTTPSConnection(parts.netloc, timeout=timeout, context=self._ssl)
        return HTTPConnection(parts.netloc, timeout=timeout)


def _text(response: HTTPResponse, deadline: float) -> str:
    """The body; one that drips, swells or ends early is given up."""
    body = bytearray()
    while piece := response.read1(_PIECE_BYTES):
        body += piece
        if time.monotonic() > deadline:
            raise TimeoutError
        if len(body) > _LARGEST_BYTES:
            raise GeocoderParseError("answer too large")
    if response.length:
        raise GeocoderUnavailable("answer cut short")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise GeocoderParseError("answer is not UTF-8") from None


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise GeocoderParseError("answer is not JSON") from None
