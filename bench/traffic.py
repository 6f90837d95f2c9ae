"""What visitors ask in what shares, of zhitu and the same of tipg, and what an answer says."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import quote, urlencode

from bench.peers_table import TABLE
from geodata.kinds import Kind

SHARES = {"finder": 15, "clusters": 30, "place": 20, "search": 10, "ogc": 25}
SEED = 20260301
_A_KIND = 60
_DISTRICTS = ("黄浦区", "静安区", "徐汇区", "普陀区", "浦东新区")
_ITEMS = f"/ogc/collections/{TABLE}/items"
_PEERS = f"/collections/public.{TABLE}/items"
# The hours of a place are told from the minute at hand.
_MINUTE = re.compile(rb'data-times="[^"]*"')


@dataclass(frozen=True, slots=True)
class Window:
    """West, south, east, north in degrees, at a zoom of 512 pixels across."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @property
    def bbox(self) -> str:
        return f"{self.west:.6f},{self.south:.6f},{self.east:.6f},{self.north:.6f}"


def windows(chance: random.Random) -> list[Window]:
    """As phones show them about the middle of the city."""
    zooms = [chance.choice((11, 12, 13, 14, 15, 16)) for _ in range(_A_KIND)]
    spots = [(chance.gauss(121.47, 0.05), chance.gauss(31.23, 0.05), z) for z in zooms]
    widths = [360 / 2**zoom for zoom in zooms]
    return [
        Window(lon, lat, lon + width, lat + width, zoom)
        for (lon, lat, zoom), width in zip(spots, widths, strict=True)
    ]


def of_zhitu(count: int) -> Mapping[str, tuple[str, ...]]:
    """Addresses by kind of request, over so many places."""
    chance = random.Random(SEED)
    seen, ids = windows(chance), chance.sample(range(1, count + 1), _A_KIND)
    kinds = [chance.choice(list(Kind)).value for _ in range(_A_KIND)]
    finders = [urlencode({"kind": k, "district": chance.choice(_DISTRICTS)}) for k in kinds]
    return {
        "finder": tuple(f"/?{query}" for query in finders),
        "clusters": tuple(f"/clusters?bbox={one.bbox}&z={one.zoom}" for one in seen),
        "place": tuple(f"/p/{one}" for one in ids),
        "search": tuple(f"/?q={quote(f'示例{one % 1000}')}" for one in ids),
        "ogc": tuple(f"{_ITEMS}?bbox={one.bbox}&limit=100" for one in seen),
    }


def of_tipg(count: int) -> Mapping[str, tuple[str, ...]]:
    """What comes nearest to the same: items by properties for lists, features for a map."""
    chance = random.Random(SEED)
    seen, ids = windows(chance), chance.sample(range(1, count + 1), _A_KIND)
    kinds = [chance.choice(list(Kind)).value for _ in range(_A_KIND)]
    finders = [urlencode({"kind": k, "district": chance.choice(_DISTRICTS)}) for k in kinds]
    likes = [quote(f"name LIKE '%示例{one % 1000}%'") for one in ids]
    return {
        "finder": tuple(f"{_PEERS}?limit=30&{query}" for query in finders),
        "clusters": tuple(f"{_PEERS}?limit=200&bbox={one.bbox}" for one in seen),
        "place": tuple(f"{_PEERS}/{one}" for one in ids),
        "search": tuple(f"{_PEERS}?limit=30&filter-lang=cql2-text&filter={one}" for one in likes),
        "ogc": tuple(f"{_PEERS}?bbox={one.bbox}&limit=100" for one in seen),
    }


def said(body: bytes) -> str:
    """What an answer says, apart from the minute and the address it was asked at."""
    if b'"features"' in body:
        told = re.search(rb'"numberMatched": ?\d+', body)
        body = (told[0] if told else b"") + body[body.index(b'"features"') :]
    return blake2b(_MINUTE.sub(b"", body), digest_size=12).hexdigest()


def answers(
    asked: Mapping[str, tuple[str, ...]], ask: Callable[[str], tuple[int, bytes]]
) -> dict[str, str]:
    """What is right for each address, from a server that nobody else asks."""
    found = {}
    for path in (path for paths in asked.values() for path in paths):
        status, body = ask(path)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        found[path] = said(body)
    return found
