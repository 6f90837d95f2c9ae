"""A request goes to one admitted address, once, and its answer stays within bounds."""

import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply, loopback
from geodata.outside.exchange import Answered, Sent, TooLargeError, UnansweredError, exchange
from geodata.outside.hosts import Hosts, PrivateAddressError


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(lambda _: Reply(b"canary")) as running:
        yield running


def get(server: Loopback, hosts: Hosts = LOOPBACK) -> Answered:
    return exchange(Sent("GET", f"{server.url}/a?b=c"), hosts, timeout_s=1.0)


def test_an_admitted_host_is_asked_once(server: Loopback) -> None:
    answer = get(server)
    assert (answer.status, answer.body) == (200, b"canary")
    assert [(asked.method, asked.path, asked.params) for asked in server.asked] == [
        ("GET", "/a", {"b": "c"})
    ]


def test_an_inner_host_is_not_even_connected_to(server: Loopback) -> None:
    with pytest.raises(PrivateAddressError):
        get(server, Hosts())
    assert server.asked == []


def test_a_redirect_into_the_inner_network_is_an_answer_like_any_other(server: Loopback) -> None:
    there = {"Location": "http://169.254.169.254/latest/meta-data/"}
    server.script = [Reply(b"", status=302, headers=there)]
    assert get(server).status == 302
    assert len(server.asked) == 1


def test_no_proxy_of_the_environment_comes_in_between(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert get(server).body == b"canary"


def test_answers_that_break_off_or_swell_are_given_up(server: Loopback) -> None:
    server.script = [Reply(b"canary", cut=2), Reply(b" " * 2_100_000)]
    with pytest.raises(UnansweredError, match=r"^answer cut short$"):
        get(server)
    with pytest.raises(TooLargeError):
        get(server)


class Far(Hosts):
    """Hosts that are reached when the time is up already."""

    def connected(self, host: str, port: int, timeout: float) -> socket.socket:
        found = super().connected(host, port, timeout)
        time.sleep(2 * timeout)
        return found


def test_what_breaks_when_the_time_is_up_is_told_as_time_that_is_up(server: Loopback) -> None:
    for _ in range(5):
        with pytest.raises(TimeoutError):
            exchange(Sent("GET", server.url), Far.of(["127.0.0.1"]), timeout_s=0.02)


def test_neither_keys_nor_answers_are_in_a_repr(server: Loopback) -> None:
    sent = Sent("POST", f"{server.url}/?key=canary", {"Authorization": "canary"}, b'"canary"')
    answer = exchange(sent, LOOPBACK, timeout_s=1.0)
    assert (repr(sent), repr(answer)) == ("Sent(method='POST')", "Answered(status=200)")


def test_a_line_break_in_a_url_makes_no_second_header(server: Loopback) -> None:
    with pytest.raises(UnansweredError, match=http.client.InvalidURL.__name__):
        exchange(Sent("GET", f"{server.url}/a b"), LOOPBACK, timeout_s=1.0)
    assert server.asked == []
