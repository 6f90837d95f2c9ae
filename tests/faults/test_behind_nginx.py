"""The whole of docs/operate: gunicorn on a socket, nginx with TLS before it, visitors in front."""

import http.client
import os
import re
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from bench.api_city import store_city
from bench.callers import Callers
from bench.proxied import NAME, PROGRAM, nginx
from bench.served import free_port, gunicorn, wait_for_children
from geodata.embeds.sites import add_site
from geodata.store import Store

PASSWORD = "一个足够长的口令"
SOCKETS = 1_000
WORKERS = 2
MANY_SITES = 300
# Nobody is kept waiting for ever; how long a page takes says much of who else is at work here.
PATIENCE_S = 20
SETTINGS = {
    "ZHITU_HTTPS": "1",
    "ZHITU_PROXY_HOPS": "1",
    "ZHITU_WORKS": "0",
    "ZHITU_PLANNER_PASSWORD": PASSWORD,
}


@dataclass(frozen=True)
class Site:
    """Where it listens, the folder with its certificate, and the master of its workers."""

    http: int
    https: int
    folder: Path
    master: int

    def connect(self) -> http.client.HTTPSConnection:
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection(NAME, self.https, context=trusted, timeout=30)
        # The name is the certificate's, the machine this one.
        connection._create_connection = lambda address, *rest: socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", address[1]), *rest
        )
        return connection

    def ask(
        self, path: str, *, method: str = "GET", body: str = "", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        with closing(self.connect()) as connection:
            connection.request(method, path, body.encode(), {"Host": NAME, **named})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def sign_in(self, password: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        return self.ask(
            "/sign-in",
            method="POST",
            body=f"password={password}",
            Content_Type="application/x-www-form-urlencoded",
            **headers,
        )


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str, str], NoReturn]
) -> Iterator[Site]:
    if PROGRAM is None:
        lacking("nginx", "install nginx-light")
    folder = tmp_path_factory.mktemp("n")
    store_city(folder / "zhitu.sqlite", 300)
    path, ports = folder / "s", {"http": free_port(), "https": free_port()}
    with ExitStack() as stack:
        started = gunicorn(
            f"sqlite:///{folder / 'zhitu.sqlite'}", f"unix:{path}", folder, **SETTINGS
        )
        master = stack.enter_context(started).pid
        stack.enter_context(nginx(folder, path, **ports))
        yield Site(**ports, folder=folder, master=master)


@pytest.mark.parametrize("host", [NAME, "evil.example"])
def test_plain_http_is_sent_on_to_https(site: Site, host: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", site.http)) as connection:
        connection.request("GET", "/?open=now", headers={"Host": host})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/?open=now")


def test_headers_come_once_and_from_the_service(site: Site) -> None:
    status, headers, _ = site.ask("/")
    assert status == 200
    for name, text in (
        ("Strict-Transport-Security", "max-age=31536000"),
        ("X-Content-Type-Options", "nosniff"),
        ("Server", "nginx"),
    ):
        assert headers.get_all(name) == [text]
    assert len(headers.get_all("Content-Security-Policy") or []) == 1
    assert len(headers.get_all("X-Request-ID") or []) == 1


def test_answers_are_compressed_once(site: Site) -> None:
    _, headers, _ = site.ask("/assets/leaflet/leaflet.js")
    assert headers["Content-Encoding"] is None
    with closing(site.connect()) as connection:
        connection.request("GET", "/", headers={"Host": NAME, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        assert (answer.headers.get_all("Content-Encoding"), answer.read(2)) == (
            ["gzip"],
            b"\x1f\x8b",
        )


def test_addresses_written_into_pages_are_those_of_the_site(site: Site) -> None:
    _, _, text = site.ask("/robots.txt")
    assert re.findall(r"Sitemap: (\S+)", text) == [f"https://{NAME}/sitemap.xml"]
    _, _, text = site.ask("/ogc?f=json", X_Forwarded_Host="evil.example", Forwarded="host=evil")
    assert f"https://{NAME}/ogc" in text
    assert "evil" not in text


def test_a_guesser_cannot_write_himself_another_address(site: Site) -> None:
    wrong = "x&username=guessed.post"
    tries = [site.sign_in(wrong, X_Forwarded_For=f"198.51.100.{n}")[0] for n in range(6)]
    assert tries == [401] * 5 + [429]


def test_a_sign_in_is_taken_from_this_site_alone_and_its_cookie_is_for_https_alone(
    site: Site,
) -> None:
    status, headers, _ = site.sign_in(PASSWORD, Origin="https://evil.example")
    assert (status, headers.get_all("Set-Cookie")) == (401, None)
    status, headers, _ = site.sign_in(PASSWORD, Origin=f"https://{NAME}")
    cookie, _device = headers.get_all("Set-Cookie") or []
    assert (status, cookie.partition("=")[0]) == (303, "__Host-zhitu")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_a_long_list_of_sites_that_show_the_map_gets_through(site: Site) -> None:
    store = Store.existing(f"sqlite:///{site.folder / 'zhitu.sqlite'}")
    with closing(store), store.writing() as session:
        for number in range(MANY_SITES):
            one = f"https://site-{number:03}.some-office-of-the-city.example.org"
            add_site(session, one, label="", asked_by="", by="甲")
    status, headers, _ = site.ask("/embed")
    assert status == 200
    assert headers["Content-Security-Policy"].count("some-office-of") == MANY_SITES


def test_metrics_are_no_page(site: Site) -> None:
    assert site.ask("/metrics")[0] == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X": "x" * 9_000}, 400),
        ({"Content_Length": str(22 * 1024 * 1024)}, 413),
        ({"Content_Length": "17000"}, 413),
    ],
)
def test_what_is_too_large_is_refused(site: Site, headers: dict[str, str], status: int) -> None:
    body = "x" * 17_000 if headers.get("Content_Length") == "17000" else ""
    method = "POST" if "Content_Length" in headers else "GET"
    assert site.ask("/sign-in", method=method, body=body, **headers)[0] == status


def test_an_address_that_is_too_long_is_refused(site: Site) -> None:
    assert site.ask("/?q=" + "x" * 9_000)[0] == 414


def test_idle_and_dripping_connections_keep_nobody_waiting(site: Site) -> None:
    with ExitStack() as stack:
        for number in range(SOCKETS):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", site.http)))
            if number % 10 == 0:
                one.sendall(b"GET / HTTP/1.1\r\nX")
        callers = Callers(site.connect, "/", count=2)
        with callers.calling():
            callers.wait_for_answers(10)
        assert callers.bad() == []
        assert max(one.ended - one.began for one in callers.asked) < PATIENCE_S


def test_of_a_killed_worker_visitors_see_nothing_but_the_page_it_was_sending(site: Site) -> None:
    callers = Callers(site.connect, "/")
    with callers.calling():
        callers.wait_for_answers(50)
        # All of them: while there is but one, nobody could take over what it was asked.
        os.kill(min(wait_for_children(site.master, WORKERS)), signal.SIGKILL)
        callers.wait_for_answers(100)
    # Half a page is on its way and cannot be asked for again; all else goes to the other worker.
    assert {(one.status, one.why) for one in callers.bad()} <= {(0, "IncompleteRead")}
    assert len(callers.bad()) <= 8
