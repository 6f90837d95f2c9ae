"""Guessing: whom a wrong try counts against, over real sockets and behind proxies of our own."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from waitress import wasyncore

from geodata.accounts.roles import Role
from geodata.accounts.tries import MOST_BY_BOTH, network_of
from geodata.errors import TooManyAttemptsError
from geodata.store import Store
from service.serving.server import make_server
from service.settings import Settings
from service.signing_in.attempts import Attempts

WRONG, LATER = 401, 429
FORM = urlencode({"username": "post.one", "password": "wrong"})


@contextmanager
def served(store: Store, **changes: Any) -> Iterator[int]:
    """A server on a port of its own."""
    sockets: dict[int, Any] = {}
    server = make_server(Settings(port=0, **changes), store, sockets)
    is_over = Event()

    def serve() -> None:
        while not is_over.is_set():
            wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        is_over.set()
        thread.join()
        # Its threads wake the loop through one of these sockets: they end before it is closed.
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)


def tried(port: int, *forwarded: str, **headers: str) -> int:
    """The status of a wrong password that came with these headers, one line each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("POST", "/sign-in")
    for line in forwarded:
        connection.putheader("X-Forwarded-For", line)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.putheader("Content-Length", str(len(FORM)))
    connection.endheaders(FORM.encode())
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    ("hops", "line", "last"),
    [
        # No proxy of our own: what the header says is anybody's word, however it is written.
        (0, "203.0.113.{n}", LATER),
        (0, "203.0.113.{n}, 198.51.100.{n}", LATER),
        # One: the last address is our proxy's word; those before it are the sender's.
        (1, "203.0.113.{n}, 198.51.100.1", LATER),
        (1, "203.0.113.1, 198.51.100.{n}", WRONG),
        # Two: the last but one.
        (2, "203.0.113.{n}, 198.51.100.1, 192.0.2.1", LATER),
        (2, "203.0.113.1, 198.51.100.{n}, 192.0.2.1", WRONG),
        # One customer of the newer kind has as many addresses as he likes.
        (1, "2001:db8:1:1::{n}", LATER),
        (1, "2001:db8:1:{n}::1", WRONG),
        (1, "::ffff:198.51.100.1", LATER),
    ],
)
def test_only_what_our_own_proxies_wrote_says_who_guesses(
    city: Store, hops: int, line: str, last: int
) -> None:
    with served(city, proxy_hops=hops) as port:
        tries = [tried(port, line.format(n=n)) for n in range(1, MOST_BY_BOTH + 2)]
    assert tries == [WRONG] * MOST_BY_BOTH + [last]


OTHERS = ("X_Real_IP", "X_Client_IP", "CF_Connecting_IP", "True_Client_IP", "X_Forwarded")


def test_no_other_header_says_who_somebody_is(city: Store) -> None:
    with served(city, proxy_hops=1) as port:
        tries = []
        for n in range(1, MOST_BY_BOTH + 2):
            here = f"203.0.113.{n}"
            headers = {"Forwarded": f"for={here}", **dict.fromkeys(OTHERS, here)}
            tries.append(tried(port, "198.51.100.1", **headers))
    assert tries == [WRONG] * MOST_BY_BOTH + [LATER]


def test_two_lines_of_the_header_are_read_as_one(city: Store) -> None:
    with served(city, proxy_hops=1) as port:
        tries = [tried(port, f"203.0.113.{n}", "198.51.100.1") for n in range(1, MOST_BY_BOTH + 2)]
    assert tries == [WRONG] * MOST_BY_BOTH + [LATER]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_address_stands_for_its_customer(address: str, network: str) -> None:
    assert network_of(address) == network


def test_one_customer_has_one_share_of_wrong_links() -> None:
    attempts = Attempts(most=5, sentence="等一等")
    for n in range(5):
        attempts.failed(f"2001:db8::{n}")
    with pytest.raises(TooManyAttemptsError):
        attempts.check("2001:db8::ffff")
    assert attempts.check("2001:db8:0:1::1") is None


def test_wrong_links_from_everywhere_fill_no_memory() -> None:
    attempts = Attempts(most=5, sentence="等一等")
    for n in range(25_000):
        attempts.failed(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(attempts._wrong) == 10_000


@pytest.mark.parametrize("token", ["", "zhitu_", "zhitu_x", "' OR ''='", "x" * 7_000, "é", "a b"])
def test_a_guessed_token_opens_nothing_not_even_with_a_good_cookie(
    as_person: Callable[..., FlaskClient], token: str
) -> None:
    client = as_person(Role.ADMIN)
    asked = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    answer = client.get("/planner/outline.json", headers=asked)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
