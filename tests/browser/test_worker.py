"""Five things a worker wants, each within three taps; and all of it with a keyboard alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.hours import ALL_DAY, Hours
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.tables import ServicePoint
from geodata.version import grow_version

pytestmark = pytest.mark.browser

HERE: dict[str, Any] = {
    "geolocation": {"longitude": 121.4758123, "latitude": 31.2290456},
    "permissions": ["geolocation"],
}
ALWAYS = Hours(week=(ALL_DAY,) * 7, on_holidays=True)
NEVER = Hours(week=((),) * 7, on_holidays=True)
ROWS = (
    ("大世界驿站", "黄浦区", Kind.OUTDOOR_STATION, (121.4745, 31.2290), NEVER, ("热饭",)),
    ("宁海路驿站", "黄浦区", Kind.OUTDOOR_STATION, (121.4800, 31.2290), ALWAYS, ("热饭", "充电")),
    ("陕西南路休息室", "徐汇区", Kind.REST_ROOM, (121.4580, 31.2160), None, ("充电",)),
    ("城桥镇书屋", "崇明区", Kind.READING_ROOM, (121.3970, 31.6230), None, ()),
    ("福州路书屋", "黄浦区", Kind.READING_ROOM, (121.4810, 31.2349), None, ()),
    ("已摘牌驿站", "黄浦区", Kind.OUTDOOR_STATION, (121.4750, 31.2300), ALWAYS, ()),
)


def placed(row: int, *facts: Any) -> Placed:
    name, district, kind, (lon, lat), hours, facilities = facts
    service = DeclaredService(
        kind, "", Status.PLAQUED, Tier.OTHER, hours=hours, facilities=facilities
    )
    source = Source("示例.xlsx", "表1", row, {}, "stations")
    place = DeclaredPlace(name, f"测试路{row}号", district, "", (service,), source)
    return Placed(place, None, Position(lon, lat, Level.NUMBER, 90.0, "测试"), district)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Iterator[str]:
    """A city of six places, the last of them delisted."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('worker') / 'zhitu.sqlite'}")
    rows = tuple(placed(row, *facts) for row, facts in enumerate(ROWS, start=1))
    store.publish(ImportedFile("示例.xlsx", "0" * 64, rows, len(rows), 0, ("stations",)))
    with store.writing() as session:
        gone = session.get(ServicePoint, len(ROWS))
        assert gone is not None
        gone.status = "delisted"
        grow_version(session)
    with serve(store) as address:
        yield address
    store.close()


@dataclass
class Taps:
    """Taps on a page, counted."""

    visit: Any
    done: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        page: Page = self.visit.page
        return page

    def tap(self, what: str, **options: Any) -> None:
        """What stays on the page."""
        self.done.append(what)
        self.page.locator(what, **options).first.click()

    def follow(self, what: str, **options: Any) -> None:
        """What leads to another page."""
        with self.visit.leading():
            self.tap(what, **options)

    def title(self) -> str:
        return self.page.locator("h1").inner_text()


def first(page: Page) -> str:
    # A card has no inner text until the browser has laid it out.
    return page.locator("#cards .card-link").first.text_content()


