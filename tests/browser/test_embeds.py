"""Maps in frames of other sites: two hosts on loopback, one on the list and one not."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import (
    ConsoleMessage,
    Frame,
    FrameLocator,
    Locator,
    Page,
    expect,
)

from geodata.embeds.sites import add_site
from geodata.store import Store

pytestmark = pytest.mark.browser

FLAGS = "allow-scripts allow-same-origin allow-popups"
KEEP_HEIGHTS = """() => {
  window.heights = [];
  const frame = document.querySelector("iframe");
  new MutationObserver(() => heights.push(frame.getAttribute("height")))
    .observe(frame, { attributeFilter: ["height"] });
}"""


class Hosts:
    """Sites of others: one page each, handed in by path; `policy` is their CSP header."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.policy = ""
        hosts = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if hosts.policy:
                    self.send_header("Content-Security-Policy", hosts.policy)
                self.end_headers()
                self.wfile.write(f"<!DOCTYPE html>{hosts.pages.get(self.path, '')}".encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Quiet."""

        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
        self._threads = [Thread(target=server.serve_forever) for server in self._servers]
        for thread in self._threads:
            thread.start()
        self.listed, self.unlisted = (
            f"http://127.0.0.1:{server.server_port}" for server in self._servers
        )

    def close(self) -> None:
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    made = Hosts()
    yield made
    made.close()


@pytest.fixture
def ours(store: Store, hosts: Hosts, serve: Callable[..., Any]) -> Iterator[str]:
    """The service, with one of the two hosts on its list."""
    with serve(store, ZHITU_EMBED_SITES=hosts.listed) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Any:
    opened = open_page("desktop")
    opened.page.set_viewport_size({"width": 1000, "height": 800})
    return opened


@pytest.fixture
def page(visit: Any) -> Page:
    opened: Page = visit.page
    return opened


def drawn(frame: FrameLocator) -> list[str]:
    """The names of the list once the map has its marks."""
    frame.locator(".zhitu-map .marker, .zhitu-map .cluster").first.wait_for()
    return sorted(frame.locator("#cards .card-link").all_text_contents())


def shown_at(page: Page, hosts: Hosts, html: str, *, listed: bool = True) -> FrameLocator:
    hosts.pages["/"] = html
    page.goto(hosts.listed if listed else hosts.unlisted)
    return page.frame_locator("iframe").first


def refused(message: ConsoleMessage) -> bool:
    return "frame-ancestors" in message.text


def fits(visit: Any, iframe: Locator) -> Frame:
    """The page in a frame, once all of it is there and the frame is as high as it."""
    inside = iframe.element_handle().content_frame()
    assert inside is not None
    inside.wait_for_selector("#cards.is-measured")

    def fitting() -> bool:
        visit.settle()
        high = inside.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
        return iframe.get_attribute("height") == str(high)

    visit.until(fitting)
    return inside


def heights_until_777(page: Page, inside: Frame) -> list[str]:
    """What a frame's height was set to since KEEP_HEIGHTS, up to an honest word of its page."""
    inside.evaluate("parent.postMessage({ zhitu: 'height', height: 777 }, '*')")
    expect(page.locator("iframe")).to_have_attribute("height", "777")
    heights: list[str] = page.evaluate("heights")
    return heights


def test_a_listed_site_shows_the_map(page: Page, hosts: Hosts, ours: str) -> None:
    frame = shown_at(
        page, hosts, f'<iframe src="{ours}/embed?kind=rest_room" width=600 height=400>'
    )
    assert drawn(frame) == ["福州路休息室"]


def test_any_other_site_shows_the_sentence_and_its_own_address(
    page: Page, hosts: Hosts, ours: str
) -> None:
    html = f'<iframe src="{ours}/embed?kind=rest_room" width=600 height=400>'
    frame = shown_at(page, hosts, html, listed=False)
    assert frame.locator("p").first.inner_text() == (
        "你的网站还不在名单里，请联系提供地图的工会，把下面这个网址加进名单。"
    )
    assert frame.locator("b").inner_text() == hosts.unlisted
    assert (frame.locator(".zhitu-map").count(), frame.locator(".card").count()) == (0, 0)


def test_a_site_that_hides_who_it_is_is_blocked_by_the_browser(
    page: Page, hosts: Hosts, ours: str
) -> None:
    html = f'<iframe src="{ours}/embed" referrerpolicy="no-referrer" width=600 height=400>'
    with page.expect_console_message(refused):
        frame = shown_at(page, hosts, html, listed=False)
    assert frame.locator(".zhitu-map").count() == 0


def test_a_site_is_shown_as_soon_as_it_is_listed(
    page: Page, hosts: Hosts, ours: str, store: Store
) -> None:
    html = f'<iframe src="{ours}/embed?kind=rest_room" width=600 height=400>'
    frame = shown_at(page, hosts, html, listed=False)
    assert frame.locator("h1").inner_text() == "这里还放不出地图"
    with store.writing() as session:
        add_site(session, hosts.unlisted, label="", asked_by="", by="测试")
    page.reload()
    assert drawn(page.frame_locator("iframe").first) == ["福州路休息室"]


@pytest.mark.parametrize("path", ["/", "/p/1", "/sign-in", "/embed/builder", "/embed/check"])
def test_no_other_page_is_ever_framed(page: Page, hosts: Hosts, ours: str, path: str) -> None:
    with page.expect_console_message(refused):
        frame = shown_at(page, hosts, f'<iframe src="{ours}{path}" width=600 height=400>')
    assert frame.locator("main").count() == 0


def test_a_sandboxed_frame_works(page: Page, hosts: Hosts, ours: str) -> None:
    html = f'<iframe sandbox="{FLAGS}" src="{ours}/embed" width=600 height=400></iframe>'
    frame = shown_at(page, hosts, html)
    drawn(frame)
    expect(frame.locator("#cards")).to_contain_text("福州路休息室")
    with page.context.expect_page() as opened:
        frame.locator("#cards .card-link", has_text="福州路休息室").click()
    opened.value.wait_for_url(f"{ours}/p/*")
    assert opened.value.locator("h1").inner_text() == "福州路休息室"


def test_a_frame_that_is_hidden_at_first_shows_its_map_later(
    page: Page, hosts: Hosts, ours: str
) -> None:
    # Four, for of the frames that took symbols from another file two in five held up the load of
    # the page around them for ever.
    html = f'<iframe src="{ours}/embed" width=600 height=400></iframe>' * 4
    frame = shown_at(page, hosts, f"<div hidden>{html}</div>")
    frame.locator("#list").wait_for(state="attached")
    page.evaluate("document.querySelector('div').hidden = false")
    drawn(frame)
    expect(frame.locator("#cards")).to_contain_text("福州路休息室")
    expect(frame.locator("#notice")).to_be_hidden()


def test_script_lines_make_frames_as_high_as_their_content(
    visit: Any, page: Page, hosts: Hosts, ours: str
) -> None:
    hosts.policy = f"default-src 'none'; script-src {ours}; frame-src {ours}"
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    one = f'<script src="{ours}/embed/v1.js" data-kind="rest_room" data-title="一" async></script>'
    two = f'<script src="{ours}/embed.js" data-list="below" data-title="二" async></script>'
    shown_at(page, hosts, f"<p>前</p>{one}<p>中</p>{two}<p>后</p>")
    frames = page.locator("iframe")
    page.wait_for_function("document.querySelectorAll('iframe').length === 2")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for number in range(2):
        drawn(page.frame_locator("iframe").nth(number))
        fits(visit, frames.nth(number))
    assert [frames.nth(n).get_attribute("title") for n in range(2)] == ["一", "二"]
    assert page.evaluate("[...document.body.children].map((each) => each.tagName)") == [
        *("P", "SCRIPT", "IFRAME", "P", "SCRIPT", "IFRAME", "P")
    ]
    assert said == []


def test_only_the_frame_itself_may_say_how_high_it_is(
    visit: Any, page: Page, hosts: Hosts, ours: str
) -> None:
    line = f'<script src="{ours}/embed/v1.js" data-kind="rest_room" async></script>'
    drawn(shown_at(page, hosts, line))
    inside = fits(visit, page.locator("iframe"))
    page.evaluate(KEEP_HEIGHTS)
    page.evaluate("postMessage({ zhitu: 'height', height: 3333 }, '*')")
    page.evaluate(
        """(origin) => dispatchEvent(new MessageEvent("message", {
             data: { zhitu: "height", height: 3333 }, origin, source: window }))""",
        ours,
    )
    assert heights_until_777(page, inside) == ["777"]


@pytest.mark.parametrize(("said", "height"), [(1, "200"), (99_999, "4000"), (777.4, "777")])
def test_heights_are_clamped(
    visit: Any, page: Page, hosts: Hosts, ours: str, *, said: float, height: str
) -> None:
    line = f'<script src="{ours}/embed/v1.js" data-kind="rest_room" async></script>'
    drawn(shown_at(page, hosts, line))
    inside = fits(visit, page.locator("iframe"))
    inside.evaluate("(height) => parent.postMessage({ zhitu: 'height', height }, '*')", said)
    expect(page.locator("iframe")).to_have_attribute("height", height)


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "'99'", "null", "{}"])
def test_heights_that_are_no_numbers_change_nothing(
    visit: Any, page: Page, hosts: Hosts, ours: str, wrong: str
) -> None:
    line = f'<script src="{ours}/embed/v1.js" data-kind="rest_room" async></script>'
    drawn(shown_at(page, hosts, line))
    inside = fits(visit, page.locator("iframe"))
    page.evaluate(KEEP_HEIGHTS)
    inside.evaluate(f"parent.postMessage({{ zhitu: 'height', height: {wrong} }}, '*')")
    inside.evaluate("parent.postMessage(null, '*')")
    assert heights_until_777(page, inside) == ["777"]


