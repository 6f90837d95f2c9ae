"""Large text: all but the map grows, nothing leaves the screen, and it stays from page to page."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

_MAP = "e => [e.offsetWidth, e.offsetHeight, e.offsetWidth / e.getBoundingClientRect().width]"
_WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 800)])
def test_words_grow_and_the_map_is_measured_in_pixels_of_the_screen(
    open_page: Callable[..., Any], width: int, height: int
) -> None:
    visit = open_page("phone" if width < 900 else "desktop")
    visit.page.set_viewport_size({"width": width, "height": height})
    tall = []
    for address in ("/", "/?text=large"):
        page = visit.go(address)
        page.wait_for_selector("#cards .card-link")
        tall.append(page.locator("#list-title").bounding_box()["height"])
        wide, high, scale = page.locator(".leaflet-container").evaluate(_MAP)
        assert (wide > 300, high > 280, scale) == (True, True, pytest.approx(1.0, abs=0.01))
        assert page.evaluate(_WIDTHS) == [width, width]
    assert tall[1] / tall[0] == pytest.approx(1.3, abs=0.02)
    assert visit.faults == []


def test_the_map_is_clicked_and_dragged_where_the_finger_is(open_page: Callable[..., Any]) -> None:
    # Else the map rolls on when it is let go, as far as the hand was quick.
    visit = open_page("desktop", reduced_motion="reduce")
    page = visit.go("/?text=large&q=安亭健身")
    marker = page.locator(".zhitu-map .marker")
    before = marker.bounding_box()
    x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
    page.mouse.click(x, y)
    assert page.locator(".map-panel h2").inner_text() == "安亭健身驿站"
    page.locator(".panel-close").click()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y + 50, steps=5)
    page.mouse.up()
    visit.settle()
    after = marker.bounding_box()
    moved = after["x"] - before["x"], after["y"] - before["y"]
    assert moved == pytest.approx((100.0, 50.0), abs=1.0)
    assert visit.faults == []


def test_what_is_found_stands_clear_of_the_large_search(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/?text=large")
    above = page.evaluate("zhitu.maps[0].inside().paddingTopLeft[1]")
    assert above == pytest.approx(page.locator(".find").bounding_box()["height"], abs=1.0)


def test_only_pages_asked_for_in_large_text_have_large_marks(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/p/1")
    mark = page.locator(".is-own .marker.is-large .mark")
    assert mark.bounding_box()["width"] == 28.0


def test_a_worker_who_asked_for_large_text_keeps_it(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/")
    for what, there in (
        (page.get_by_role("link", name="大字"), "**/?text=large"),
        (page.locator("#cards .card-link"), "**/p/*?text=large"),
        (page.locator(".place-back"), "**/?text=large"),
    ):
        with visit.leading():
            what.first.click()
        page.wait_for_url(there)
    page.get_by_role("link", name="标准字号").first.click()
    page.wait_for_selector("html:not(.is-large) #cards .card-link")
    assert visit.faults == []
