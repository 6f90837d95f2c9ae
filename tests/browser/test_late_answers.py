"""Answers that fail, come late or overtake each other: the page stays right and can go on."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

HERE: dict[str, Any] = {
    "geolocation": {"longitude": 121.4758123, "latitude": 31.2290456},
    "permissions": ["geolocation"],
}
FAILED = "没取到数据，请再试一次。 再试"


def held(page: Page, what: str, count: int) -> list[Route]:
    """The next requests of a kind, none of them answered yet."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        if len(routes) < count:
            routes.append(route)
        else:
            route.continue_()

    page.route(what, hold)
    return routes


# A timer that is set later than one of as many milliseconds rings after it.
RUNG = "(ms) => new Promise((done) => setTimeout(done, ms))"
SLOW_MS = 300  # when a search says that it is slow


def test_a_search_that_did_not_come_is_made_again(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.page
    routes = held(page, "**/nearest?*", 1)
    page.goto(visit.address + "/?q=安亭健身")
    expect(page.locator("#list-order")).to_have_text("正在找附近的站点…")
    visit.until(lambda: len(routes) == 1)
    routes[0].fulfill(status=503)
    expect(page.locator("#notice")).to_have_text(FAILED)
    expect(page.locator("#list-order")).to_have_text("开放的在前，按区排列")
    page.locator("#notice button").click()
    expect(page.locator("#list-order")).to_have_text("离地图中心由近到远")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator(".zhitu-map .marker")).to_have_count(1)


def test_marks_that_came_after_all_take_the_notice_away(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/")
    page.route("**/clusters?*", lambda route: route.fulfill(status=503))
    page.locator(".zhitu-map").focus()
    page.keyboard.press("+")
    expect(page.locator("#notice")).to_have_text(FAILED)
    page.unroute_all()
    page.locator("#notice button").click()
    expect(page.locator("#notice")).to_be_hidden()


@pytest.mark.parametrize(("text", "marks"), [("安亭健身", 1), ("人民广场站", 2)])
def test_a_position_that_overtakes_a_search_shows_what_was_searched_for(
    open_page: Callable[..., Any], text: str, marks: int
) -> None:
    visit = open_page("desktop", **HERE)
    page = visit.page
    routes = held(page, "**/nearest?*", 2)
    page.goto(f"{visit.address}/?q={text}")
    visit.until(lambda: len(routes) == 1)
    page.locator("[data-locate]:visible").click()
    visit.until(lambda: len(routes) == 2)
    search, position = routes
    position.continue_()
    expect(page.locator("#list-order")).to_have_text("离你由近到远")
    page.evaluate(RUNG, SLOW_MS)
    search.continue_()
    expect(page.locator(".zhitu-map .marker")).to_have_count(marks)
    expect(page.locator("#list-order")).to_have_text("离你由近到远")


def test_who_gives_no_position_stays_at_the_station(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/?q=人民广场站")
    expect(page.locator("#list-order")).to_have_text("离人民广场站由近到远")
    refusal = {"permission": {"name": "geolocation"}, "setting": "denied"}
    page.context.new_cdp_session(page).send("Browser.setPermission", refusal)
    page.locator("[data-locate]:visible").click()
    expect(page.locator("#notice")).to_be_visible()
    visit.settle()
    expect(page.locator("#list-order")).to_have_text("离人民广场站由近到远")


def test_of_two_taps_on_the_way_there_the_last_one_counts(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/?lang=zh")
    names = page.locator("#cards .card-link").all_text_contents()
    routes = held(page, "**/places/*.json", 2)
    page.locator("#cards .card-go").nth(0).click()
    page.locator("#cards .card-go").nth(1).click()
    visit.until(lambda: len(routes) == 2)
    for route in reversed(routes):
        route.continue_()
    expect(page.locator(".chooser-name")).to_have_text(names[1])
    visit.settle()
    assert page.locator(".chooser-name").inner_text() == names[1]
    assert visit.faults == []


def test_without_an_answer_a_place_shows_its_plain_links(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/p/1")
    page.route("**/places/*.json", lambda route: route.abort())
    expect(page.locator(".routes")).to_be_hidden()
    page.locator(".go-wide").click()
    expect(page.locator(".routes a").first).to_be_focused()


def test_in_a_frame_without_an_answer_the_place_opens_beside_it(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("desktop").go("/embed?list=below")
    page.route("**/places/*.json", lambda route: route.fulfill(status=429))
    with page.expect_popup() as opened:
        page.evaluate("document.querySelector('#cards .card-go').click()")
    opened.value.wait_for_url("**#go")
    assert "/embed?" in page.url


def test_a_page_gone_back_to_asks_what_is_open_now(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/")
    page.wait_for_selector("#cards.is-measured")
    page.goto(page.url + "privacy")
    page.go_back()
    expect(page.locator("#cards.is-measured")).to_be_visible()
    # What a browser kept has come over no wire.
    page.wait_for_function(
        """() => performance.getEntriesByType("resource")
        .some((each) => each.name.includes("/nearest?") && each.transferSize > 0)"""
    )


def test_a_sheet_that_was_closed_is_not_opened_by_a_late_answer(
    open_page: Callable[..., Any],
) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/planner?by=site")
    page.locator("#by-site tbody a").click()
    page.wait_for_selector("#why .why-sheet")
    routes = held(page, "**/planner/why/**", 1)
    page.locator("#radius-500").click()
    visit.until(lambda: len(routes) == 1)
    page.locator(".why-close").click()
    routes[0].continue_()
    visit.settle()
    assert page.locator("#why").is_hidden()
    assert visit.faults == []


def test_a_sheet_that_does_not_come_is_told(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/planner?by=site")
    page.route("**/planner/why/**", lambda route: route.fulfill(status=503))
    page.locator("#by-site tbody a").click()
    expect(page.locator("#told.is-fault")).to_have_text("没取到数据，请再试一次。")
    page.unroute_all()
    page.locator("#by-site tbody a").click()
    page.wait_for_selector("#why .why-sheet")
    expect(page.locator("#told")).to_have_text("")


@pytest.mark.parametrize("closed", [False, True])
def test_a_place_is_passed_on_by_its_address(
    open_page: Callable[..., Any], *, closed: bool
) -> None:
    visit = open_page("phone", permissions=["clipboard-read", "clipboard-write"])
    page = visit.go("/p/1?text=large&lang=en")
    if closed:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.locator("[data-share]").click()
    address = f"{visit.address}/p/1?lang=en"
    said = f"Copy this address: {address}" if closed else "Address copied"
    expect(page.locator("#share-status")).to_have_text(said)
    assert closed or page.evaluate("navigator.clipboard.readText()") == address


def test_a_device_that_shares_is_given_name_and_address(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/p/1?reported=1")
    page.evaluate("navigator.share = async (what) => { window.shared = what; }")
    page.locator("[data-share]").click()
    found = page.evaluate("window.shared")
    assert found == {"title": "示例・大世界驿站", "url": f"{visit.address}/p/1"}
    assert page.locator("#share-status").is_hidden()
