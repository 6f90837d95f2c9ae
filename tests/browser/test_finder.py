"""A worker finds the nearest station, on a phone and on a desktop."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HERE: dict[str, Any] = {
    "geolocation": {"longitude": 121.4758123, "latitude": 31.2290456},
    "permissions": ["geolocation"],
}


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_nearest_station_is_found_and_opened(
    open_page: Callable[..., Any], device: str
) -> None:
    visit = open_page(device, **HERE)
    page = visit.go("/")
    page.locator("[data-locate]:visible").click()
    page.wait_for_selector("#cards .card-walk b")
    expect(page.locator("#list-order")).to_have_text("离你由近到远")
    assert page.locator("#cards .card-link").all_text_contents()[:2] == [
        "示例・大世界驿站",
        "福州路休息室",
    ]
    expect(page.locator("#cards .card-walk").first).to_have_text("约 160 米 步行 2 分钟")
    assert page.locator(".zhitu-map .here").count() == 1
    page.locator("#cards .card-link").first.click()
    page.wait_for_url("**/p/1")
    assert page.locator("h1").inner_text() == "示例・大世界驿站"
    expect(page.locator(".go-words")).to_have_text("导航 · 约 160 米，步行 2 分钟")
    assert visit.faults == []


def test_the_exact_position_never_leaves_the_browser(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone", **HERE)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.go("/")
    page.locator("[data-locate]:visible").click()
    page.wait_for_selector(".zhitu-map .here")
    visit.settle()
    assert [url for url in asked if "lon=121.476&lat=31.229" in url] != []
    assert [url for url in asked if "121.4758" in url or "31.22904" in url] == []


def test_without_a_position_the_list_follows_the_map_and_says_so(
    open_page: Callable[..., Any],
) -> None:
    visit = open_page("phone")
    session = visit.page.context.new_cdp_session(visit.page)
    refusal = {"permission": {"name": "geolocation"}, "setting": "denied"}
    session.send("Browser.setPermission", refusal)
    page = visit.go("/")
    assert page.locator("#list-order").inner_text() == "离地图中心由近到远"
    page.locator("[data-locate]:visible").click()
    page.wait_for_selector("#notice:visible")
    assert page.locator("#notice").inner_text().startswith("你关了定位")
    assert page.locator("#cards .card").count() == 4


def test_one_button_offers_four_map_apps_and_remembers(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/")
    page.evaluate("localStorage.setItem('zhitu-app', 'baidu')")
    page.locator("#cards .card-go").first.click()
    page.wait_for_selector("#chooser[open]")
    links = page.locator("#chooser [data-app]")
    assert [text.split("\n")[0] for text in links.all_inner_texts()] == [
        "百度地图",
        "高德地图",
        "腾讯地图",
        "苹果地图",
    ]
    assert links.first.get_attribute("href").startswith("https://api.map.baidu.com/marker?")
    page.keyboard.press("Escape")
    expect(page.locator("#chooser[open]")).to_have_count(0)
    assert visit.faults == []


@pytest.mark.parametrize(("agent", "told"), [("MicroMessenger/8.0", True), ("Chrome/140", False)])
def test_inside_wechat_the_way_out_is_told(
    open_page: Callable[..., Any], agent: str, told: bool
) -> None:
    page = open_page("phone", user_agent=f"Mozilla/5.0 {agent}").go("/p/1")
    page.locator("[data-go]").first.click()
    page.wait_for_selector("#chooser[open]")
    assert page.get_by_text("点右上角 ··· → 在浏览器打开").is_visible() is told


def test_the_list_is_whole_with_scripts_off(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone", java_script_enabled=False)
    page = visit.go("/")
    assert page.locator("#cards .card-link").count() == 4
    page.fill("#q", "福州路")
    with visit.leading():
        page.locator(".search-button").click()
    assert page.locator("#cards .card-link").all_text_contents() == ["福州路休息室"]
    with visit.leading():
        page.locator("#cards .card-link").click()
    assert page.locator(".routes a").count() == 4
    assert visit.faults == []


def test_a_phone_asks_for_its_first_list_once_and_has_its_first_marks(
    open_page: Callable[..., Any],
) -> None:
    visit = open_page("phone")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.go("/")
    page.wait_for_selector(".cards.is-measured .card-walk b")
    assert page.locator(".zhitu-map .marker, .zhitu-map .cluster").count() == 2
    assert len([url for url in asked if "/nearest?" in url]) == 1
    assert [url for url in asked if "/clusters?" in url] == []
    assert visit.faults == []


def test_a_moved_map_asks_for_what_it_shows(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/")
    page.locator(".zhitu-map").focus()
    with page.expect_request(lambda request: "/clusters?" in request.url):
        page.keyboard.press("+")


def test_a_search_shows_its_places_on_the_map(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    page = visit.go("/?q=安亭健身")
    page.wait_for_selector(".zhitu-map .marker")
    assert page.locator(".zhitu-map .marker").count() == 1
    page.locator(".zhitu-map .marker").click()
    assert page.locator(".map-panel h2").inner_text() == "安亭健身驿站"


def test_the_keyboard_reaches_list_and_map(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    page = visit.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到列表"
    shown = "document.querySelector('.leaflet-control-scale-line').textContent"
    before = page.evaluate(shown)
    page.locator(".zhitu-map").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(".leaflet-control-scale-line")).not_to_have_text(before)
    assert page.evaluate(shown) != before


def test_a_wide_error_is_a_dashed_circle(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/p/2")
    page.wait_for_selector("path.error-circle", state="attached")
    assert page.locator(".circle-label").inner_text() == "误差 ≤ 300 米"
    visit.go("/p/1").wait_for_selector(".is-own")
    assert page.locator("path.error-circle").count() == 0


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_names_on_the_map_stand_clear_of_marks_and_of_each_other(
    open_page: Callable[..., Any], path: str
) -> None:
    visit = open_page("phone")
    page = visit.go(path)
    page.wait_for_selector(".zhitu-map .marker")
    shown, overlapping = page.evaluate(
        """() => {
        const all = (what) => [...document.querySelectorAll(".zhitu-map " + what)].filter(
          (each) => each.checkVisibility({ visibilityProperty: true }));
        const names = [...all(".metro"), ...all(".place-name")];
        const others = [...all(".marker"), ...all(".cluster"), ...all(".here"), ...names];
        const across = (a, b) => a.left < b.right && b.left < a.right;
        const meet = (a, b) => across(a, b) && a.top < b.bottom && b.top < a.bottom;
        const box = (each) => each.getBoundingClientRect();
        const hit = (name) => others.some((each) => each !== name && meet(box(name), box(each)));
        return [names.length, names.filter(hit).map((name) => name.textContent)];
        }"""
    )
    assert (shown > 0, overlapping) == (True, [])


def test_a_station_in_the_search_shows_what_is_near_it(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/?q=人民广场站")
    expect(page.locator("#list-order")).to_have_text("离人民广场站由近到远")
    assert page.locator("#cards .card-link").all_text_contents()[:2] == [
        "示例・大世界驿站",
        "福州路休息室",
    ]
    assert page.locator("#list-title").inner_text() == "人民广场站附近"
    assert visit.faults == []
