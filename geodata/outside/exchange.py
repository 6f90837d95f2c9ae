"""One HTTP request and its answer: no redirect, no proxy, no log, no more than a bounded body."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from geodata.outside.hosts import Hosts

LARGEST_BYTES = 2_000_000
_PIECE_BYTES = 65_536


class UnansweredError(OSError):
    """The answer broke off or was no HTTP; the message says which."""


class TooLargeError(OSError):
    """The answer is larger than any that is expected."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request; its URL and headers may hold a key, so they are in no repr."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def exchange(
    sent: Sent, hosts: Hosts, *, timeout_s: float, tls: ssl.SSLContext | None = None
) -> Answered:
    """Send a request to an address that `hosts` admits and read the answer.

    Raises:
        TimeoutError: it takes longer than `timeout_s`, however steadily it drips.
        PrivateAddressError: the host leads into an inner network.
        OSError: nobody answers, or not to the end.
    """
    parts = urlsplit(sent.url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    deadline = time.monotonic() + timeout_s
    try:
        # A kept connection may have gone stale, and a send that fails is a send paid for.
        with closing(_connection(parts, hosts, timeout_s, tls)) as connection:
            connection.connect()
            with _cut_off(connection, deadline):
                if isinstance(connection.sock, ssl.SSLSocket):
                    connection.sock.do_handshake()
                connection.request(sent.method, path, sent.body, dict(sent.headers))
                with connection.getresponse() as response:
                    body = _body(response, deadline)
    except HTTPException as error:
        raise UnansweredError(type(error).__name__) from None
    _check(deadline)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answered(response.status, headers, body)


class _Plain(HTTPConnection):
    """Connects where `hosts` lets it."""

    def __init__(self, host: str, hosts: Hosts, timeout: float) -> None:
        super().__init__(host, timeout=timeout)
        self._hosts, self._patience = hosts, timeout

    def connect(self) -> None:
        self.sock = self._hosts.connected(self.host, self.port, self._patience)


class _Secure(HTTPSConnection):
    """The same under TLS; the certificate is the host's, not the address's."""

    def __init__(self, host: str, hosts: Hosts, timeout: float, tls: ssl.SSLContext) -> None:
        super().__init__(host, timeout=timeout, context=tls)
        self._hosts, self._patience, self._tls = hosts, timeout, tls

    def connect(self) -> None:
        plain = self._hosts.connected(self.host, self.port, self._patience)
        try:
            # Not yet shaken hands with: that may drip as well.
            self.sock = self._tls.wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
        except (OSError, ValueError):
            plain.close()
            raise


def _connection(
    parts: SplitResult, hosts: Hosts, timeout: float, tls: ssl.SSLContext | None
) -> HTTPConnection:
    if parts.scheme == "https":
        return _Secure(parts.netloc, hosts, timeout, tls or ssl.create_default_context())
    return _Plain(parts.netloc, hosts, timeout)


@contextmanager
def _cut_off(connection: HTTPConnection, deadline: float) -> Iterator[None]:
    """End whatever is still being read at the deadline: each byte of a head has a time limit of
    its own, all of them together have none.
    """
    # Below TLS, which another thread must not touch.
    end = partial(socket.shutdown, connection.sock, SHUT_RDWR)
    timer = Timer(max(0.0, deadline - time.monotonic()), partial(_quietly, end))
    timer.start()
    try:
        yield
    except (HTTPException, OSError):
        _check(deadline)  # what breaks after the deadline was broken by it
        raise
    finally:
        timer.cancel()


def _quietly(end: Callable[[], None]) -> None:
    with suppress(OSError):
        end()


def _check(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise TimeoutError


def _body(response: HTTPResponse, deadline: float) -> bytes:
    """The body; one that drips, swells or ends early is given up."""
    body = bytearray()
    while piece := response.read1(_PIECE_BYTES):
        body += piece
        _check(deadline)
        if len(body) > LARGEST_BYTES:
            raise TooLargeError("answer too large")
    if response.length:
        raise UnansweredError("answer cut short")
    return bytes(body)
