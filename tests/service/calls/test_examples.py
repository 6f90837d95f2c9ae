"""The examples of the calls and tiles run against a server."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from geodata.accounts import tokens
from geodata.accounts.roles import Person, Role
from geodata.store import Store
from service.clock import today
from service.jobs.runner import Runner, works
from service.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "api"


@pytest.fixture
def url(make_app: Callable[..., Flask]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def run(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"install {program}")
    return found


def test_the_example_for_curl_runs(url: str) -> None:
    needs("curl")
    found = json.loads(run("sh", str(EXAMPLES / "nearest.sh"), url, "121.471", "31.2349"))
    # Whether it is open depends on the hour the test runs.
    assert {one["name"] for one in found["places"]} <= {"示例・广场驿站"}
    assert found["detour"] == 1.3


def test_the_example_for_python_runs(url: str, city: Store) -> None:
    with city.writing() as session:
        token = tokens.make(
            session,
            Person("admin", Role.ADMIN),
            name="选址",
            role=Role.VIEWER,
            expires_on=today() + timedelta(days=1),
            today=today(),
        )
    runner = Runner(city, works(Settings(), city), pause_s=0.1)
    runner.start()
    found = run(sys.executable, str(EXAMPLES / "siting.py"), url, token)
    runner.stop()
    assert found.startswith("枫泾产业园")


def test_the_example_for_javascript_runs(url: str) -> None:
    made = json.loads(run(needs("node"), str(EXAMPLES / "tiles.mjs"), url))
    assert made == {
        "sources": {
            "rest_room": {
                "type": "vector",
                "tiles": [f"{url}/tiles/rest_room/{{z}}/{{x}}/{{y}}.mvt"],
                "maxzoom": 16,
            }
        },
        "layers": [
            {
                "id": "rest_room",
                "type": "circle",
                "source": "rest_room",
                "source-layer": "rest_room",
            }
        ],
    }
