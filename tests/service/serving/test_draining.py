"""How a server ends: what had come before the end is answered."""

import http.client
import select
from contextlib import closing
from typing import Any

import pytest
from waitress import wasyncore

from geodata.store import Store
from service.serving import draining
from service.serving.draining import Channel, Serving
from service.serving.server import make_server
from service.settings import Settings

SOON_S = 60.0


def test_what_came_while_the_process_was_kept_from_running_is_answered(
    city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the whole time for it had gone by when the process runs again.
    monkeypatch.setattr(draining, "_LINGER_S", 0.0)
    sockets: dict[int, Any] = {}
    server = make_server(Settings(port=0), city, sockets)
    serving = Serving(server, sockets)
    with closing(
        http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=SOON_S)
    ) as asker:
        asker.connect()
        while not serving._of(Channel):
            serving._turn(0.05)
        [channel] = serving._of(Channel)
        serving._let_nobody_in()
        asker.request("GET", "/healthz")
        assert select.select([channel.socket], [], [], SOON_S)[0]
        serving._finish(SOON_S)
        status = asker.getresponse().status
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets)
    assert status == 200
