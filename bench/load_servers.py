"""The two services of the load: two workers of zhitu, two of tipg."""

import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from bench.peers import tipg, venv
from bench.wrk import Started

ROOT = Path(__file__).parents[1]


def ours(database: Path, port: int) -> Started:
    """Command and environment of two workers with threads, as docs/operate.md runs them."""
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "docs/operate/gunicorn.conf.py")]
    command += ["--workers", "2", "-b", f"127.0.0.1:{port}", "service.wsgi:application"]
    return command, {"ZHITU_DATABASE": f"sqlite:///{database}", "ZHITU_WORKS": "0"}


def theirs(folder: Path, database: str, port: int) -> Started:
    """Command and environment of two workers of tipg."""
    command, environ = tipg(venv(folder), database, port)
    return [*command, "--workers", "2"], environ


def over_http(port: int, path: str) -> tuple[int, bytes]:
    """What a server says."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, b""
