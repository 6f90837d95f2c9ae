"""The other servers of OGC API – Features, in a venv of their own, as one process each."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.peers_table import TABLE
from bench.wrk import Started

_NEEDED = ("tipg==1.6.1", "pygeoapi==0.21.0", "uvicorn", "gunicorn", "psycopg2-binary")


def venv(folder: Path) -> Path:
    """Where the programs of the peers are; installed into the folder the first time."""
    programs = folder / "venv" / "bin"
    if not (programs / "pygeoapi").exists():
        subprocess.run((sys.executable, "-m", "venv", str(folder / "venv")), check=True)
        subprocess.run((programs / "pip", "install", "-q", *_NEEDED, "geoalchemy2"), check=True)
    return programs


def tipg(programs: Path, database: str, port: int) -> Started:
    """Command and environment of tipg."""
    command = [str(programs / "uvicorn"), "tipg.main:app", "--port", str(port)]
    return [*command, "--log-level", "warning"], {"DATABASE_URL": database}


def pygeoapi(programs: Path, database: str, port: int) -> Started:
    """Command and environment of pygeoapi."""
    folder = programs.parents[1]
    config, openapi = folder / "pygeoapi.yml", folder / "openapi.yml"
    # JSON is a part of YAML.
    config.write_text(json.dumps(_settings(database, port)))
    environ = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    subprocess.run(
        (programs / "pygeoapi", "openapi", "generate", config, "--output-file", openapi),
        check=True,
        env=os.environ | environ,
    )
    command = [str(programs / "gunicorn"), "pygeoapi.flask_app:APP", "-b", f"127.0.0.1:{port}"]
    return [*command, "--workers", "1", "--threads", "8", "--log-level", "warning"], environ


def _settings(database: str, port: int) -> Mapping[str, Any]:
    here, url = f"http://127.0.0.1:{port}", urlsplit(database)
    spatial = {"bbox": [-180, -90, 180, 90]}
    link = {"type": "text/html", "rel": "about", "href": here}
    someone = {"name": "bench", "url": here}
    provider = {
        "type": "feature",
        "name": "PostgreSQL",
        "data": {
            "host": url.hostname,
            "port": url.port,
            "dbname": url.path[1:],
            "user": url.username,
            "password": "",
            "search_path": ["public"],
        },
        "id_field": "id",
        "table": TABLE,
        "geom_field": "geom",
    }
    about = {"title": TABLE, "description": TABLE, "keywords": [TABLE]}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": here,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": 10_000},
            "map": {"url": here, "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": about | {"terms_of_service": here, "url": here},
            "license": {"name": "none", "url": here},
            "provider": someone,
            "contact": someone,
        },
        "resources": {
            TABLE: about
            | {"type": "collection", "links": [link], "extents": {"spatial": spatial}}
            | {"providers": [provider]}
        },
    }
