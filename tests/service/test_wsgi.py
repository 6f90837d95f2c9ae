"""What gunicorn loads: made once, shared with nobody, and silent but for one sentence."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.postgres import ANSWER_S

ROOT = Path(__file__).parents[2]
LOADED = """
import os
from service import wsgi
from service.observing import health
health.PATIENCE_S = 60.0  # on a machine that does much else
first = wsgi.application
print(first is wsgi.application, wsgi.served().store.engine.pool.checkedin(), flush=True)
pid = os.fork()
if not pid:
    answer = wsgi.application.test_client().get("/readyz")
    print(answer.status_code, wsgi.application.secret_key == first.secret_key, flush=True)
    os._exit(0)
os.waitpid(pid, 0)
"""
LIMITED = """
from sqlalchemy import text
from service import wsgi
with wsgi.served().store.engine.connect() as connection:
    print(connection.scalar(text("SHOW statement_timeout")))
"""


def load(folder: Path, program: str = LOADED, **settings: str) -> subprocess.CompletedProcess[str]:
    environ = {"PYTHONPATH": str(ROOT), "PATH": "", "LANG": "C.UTF-8"} | settings
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, env=environ, cwd=folder, capture_output=True, text=True, check=False
    )


def test_it_is_made_once_and_leaves_its_workers_no_connection_of_its_own(tmp_path: Path) -> None:
    told = load(tmp_path)
    assert (told.stdout, told.stderr, told.returncode) == ("True 0\n200 True\n", "", 0)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"ZHITU_PORT": "0x50"}, "zhitu: ZHITU_PORT 要是 1 到 65535 的整数，收到：0x50\n"),
        ({"ZHITU_DATABASE": "mysql://x/y"}, None),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str | None
) -> None:
    told = load(tmp_path, **settings)
    assert (told.stdout, told.returncode) == ("", 1)
    assert told.stderr == (sentence or told.stderr)
    assert (told.stderr.startswith("zhitu: "), told.stderr.count("\n")) == (True, 1)


@pytest.mark.postgis
def test_its_statements_have_an_end(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    told = load(tmp_path, LIMITED, ZHITU_DATABASE=new_database("postgis"))
    assert (told.stdout, told.stderr) == (f"{ANSWER_S}s\n", "")
