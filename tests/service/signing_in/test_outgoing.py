"""What is asked of the office's own server: only there, no redirect, no proxy."""

from collections.abc import Callable, Iterator

import pytest
from requests.exceptions import TooManyRedirects

from bench.loopback import LOOPBACK, Loopback, Reply, loopback
from geodata.outside.hosts import Hosts, PrivateAddressError
from service.signing_in.outgoing import client_to


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(lambda _: Reply({"issuer": "canary"})) as running:
        yield running


@pytest.fixture
def ask(server: Loopback) -> Callable[[Hosts], object]:
    def asked(hosts: Hosts) -> object:
        session = client_to(hosts, timeout_s=1.0).client_cls()
        return session.request("GET", server.url, withhold_token=True).json()

    return asked


def test_the_office_is_asked_without_a_proxy(
    ask: Callable[[Hosts], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert ask(LOOPBACK) == {"issuer": "canary"}


def test_an_inner_address_is_not_connected_to(
    ask: Callable[[Hosts], object], server: Loopback
) -> None:
    with pytest.raises(PrivateAddressError):
        ask(Hosts())
    assert server.asked == []


def test_a_redirect_is_not_followed(ask: Callable[[Hosts], object], server: Loopback) -> None:
    server.script = [Reply(b"", status=302, headers={"Location": f"{server.url}/elsewhere"})]
    with pytest.raises(TooManyRedirects):
        ask(LOOPBACK)
    assert [asked.path for asked in server.asked] == ["/"]
