"""The public finder over 100,000 invented places on a throttled phone, beside folium's cluster.

`python -m bench.finder_page FOLDER [places]`; FOLDER is what `npm pack leaflet.markercluster@1.1.0`
unpacks to. Phone: 390 x 844, CPU x 4, 9 Mbit/s, 85 ms; both pages packed by the same server.
Interactive: the first marks are on the map (and, for ours, the measured list stands).
"""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from bench.folium_page import folium_page
from bench.invented_places import drawn
from geodata.snapshot import Snapshot
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

RUNS = 5
READY = {
    "zhitu": ".cards.is-measured .card, .zhitu-map .cluster",
    "folium": ".marker-cluster",
}
LATE = """new PerformanceObserver((list) => {
  for (const each of list.getEntries()) (window.late ||= []).push(each.duration);
}).observe({ type: "longtask", buffered: true });"""


class Drawn(Store):
    """A store whose public places are invented."""

    places: Snapshot = Snapshot(0, ())

    def snapshot(self, *, rectifying: bool = False) -> Snapshot:  # noqa: ARG002 - as the store's
        return self.places


def phone(browser: Browser) -> tuple[Page, dict[str, float]]:
    """A throttled page with an empty cache, and the bytes it takes off the wire."""
    page = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    ).new_page()
    page.add_init_script(LATE)
    wire = {"bytes": 0.0}
    session = page.context.new_cdp_session(page)
    session.on(
        "Network.loadingFinished",
        lambda event: wire.update(bytes=wire["bytes"] + event["encodedDataLength"]),
    )
    session.send("Network.enable")
    line = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 1e6}
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page, wire


def opened(browser: Browser, address: str, name: str) -> tuple[float, float, float]:
    """Seconds until interactive, kB on the wire, the longest task while zooming in ms."""
    page, wire = phone(browser)
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="commit")
    for one in READY[name].split(", "):
        page.wait_for_selector(one, state="attached")
    took = float(page.evaluate("performance.now()")) / 1000
    page.wait_for_load_state("networkidle")
    taken = wire["bytes"] / 1000
    page.evaluate("window.late = []")
    page.locator(".leaflet-container").focus()
    for key in ("+", "+", "ArrowLeft", "ArrowUp", "+", "-", "-"):
        page.keyboard.press(key)
        page.wait_for_timeout(900)
    late = max(page.evaluate("window.late"), default=0.0)
    page.context.close()
    return took, taken, float(late)


def main() -> None:
    """Print both pages' medians and their ratio."""
    city = drawn(int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Drawn(Store.open(f"sqlite:///{folder}/z.sqlite").engine)
        store.places = city
        apps = {
            "zhitu": create_app(Settings.from_environment({}), store),
            "folium": folium_page(city, Path(sys.argv[1])),
        }
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        found = {}
        for name, app in apps.items():
            server = make_server("127.0.0.1", 0, app, threaded=True)
            Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            opened(browser, address, name)
            runs = [opened(browser, address, name) for _ in range(RUNS if name == "zhitu" else 2)]
            found[name] = tuple(median(column) for column in zip(*runs, strict=True))
            took, kilobytes, late = found[name]
            print(f"{name}: {took:.2f} s, {kilobytes:.0f} kB, longest task {late:.0f} ms")
            server.shutdown()
        print(f"folium took {found['folium'][0] / found['zhitu'][0]:.1f} times as long")
        browser.close()


if __name__ == "__main__":
    main()
