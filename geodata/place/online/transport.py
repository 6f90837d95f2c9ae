"""HTTP for the providers, over `geodata.outside`.

geopy's own adapters log or raise texts that hold the URL, and so the key; follow redirects to
hosts nobody configured; and send again by themselves what the ledger has counted once.
"""

import json
import ssl
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

from geodata.outside.exchange import Sent, TooLargeError, UnansweredError, exchange
from geodata.outside.hosts import Hosts, PrivateAddressError
from geodata.place.online.errors import OutOfReachError


def adapter_to(hosts: Hosts) -> Callable[..., BaseSyncAdapter]:
    """What geopy makes its adapter with; it reaches what `hosts` admits."""
    return partial(PlainAdapter, hosts=hosts)


class PlainAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """A geopy adapter; it takes no proxy, neither by argument nor from the environment."""

    def __init__(
        self, *, proxies: object = None, ssl_context: ssl.SSLContext | None, hosts: Hosts
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._tls = ssl_context
        self._hosts = hosts

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        return self._text(Sent("GET", url, headers), timeout)

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return _decoded(self.get_text(url, timeout=timeout, headers=headers))

    def post_json(self, url: str, body: Any, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Send a JSON body; the answer is JSON too."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        headers = {**headers, "Content-Type": "application/json"}
        return _decoded(self._text(Sent("POST", url, headers, sent), timeout))

    def _text(self, sent: Sent, timeout: float) -> str:
        try:
            answer = exchange(sent, self._hosts, timeout_s=timeout, tls=self._tls)
        except TimeoutError:
            raise GeocoderTimedOut("no answer in time") from None
        except PrivateAddressError as error:
            raise OutOfReachError(str(error)) from None
        except TooLargeError as error:
            raise GeocoderParseError(str(error)) from None
        except UnansweredError as error:
            raise GeocoderUnavailable(str(error)) from None
        except OSError as error:
            raise GeocoderUnavailable(type(error).__name__) from None
        if answer.status != 200:
            raise AdapterHTTPError(
                f"HTTP {answer.status}",
                status_code=answer.status,
                headers=answer.headers,
                text=None,
            )
        try:
            return answer.body.decode()
        except UnicodeDecodeError:
            raise GeocoderParseError("answer is not UTF-8") from None


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise GeocoderParseError("answer is not JSON") from None