def test_the_nearest_open_place_with_hot_meals(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone", **HERE)
    visit.go("/")
    taps = Taps(visit)
    taps.follow(".chip", has_text="热饭")
    taps.tap("[data-locate]")
    expect(taps.page.locator("#list-order")).to_have_text("离你由近到远")
    # The nearer one is closed and stands below.
    names = taps.page.locator("#cards .card-link").all_text_contents()
    assert names == ["宁海路驿站", "大世界驿站"]
    assert taps.page.locator("#cards .group h3").all_text_contents() == ["现在不开 1 处"]
    visit.settle()
    taps.follow("#cards .card-link")
    assert (taps.title(), len(taps.done)) == ("宁海路驿站", 3)
    assert taps.page.locator(".service-hours").inner_text() == "24 小时开放"
    assert visit.faults == []


@pytest.mark.parametrize("text", ["陕西南路站", "陕西南路", "sxnl"])
def test_what_is_near_a_metro_station(open_page: Callable[..., Any], text: str) -> None:
    visit = open_page("phone")
    visit.go("/")
    taps = Taps(visit)
    taps.page.fill("#q", text)
    taps.follow(".search-button")
    taps.follow("#cards .card-link", has_text="陕西南路休息室")
    assert (taps.title(), len(taps.done)) == ("陕西南路休息室", 2)
    assert visit.faults == []


def test_what_is_open_all_day_and_night(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    visit.go("/")
    taps = Taps(visit)
    taps.tap(".panel-filters summary")
    taps.follow(".chips-all .chip", has_text="24小时")
    assert taps.page.locator("#cards .card-link").all_text_contents() == ["宁海路驿站"]
    taps.follow("#cards .card-link")
    assert (taps.title(), len(taps.done)) == ("宁海路驿站", 3)


def test_a_reading_room_in_chongming(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    visit.go("/")
    taps = Taps(visit)
    taps.page.fill("#q", "崇明 书屋")
    taps.follow(".search-button")
    assert taps.page.locator("#cards .card-link").all_text_contents() == ["城桥镇书屋"]
    taps.follow("#cards .card-link")
    assert (taps.title(), len(taps.done)) == ("城桥镇书屋", 2)


def test_what_to_do_with_the_link_of_a_delisted_place(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    taps = Taps(visit)
    visit.go("/p/6")
    assert "这里已摘牌" in taps.page.locator("main").inner_text()
    taps.follow(".gone .card-link")
    assert (taps.title(), len(taps.done)) == ("宁海路驿站", 1)


def test_nothing_found_offers_the_nearest_and_a_filter_less(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/?district=崇明区&with=hot_meal")
    expect(page.locator("#nearest-one")).to_contain_text("公里")
    assert page.locator("#nearest-one a").inner_text() in {"宁海路驿站", "大世界驿站"}
    assert page.locator(".offers a").all_inner_texts() == [
        "去掉“崇明区”（2 处）",
        "去掉“热饭”（1 处）",
        "看全部",
    ]
    with visit.leading():
        page.locator(".offers a").first.click()
    page.wait_for_url("**/?with=hot_meal")
    assert page.locator("#cards .card-link").count() == 2
    assert visit.faults == []


def test_a_place_that_closes_while_one_looks_moves_down(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/")
    page.wait_for_selector("#cards.is-measured")
    assert first(page) == "宁海路驿站"
    page.evaluate(
        """() => {
        const [card] = document.querySelectorAll("#cards .card-hours");
        const soon = { times: [["open", "2026-01-01T11:59"], ["closed", "2026-01-01T12:00"]],
                       hours: "", always: false };
        window.zhitu.markOpening(card, soon);
        document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert page.locator("#cards .card-hours").first.text_content() == "现在不开"


def test_the_clock_of_the_service_tells_the_state(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone")
    page = visit.go("/")
    said = page.evaluate(
        """(minutes) => {
        const at = (n) => new Date(Date.parse(zhitu.beijing() + "Z") + n * 60000)
          .toISOString().slice(0, 16);
        return minutes.map((n) => {
          const times = [["open", at(-60)], ["closed", at(n)], ["open", at(n + 60)]];
          const { state, look } = zhitu.opening({ times, hours: "", always: false });
          return [state, look];
        });
        }""",
        [-1, 2, 29, 45],  # a minute may be over between two looks at the clock
    )
    assert said == [["closed", "is-closed"], *[["open", "is-soon"]] * 2, ["open", "is-open"]]


def test_a_keyboard_alone_finds_filters_and_opens_a_place(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    page = visit.go("/")
    page.wait_for_selector("#cards.is-measured")

    def go_to(what: str, *, most: int = 60) -> None:
        for _ in range(most):
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no way to {what} by Tab")

    def enter() -> None:
        with visit.leading():
            page.keyboard.press("Enter")

    page.keyboard.press("Tab")
    go_to("#q")
    page.keyboard.type("书屋")
    enter()
    page.wait_for_url("**q=*")
    go_to(".panel-filters summary")
    page.keyboard.press("Enter")
    go_to("#district")
    for _ in range(page.locator("#district option").count()):
        if page.input_value("#district") != "崇明区":
            page.keyboard.press("ArrowDown")
    go_to(".filters button")
    enter()
    page.wait_for_url("**district=*")
    go_to("#cards .card-link")
    assert page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle") == (
        "solid"
    )
    enter()
    page.wait_for_url("**/p/4")
    go_to(".go-wide")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chooser[open]")
    page.keyboard.press("Escape")
    expect(page.locator(".go-wide")).to_be_focused()
    go_to(".report summary")
    page.keyboard.press("Enter")
    go_to("input[name=what]")
    page.keyboard.press("Space")
    go_to("#report-text")
    page.keyboard.type("搬了")
    go_to(".report .button")
    enter()
    page.wait_for_url("**reported=1*")
    assert "收到了，谢谢" in page.locator(".report").inner_text()
    assert visit.faults == []


def test_filters_and_reports_need_no_script(open_page: Callable[..., Any]) -> None:
    visit = open_page("phone", java_script_enabled=False)
    page = visit.go("/")
    taps = Taps(visit)
    taps.follow(".chip", has_text="现在开放")
    assert page.locator("#cards .card-link").all_text_contents() == ["宁海路驿站"]
    taps.follow(".chip", has_text="现在开放")
    page.locator(".panel-filters summary").click()
    page.select_option("#district", "崇明区")
    taps.follow(".filters button")
    assert page.locator("#cards .card-link").all_text_contents() == ["城桥镇书屋"]
    taps.follow("#cards .card-link")
    page.locator(".report summary").click()
    page.locator("input[value=closed]").check()
    taps.follow(".report .button")
    assert "收到了，谢谢" in page.locator(".report").inner_text()


@pytest.mark.parametrize("path", ["/", "/?lang=en&with=hot_meal", "/p/1", "/p/6", "/?q=月球"])
def test_at_400_per_cent_nothing_is_cut_off(open_page: Callable[..., Any], path: str) -> None:
    # 1280 pixels at 400 per cent are 320 by 256.
    visit = open_page("phone", width=320)
    visit.page.set_viewport_size({"width": 320, "height": 256})
    page = visit.go(path)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    assert page.evaluate(sizes) == [320, 320]
    cut = page.evaluate(
        """[...document.querySelectorAll("main a, main button, main h1, main h2, main input")]
        .filter((each) => each.checkVisibility() && !each.closest(".chips-row"))
        .filter((each) => each.getBoundingClientRect().right > 320.5)
        .map((each) => each.className || each.textContent)"""
    )
    assert cut == []
