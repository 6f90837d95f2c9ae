"""The server: who a wrong password is counted against, and what is too much."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.test import Client

from geodata.store import Store
from service.serving.server import make_server
from service.settings import Settings


@contextmanager
def bound(store: Store, **changes: Any) -> Iterator[Any]:
    """A server on a port of its own; its application is what requests meet."""
    server = make_server(Settings(planner_password="口令", port=0, **changes), store)
    yield server
    server.task_dispatcher.shutdown()
    server.close()


def wrong_password(server: Any, sender: str) -> int:
    """The status a wrong password gets that a proxy on this machine passes on."""
    return (
        Client(server.application)
        .post(
            "/sign-in",
            data={"password": "x"},
            headers={"X-Forwarded-For": sender},
            environ_overrides={"REMOTE_ADDR": "127.0.0.1"},
        )
        .status_code
    )


@pytest.mark.parametrize(
    ("settings", "other"), [({"https": True}, 401), ({"proxy_hops": 1}, 401), ({}, 429)]
)
def test_behind_a_proxy_one_guesser_does_not_lock_out_the_others(
    city: Store, settings: dict[str, Any], other: int
) -> None:
    with bound(city, **settings) as server:
        tries = [wrong_password(server, "192.0.2.1") for _ in range(6)]
        assert tries == [401] * 5 + [429]
        assert wrong_password(server, "192.0.2.2") == other


@pytest.mark.parametrize("settings", [{"https": True}, {"proxy_hops": 1}])
def test_a_sender_cannot_pretend_to_be_many_behind_a_proxy(
    city: Store, settings: dict[str, Any]
) -> None:
    with bound(city, **settings) as server:
        tries = [wrong_password(server, f"198.51.100.{n}, 192.0.2.1") for n in range(6)]
        assert tries == [401] * 5 + [429]


def test_no_more_is_taken_in_than_a_file_and_by_most_routes_than_a_form(city: Store) -> None:
    with bound(city, upload_mb=3) as server:
        assert server.adj.max_request_body_size == 3_100_000 + 16 * 1024
        form = {"password": "x" * 17_000}
        answer = Client(server.application).post(
            "/sign-in", data=form, environ_overrides={"REMOTE_ADDR": "192.0.2.1"}
        )
        assert answer.status_code == 413


def test_requests_that_wait_for_others_write_no_lines(
    city: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with bound(city):
        logging.getLogger("waitress.queue").warning("Task queue depth is 1")
    assert caplog.messages == []
