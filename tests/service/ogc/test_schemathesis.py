"""What a fuzzer finds that reads the document: nothing, as nobody and in every role."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from geodata.accounts import tokens
from geodata.accounts.roles import Person, Role
from geodata.store import Store
from service.clock import today

RUN = (
    *(sys.executable, str(Path(sys.executable).with_name("schemathesis")), "run"),
    *("--seed", "7", "--generation-database", "none", "--no-color", "--warnings", "off"),
    # How long an answer or an example takes says nothing on a machine that others share.
    *("--suppress-health-check", "too_slow", "--request-timeout", "120"),
)
HANGS_S = 900
CLOSED = "^/collections(/(gaps|proposals)(/.*)?)?$"


def found(url: str, folder: Path, *options: str) -> str:
    """The end of the fuzzer's report; "" when it found nothing."""
    command = (*RUN, f"{url}/api", *options)
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=HANGS_S, cwd=folder
    )
    return "" if ran.returncode == 0 else ran.stdout[-4000:] + ran.stderr[-1000:]


def test_a_fuzzer_finds_nothing(url: str, tmp_path: Path) -> None:
    options = ("--phases", "examples,coverage,fuzzing", "--max-examples", "3")
    assert found(url, tmp_path, *options) == ""


@pytest.mark.parametrize("role", list(Role))
def test_a_fuzzer_with_a_token_finds_nothing(
    url: str, layers: Store, tmp_path: Path, role: Role
) -> None:
    with layers.writing() as session:
        token = tokens.make(
            session,
            Person("admin", Role.ADMIN),
            name=f"fuzzer {role}",
            role=role,
            expires_on=today() + timedelta(days=1),
            today=today(),
        )
    options = ("--phases", "examples,coverage", "--include-path-regex", CLOSED)
    assert found(url, tmp_path, *options, "-H", f"Authorization: Bearer {token}") == ""
