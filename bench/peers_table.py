"""A PostGIS cluster of our own that holds the features of an answer as a table."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PG_BIN = Path("/usr/lib/postgresql/15/bin")
TABLE = "service_points"
_MADE = """
CREATE EXTENSION postgis;
CREATE TABLE {table} AS SELECT (f->>'id')::int AS id, p.*,
    ST_SetSRID(ST_GeomFromGeoJSON(f->>'geometry'), 4326)::geometry(Point, 4326) AS geom
FROM json_array_elements(%s::json) AS f, json_to_record(f->'properties') AS p({columns});
ALTER TABLE {table} ADD PRIMARY KEY (id);
CREATE INDEX ON {table} USING gist (geom);
ANALYZE {table};
"""
_TYPES = {bool: "boolean", int: "integer", float: "float"}


@contextmanager
def postgis(port: int, features: list[dict[str, Any]]) -> Iterator[str]:
    """The URL of a database with every property as a column, indexed; gone afterwards."""
    # Unix socket paths are short, so the folder is not under the caller's.
    folder = Path(tempfile.mkdtemp(prefix="zhitu-bench-"))
    root = os.getuid() == 0
    if root:
        # PostgreSQL refuses to run as root.
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def run(program: str, *arguments: str) -> None:
        user = ("runuser", "-u", "postgres", "--") if root else ()
        command = (*user, str(PG_BIN / program), "-D", str(folder / "data"), *arguments)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run("initdb", "-U", "zhitu", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        url = f"postgresql://zhitu@127.0.0.1:{port}/postgres"
        _fill(url, features)
        yield url
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _fill(url: str, features: list[dict[str, Any]]) -> None:
    import psycopg  # noqa: PLC0415 - only this has the driver

    columns = ", ".join(
        f'"{name}" {_TYPES.get(type(value), "text")}'
        for name, value in features[0]["properties"].items()
    )
    with psycopg.connect(url) as session:
        made = psycopg.ClientCursor(session)
        made.execute(_MADE.format(table=TABLE, columns=columns), [json.dumps(features)])