def test_a_parks_map_lists_only_what_is_near_it(visit: Any, page: Page, ours: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{ours}/embed?near=121.4810,31.2349&radius=1000")
    page.wait_for_selector("#cards.is-measured")
    visit.settle()
    assert page.locator("#cards .card-link").all_text_contents() == ["福州路休息室"]
    sent = [url for url in asked if "/nearest" in url or "/clusters" in url]
    assert sent != []
    assert all("near=121.481000%2C31.234900&radius=1000" in url for url in sent)


def test_the_builder_shows_each_choice_at_once(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    page = visit.go("/embed/builder")
    page.locator("input[name=kind][value=rest_room]").check()
    page.locator("select[name=district]").select_option("黄浦区")
    page.locator("input[name=list][value=none]").check()
    expect(page.locator("#text-frame")).to_have_value(re.compile("list=none"))
    district = "%E9%BB%84%E6%B5%A6%E5%8C%BA"
    query = f"v=1&amp;kind=rest_room&amp;district={district}&amp;list=none"
    address = f"{visit.address}/embed?{query}"
    assert page.locator("#text-frame").input_value() == (
        f'<iframe src="{address}" title="黄浦区职工服务站地图" width="100%" height="480"'
        ' frameborder="0" loading="lazy" allow="geolocation"></iframe>'
    )
    expect(page.frame_locator("#preview").locator(".zhitu-map .marker")).to_have_count(1)
    page.wait_for_url("**list=none**")
    page.locator("#tab-script").click()
    assert page.locator("#line-script").is_visible()
    assert page.locator("#line-frame").is_hidden()
    assert visit.faults == []


def test_the_builder_takes_the_view_of_its_preview(open_page: Callable[..., Any]) -> None:
    page = open_page("desktop").go("/embed/builder?lon=121.47&lat=31.23&z=14")
    page.frame_locator("#preview").locator(".zhitu-map .leaflet-control-zoom").wait_for()
    page.locator("#take-view").click()
    expect(page.locator("[name=lon]")).not_to_have_value("121.47")
    lon, lat = (float(page.locator(f"[name={name}]").input_value()) for name in ("lon", "lat"))
    assert (round(lon, 2), round(lat, 2)) == (121.47, 31.23)


@pytest.mark.parametrize("path", ["/embed/builder", "/embed/check?site=https://a.example"])
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scroll(
    open_page: Callable[..., Any], path: str, width: int
) -> None:
    visit = open_page("phone", width=width)
    for language in ("", "&lang=en" if "?" in path else "?lang=en"):
        page = visit.go(path + language)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.faults == []
