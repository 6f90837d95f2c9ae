"""What goes wrong on the way, and what must never leave the program."""

import logging
import socket
import traceback
from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.place.online.amap import AMap
from geodata.place.online.baidu import Baidu
from geodata.place.online.errors import (
    KeyRefusedError,
    ProviderError,
    RateLimitedError,
    TimedOutError,
    UnavailableError,
    UnreadableAnswerError,
)
from geodata.place.online.query import Query

Asks = Callable[..., Query]
GOOD = b'{"status":"1","infocode":"10000","geocodes":[]}'


def asking(server: Loopback, *, hasty: bool = False) -> AMap:
    """`hasty` where time is to run out; elsewhere a busy machine may take its time."""
    timeout_s = 0.3 if hasty else 30.0
    return AMap("canary-key", url=server.url, city="310000", timeout_s=timeout_s, hosts=LOOPBACK)


@pytest.fixture
def amap(server: Loopback) -> AMap:
    return asking(server)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(b"<html>busy</html>"), UnreadableAnswerError),
        (Reply(b'{"status":"1",'), UnreadableAnswerError),
        (Reply(b"\xff\xfe"), UnreadableAnswerError),
        (Reply(b""), UnreadableAnswerError),
        (Reply([]), UnreadableAnswerError),
        (Reply(None), UnreadableAnswerError),
        (Reply({"status": "1", "infocode": "10000"}), UnreadableAnswerError),
        (Reply(b"[" * 100_000), UnreadableAnswerError),
        (Reply(b" " * 2_100_000), UnreadableAnswerError),
        (Reply(GOOD, cut=5), UnavailableError),
        (Reply(b"", status=500), UnavailableError),
        (Reply(b"", status=502), UnavailableError),
        (Reply(b"", status=504), TimedOutError),
        (Reply(b"", status=403), KeyRefusedError),
        (Reply(b"", status=429), RateLimitedError),
    ],
)
def test_every_fault_has_its_class(
    amap: AMap, server: Loopback, question: Asks, reply: Reply, error: type[ProviderError]
) -> None:
    server.script = [reply]
    with pytest.raises(error) as caught:
        amap.ask([question("飞虹路528号")])
    assert type(caught.value) is error
    assert len(server.asked) == 1


def test_an_answer_that_comes_late_is_not_waited_for(server: Loopback, question: Asks) -> None:
    server.script = [Reply(GOOD, delay_s=0.6)]
    with pytest.raises(TimedOutError):
        asking(server, hasty=True).ask([question("飞虹路528号")])
    # It may be given up before the server has read it.
    assert len(server.asked) < 2


def test_a_body_that_drips_is_given_up(question: Asks) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        service = AMap(
            "k", url=f"http://127.0.0.1:{port}", city="310000", timeout_s=0.3, hosts=LOOPBACK
        )

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
                try:
                    for _ in range(40):
                        connection.sendall(b" ")
                        sleep(0.05)
                except OSError:
                    return

        thread = Thread(target=drip)
        thread.start()
        with pytest.raises(TimedOutError):
            service.ask([question("飞虹路528号")])
        thread.join()


def test_a_host_nobody_answers_at_is_unavailable(question: Asks) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(UnavailableError, match=r"^ConnectionRefusedError$"):
            AMap("k", url=url, city="310000", hosts=LOOPBACK).ask([question("飞虹路528号")])


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_leads_nowhere(
    amap: AMap, server: Loopback, question: Asks, status: int
) -> None:
    server.script = [
        Reply(b"", status=status, headers={"Location": f"{server.url}/elsewhere"}),
        Reply(GOOD),
    ]
    with pytest.raises(UnavailableError, match=f"^HTTP {status}$"):
        amap.ask([question("飞虹路528号")])
    assert [request.path for request in server.asked] == ["/v3/geocode/geo"]


def test_a_date_to_wait_for_is_seconds_to_wait(
    amap: AMap, server: Loopback, question: Asks
) -> None:
    past = {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}
    server.script = [
        Reply(b"", status=429, headers={"Retry-After": "12"}),
        Reply(b"", status=429, headers=past),
        Reply(b"", status=429, headers={"Retry-After": "soon"}),
    ]
    waits = []
    for _ in range(3):
        with pytest.raises(RateLimitedError) as caught:
            amap.ask([question("飞虹路528号")])
        waits.append(caught.value.retry_after_s)
    assert waits == [12, 0, None]


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"status": "0", "infocode": "10001", "info": "canary-key"}),
        Reply({"error": "canary-key"}, status=403),
        Reply(b"canary-key", status=500),
        Reply(b"<html>canary-key"),
        Reply(GOOD, cut=5),
        Reply(GOOD, delay_s=0.6),
    ],
)
def test_no_key_is_told_by_an_error_or_a_log(
    server: Loopback,
    question: Asks,
    caplog: pytest.LogCaptureFixture,
    reply: Reply,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = [reply]
    service = asking(server, hasty=reply.delay_s > 0)
    with pytest.raises(ProviderError) as caught:
        service.ask([question("飞虹路528号")])
    shown = "".join(traceback.format_exception(caught.value))
    assert "canary" not in f"{shown}{caught.value!r}{service!r}{caplog.text}"


def test_no_key_is_told_by_a_batch_either(
    server: Loopback, question: Asks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    baidu = Baidu("canary-key", url=server.url, hosts=LOOPBACK)
    server.script = [Reply({"status": 5, "message": "canary-key"}), Reply(b"", status=403)]
    for _ in range(2):
        with pytest.raises(KeyRefusedError) as caught:
            baidu.ask([question("飞虹路528号"), question("飞虹路530号")])
        shown = "".join(traceback.format_exception(caught.value))
        assert "canary" not in f"{shown}{caught.value!r}{baidu!r}{caplog.text}"
