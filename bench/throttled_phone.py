"""A page on a throttled phone: when it answers, what it takes off the wire, how it moves.

Phone: 390 x 844, CPU x 4, 9 Mbit/s, 85 ms to the first byte of each answer, empty cache.
"""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

LINE = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 1e6}
LATE = """new PerformanceObserver((list) => {
  for (const each of list.getEntries()) (window.late ||= []).push(each.duration);
}).observe({ type: "longtask", buffered: true });"""
# Two frames on, what was there has been painted and nothing keeps the page from answering.
ANSWERS = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds until interactive, kB on the wire, the longest task while zooming in ms."""

    seconds: float
    kilobytes: float
    longest_ms: float


def phone(browser: Browser) -> tuple[Page, dict[str, float]]:
    """A throttled page, and the bytes it takes off the wire."""
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
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page, wire


def opened(browser: Browser, address: str, ready: tuple[str, ...]) -> Opened:
    """A visit: interactive once all of `ready` is on the page, painted, and the page answers."""
    page, wire = phone(browser)
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="commit")
    for one in ready:
        page.wait_for_selector(one, state="attached")
    took = float(page.evaluate(ANSWERS)) / 1000
    page.wait_for_load_state("networkidle")
    taken = wire["bytes"] / 1000
    page.evaluate("window.late = []")
    page.locator(".leaflet-container").focus()
    for key in ("+", "+", "ArrowLeft", "ArrowUp", "+", "-", "-"):
        page.keyboard.press(key)
        page.wait_for_timeout(900)
    late = max(page.evaluate("window.late"), default=0.0)
    page.context.close()
    return Opened(took, taken, float(late))
