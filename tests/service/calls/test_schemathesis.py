"""What a fuzzer finds in the calls and tiles that reads the document: nothing, in any role."""

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

RUN = (
    *(sys.executable, str(Path(sys.executable).with_name("schemathesis")), "run"),
    *("--seed", "7", "--generation-database", "none", "--no-color", "--warnings", "off"),
    # How long an answer or an example takes says nothing on a machine that others share.
    *("--suppress-health-check", "too_slow", "--request-timeout", "120"),
    *("--phases", "examples,coverage,fuzzing", "--max-examples", "4"),
    *("--include-path-regex", "^/(api/v1|tiles)"),
)
HANGS_S = 900


@pytest.fixture
def url(make_app: Callable[..., Flask]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("role", [None, Role.EDITOR])
def test_a_fuzzer_finds_nothing(url: str, city: Store, tmp_path: Path, role: Role | None) -> None:
    signed: tuple[str, ...] = ()
    if role is not None:
        with city.writing() as session:
            token = tokens.make(
                session,
                Person("admin", Role.ADMIN),
                name="fuzzer",
                role=role,
                expires_on=today() + timedelta(days=1),
                today=today(),
            )
        # What a siting question or a change may hold is more than a schema says.
        signed = ("-H", f"Authorization: Bearer {token}")
        signed += ("--exclude-checks", "positive_data_acceptance")
    ran = subprocess.run(
        (*RUN, f"{url}/api", *signed),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS_S,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-1000:]
