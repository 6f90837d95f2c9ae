"""A request goes to one admitted address, once, and its answer stays within bounds."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply, loopback
from geodata.outside.exchange import Answered, Sent, TooLargeError, UnansweredError, exchange
from geodata.outside.hosts import Hosts, PrivateAddressError

# Where time is not what is tried: this machine may stand still for a second.
PATIENT_S = 30.0


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(lambda _: Reply(b"canary")) as running:
        yield running


def get(server: Loopback, hosts: Hosts = LOOPBACK) -> Answered:
    return exchange(Sent("GET", f"{server.url}/a?b=c"), hosts, timeout_s=PATIENT_S)


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
    answer = exchange(sent, LOOPBACK, timeout_s=PATIENT_S)
    assert (repr(sent), repr(answer)) == ("Sent(method='POST')", "Answered(status=200)")


def test_a_line_break_in_a_url_makes_no_second_header(server: Loopback) -> None:
    with pytest.raises(UnansweredError, match=http.client.InvalidURL.__name__):
        exchange(Sent("GET", f"{server.url}/a b"), LOOPBACK, timeout_s=PATIENT_S)
    assert server.asked == []


def drip(listening: socket.socket) -> None:
    """Answer one greeting with a record of TLS that takes ten seconds to come."""
    with suppress(OSError), listening.accept()[0] as asked:
        asked.sendall(b"\x16\x03\x03\x40\x00")
        for _ in range(100):
            time.sleep(0.1)
            asked.sendall(b"x")


def test_a_greeting_that_drips_ends_with_the_time_it_was_given() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = Thread(target=drip, args=(listening,))
        dripping.start()
        port = listening.getsockname()[1]
        with pytest.raises(TimeoutError):
            exchange(Sent("GET", f"https://127.0.0.1:{port}/"), LOOPBACK, timeout_s=0.5)
        dripping.join()


@pytest.fixture
def secure(server: Loopback, tmp_path: Path, lacking: Callable[[str, str], NoReturn]) -> Path:
    """The server speaks TLS, by the name of localhost alone; the certificate it shows."""
    if shutil.which("openssl") is None:
        lacking("nginx", "install openssl")
    key, shown = tmp_path / "key.pem", tmp_path / "shown.pem"
    made = "openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2"
    named = "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ["-keyout", str(key), "-out", str(shown)]
    subprocess.run([*made.split(), *named.split(), *files], check=True, capture_output=True)
    told = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    told.load_cert_chain(shown, key)
    server.socket = told.wrap_socket(server.socket, server_side=True)
    return shown


def test_a_server_with_another_certificate_is_asked_nothing(server: Loopback, secure: Path) -> None:
    trusting = ssl.create_default_context(cafile=secure)
    hosts, port = Hosts.of(["localhost", "127.0.0.1", "::1"]), urlsplit(server.url).port
    sent = [Sent("GET", f"https://{name}:{port}/") for name in ("127.0.0.1", "localhost")]
    for one, tls in ((sent[0], trusting), (sent[1], None)):
        with pytest.raises(ssl.SSLCertVerificationError):
            exchange(one, hosts, timeout_s=PATIENT_S, tls=tls)
    assert server.asked == []
    assert exchange(sent[1], hosts, timeout_s=PATIENT_S, tls=trusting).body == b"canary"
