"""A PostGIS cluster of our own that holds the features of an answer as a table."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.cluster import cluster

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
def postgis(features: list[dict[str, Any]]) -> Iterator[str]:
    """The URL of a database with every property as a column, indexed; gone afterwards."""
    with cluster() as server:
        _fill(server.url, features)
        yield server.url


def _fill(url: str, features: list[dict[str, Any]]) -> None:
    import psycopg  # noqa: PLC0415 - only this has the driver

    columns = ", ".join(
        f'"{name}" {_TYPES.get(type(value), "text")}'
        for name, value in features[0]["properties"].items()
    )
    with psycopg.connect(url) as session:
        made = psycopg.ClientCursor(session)
        made.execute(_MADE.format(table=TABLE, columns=columns), [json.dumps(features)])
