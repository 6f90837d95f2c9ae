"""OGC API – Features over 10,000 points beside tipg and pygeoapi, one process each.

`python -m bench.api_load FOLDER [seconds]` (needs wrk, PostgreSQL 15 with PostGIS and the extra
`postgis`): the peers are installed into FOLDER the first time. The peers' database is not counted.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bench.api_city import store_city
from bench.peers import pygeoapi, tipg, venv
from bench.peers_table import TABLE, postgis
from bench.wrk import Load, Started, free_port, loaded, served

COUNT, IN_WINDOW, MIDDLE = 10_000, 100, (121.47, 31.23)
ACCEPT = {"Accept": "application/geo+json"}
GEOJSON = "Accept: application/geo+json"


def ours(database: Path, port: int) -> Started:
    """Command and environment of `zhitu serve`."""
    command = (sys.executable, "-c", "from service.cli import main; main()", "serve")
    return [*command, "--port", str(port)], {"ZHITU_DATABASE": f"sqlite:///{database}"}


def features(items: str, query: str = "") -> list[dict[str, Any]]:
    """What an address answers."""
    with urlopen(Request(f"{items}?limit={COUNT}{query}", headers=ACCEPT)) as answer:
        found: list[dict[str, Any]] = json.load(answer)["features"]
    return found


def window(points: list[list[float]]) -> str:
    """The square about the middle that holds so many points as are asked for."""
    far = sorted(max(abs(lon - MIDDLE[0]), abs(lat - MIDDLE[1])) for lon, lat in points)
    half = (far[IN_WINDOW - 1] + far[IN_WINDOW]) / 2
    sides = (one + sign * half for sign in (-1, 1) for one in MIDDLE)
    return "&bbox=" + ",".join(f"{side:.7f}" for side in sides)


def measured(name: str, items: str, pid: int, box: str, seconds: int) -> Load:
    """Print what a server does; the load of the window."""
    loads = []
    # Some take seconds for all points, and eight are asked at a time.
    asked = (("window", box, IN_WINDOW, seconds), ("all", "", COUNT, 3 * seconds))
    for what, query, count, length in asked:
        if len(features(items, query)) != count:
            raise SystemExit(f"{name}: {query} has not {count} features")
        load = loaded(f"{items}?limit={COUNT}{query}", pid, seconds=length, headers=(GEOJSON,))
        print(f"{name}, {what}: {load}")
        loads.append(load)
    return loads[0]


def unchanged(items: str, pid: int, box: str, seconds: int) -> Load:
    """What is spent on those who hold the answer already."""
    url = f"{items}?limit={COUNT}{box}"
    with urlopen(Request(url, headers=ACCEPT)) as answer:
        tag = answer.headers["ETag"]
    return loaded(url, pid, seconds=seconds, headers=(GEOJSON, f"If-None-Match: {tag}"))


def main() -> None:
    """Print requests a second and milliseconds of CPU a request."""
    folder = Path(sys.argv[1]).resolve()
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    programs = venv(folder)
    database = folder / "city.sqlite"
    database.unlink(missing_ok=True)
    store_city(database, COUNT)
    port = free_port()
    url = f"http://127.0.0.1:{port}/ogc/collections/{TABLE}/items"
    with served(ours(database, port), url) as pid:
        every = features(url)
        box = window([one["geometry"]["coordinates"] for one in every])
        fast = measured("zhitu", url, pid, box, seconds)
        print(f"zhitu, 304: {unchanged(url, pid, box, seconds)}")
    with postgis(every) as table:
        for peer, collection in ((tipg, f"public.{TABLE}"), (pygeoapi, TABLE)):
            port = free_port()
            url = f"http://127.0.0.1:{port}/collections/{collection}/items"
            with served(peer(programs, table, port), url) as pid:
                slow = measured(peer.__name__, url, pid, box, seconds)
            print(f"zhitu / {peer.__name__}, window: {fast.a_second / slow.a_second:.1f} ×")


if __name__ == "__main__":
    main()
