"""How fast are addresses looked up in 100,000 doors, against only taking them apart?

A few of the addresses are known doors, most lie between known ones. The memory is what the loaded
gazetteer holds.
"""

import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from geodata.model import Datum
from geodata.place.address import parse
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import build
from geodata.place.gazetteer.inputs import Anchor, Input

ROADS = 2500
DOORS_A_ROAD = 40
ASKED = 20_000
_NAMES = "东南西北中平安和顺泰康宁福禄寿喜春夏秋冬山水云月星辰"


def main() -> None:
    """Print look-ups a second, their time over that of the parse alone, and the memory."""
    draw = random.Random(7)
    names = [_name(n) for n in range(ROADS)]
    anchors = [anchor for n, name in enumerate(names) for anchor in _doors(n, name)]
    asked = [f"{draw.choice(names)}{draw.randrange(2, 8 * DOORS_A_ROAD)}号" for _ in range(ASKED)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        built_s = _seconds(lambda: build([Input("bench", "", Datum.WGS84, tuple(anchors))], path))
        load_s = _seconds(lambda: Gazetteer.load([path]))
        tracemalloc.start()
        gazetteer = Gazetteer.load([path])
        held_mb = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
    parse_s = min(_seconds(lambda: [parse(text) for text in asked]) for _ in range(3))
    find_s = min(
        _seconds(lambda: [gazetteer.find(parse(text), district="闵行区") for text in asked])
        for _ in range(3)
    )
    print(f"{len(anchors):,} doors: built in {built_s:.1f} s, loaded in {load_s:.1f} s")
    print(f"looked up: {ASKED / find_s:,.0f} addresses/s, {find_s / parse_s:.1f} × the parse alone")
    print(f"held in memory: {held_mb:.0f} MB")


def _name(n: int) -> str:
    base = len(_NAMES)
    return f"{_NAMES[n // base // base]}{_NAMES[n // base % base]}{_NAMES[n % base]}路"


def _doors(n: int, name: str) -> list[Anchor]:
    lon, lat = 121.30 + 0.002 * (n % 50), 31.02 + 0.002 * (n // 50)
    return [
        Anchor(f"{name}{8 * k + 1 + k % 2}号", lon + 0.0001 * k, lat, district="闵行区")
        for k in range(DOORS_A_ROAD)
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
