"""The public finder over 100,000 invented places on a throttled phone, beside folium's cluster.

`python -m bench.finder_page FOLDER [places]`; FOLDER holds node_modules (see README.md). Ours
comes packed, folium's as the file it saves and packed too. Interactive: the first circles are on
the map (and, for ours, the list stands with its distances), painted, and the page answers.
"""

import sys
from logging import ERROR, getLogger
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from bench.folium_page import folium_page
from bench.invented_places import drawn
from bench.throttled_phone import Opened, opened
from geodata.snapshot import Snapshot
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

RUNS = 5
READY = {
    "zhitu": (".zhitu-map .cluster", ".cards.is-measured .card-walk b"),
    "folium": (".marker-cluster",),
    "folium, packed": (".marker-cluster",),
}


class Drawn(Store):
    """A store whose public places are invented."""

    places: Snapshot = Snapshot(0, ())

    def snapshot(self, *, rectifying: bool = False) -> Snapshot:  # noqa: ARG002 - as the store's
        return self.places


def served(app: Flask) -> str:
    """The address an app is served at while the program runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def told(name: str, runs: list[Opened]) -> float:
    """Print the median of the visits; its seconds."""
    seconds = median(run.seconds for run in runs)
    each = ", ".join(f"{run.seconds:.2f}" for run in runs)
    kilobytes = median(run.kilobytes for run in runs)
    longest = ", ".join(f"{run.longest_ms:.0f}" for run in runs)
    print(f"{name}: {seconds:.2f} s ({each}), {kilobytes:.0f} kB, longest tasks {longest} ms")
    return seconds


def main() -> None:
    """Print both pages' medians and their ratio; visits take turns, after one that warms up."""
    getLogger("werkzeug").setLevel(ERROR)
    city = drawn(int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Drawn(Store.open(f"sqlite:///{folder}/z.sqlite").engine)
        store.places = city
        packages = Path(sys.argv[1]) / "node_modules"
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        pages = {
            "zhitu": served(create_app(Settings.from_environment({}), store)),
            "folium": served(folium_page(city, packages, packed=False)),
            "folium, packed": served(folium_page(city, packages, packed=True)),
        }
        turns = [
            {name: opened(browser, address, READY[name]) for name, address in pages.items()}
            for _ in range(RUNS + 1)
        ]
        ours, plain, packed = (told(name, [turn[name] for turn in turns[1:]]) for name in pages)
        print(f"folium took {plain / ours:.1f} times as long, packed {packed / ours:.1f}")
        browser.close()


if __name__ == "__main__":
    main()
