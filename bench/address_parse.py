"""How long does taking addresses apart take, beside reading and writing the same file?

    python -m bench.address_parse

The peer reads and writes 5,000 rows with the csv module alone, in the same run.
"""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from service.commands.address import parse_list

ROWS = 5000
ROUNDS = 5
KINDS = (
    "上海市浦东新区示例镇示例路{n}弄{m}号{k}楼{m}室",
    "示例{m}路{n}号A座{k}层（近示例东路）",
    "虹口区示例路{n}-{m}号示例大厦{k}楼",
    "示例路与示例{m}路路口",
    "地铁{k}号线示例站{m}号口",
)


def main() -> None:
    """Print addresses a second and the ratio to the peer."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        write_list(place / "in.csv")
        ours_s = best(lambda: parse_list(place / "in.csv", place / "ours.csv"))
        peer_s = best(lambda: copy(place / "in.csv", place / "peer.csv"))
    print(f"{ROWS} rows: {ROWS / ours_s:,.0f} addresses/s, {ours_s / peer_s:.0f} x the csv module")


def write_list(path: Path) -> None:
    texts = (
        KINDS[n % len(KINDS)].format(n=n % 997 + 1, m=n % 89 + 1, k=n % 19 + 1) for n in range(ROWS)
    )
    lines = (f"{n},示例{n}站,{text}" for n, text in enumerate(texts))
    path.write_text("编号,名称,地址\n" + "\n".join(lines) + "\n", encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    """What a list costs without us."""
    with source.open(encoding="utf-8", newline="") as read, target.open("w", newline="") as write:
        csv.writer(write).writerows(csv.reader(read))


def best(run: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
