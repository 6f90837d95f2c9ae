"""A planner asks the coverage map: switches, slider, ranking, why sheet, scenario."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from geodata.boundaries.match import match
from geodata.boundaries.shape import Shape
from geodata.boundaries.store import keep as keep_boundaries
from geodata.queries import planner_view
from geodata.scenarios.kept import keep as keep_scenario
from geodata.scenarios.model import NewPoint
from geodata.store import Store
from service.workshop import import_file, locator, sample_files

pytestmark = pytest.mark.browser

SCENARIO = "示例：一个新点"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The samples, one town's outline, and a scenario that serves the largest priority site."""
    opened = Store.open(f"sqlite:///{tmp_path_factory.mktemp('planner') / 'zhitu.sqlite'}")
    for path in sample_files():
        import_file(path, opened, locator(opened))
    worst = max(
        (site for site in planner_view(opened).sites if site.priority),
        key=lambda site: site.workers or 0,
    )
    town = Shape(shapely.box(121.58, 31.18, 121.66, 31.23), {"name": "张江镇"})
    with opened.writing() as session:
        keep_boundaries(session, match([town]), source="测试", approximate=True)
        point = NewPoint("示例新点", (worst.lon or 0.0) + 0.001, worst.lat or 0.0)
        keep_scenario(session, SCENARIO, (point,))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(store: Store, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(store) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Any:
    made = open_page("desktop")
    made.sign_in()
    return made


def redrawn(page: Page, times: int) -> None:
    page.wait_for_selector(f"body[data-redrawn='{times}']")


def fills(page: Page) -> list[str]:
    every = page.locator("#map path.district").all()
    return sorted(str(path.get_attribute("class")) for path in every)


def test_another_radius_redraws_numbers_map_and_ranking_in_place(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector("#map path.district")
    page.evaluate("window.same = true")
    before = (page.locator(".number-value").all_inner_texts(), fills(page))
    for times, metres in enumerate((800, 1200, 300), start=1):
        page.locator(f"#radius-{metres}").click()
        redrawn(page, times)
        expect(page.locator("#radius-" + str(metres))).to_have_attribute("aria-current", "true")
    after = (page.locator(".number-value").all_inner_texts(), fills(page))
    assert page.evaluate("[window.same, location.search]") == [True, "?radius=300"]
    assert (before[0] != after[0], before[1] != after[1]) == (True, True)
    assert page.evaluate("document.activeElement.id") == "radius-300"
    took = page.evaluate(
        """['zhitu-network', 'zhitu-draw'].map((name) =>
        performance.getEntriesByName(name).map((each) => Math.round(each.duration)))"""
    )
    print(f"redraw of the sample, ms: network {took[0]}, draw {took[1]}")  # noqa: T201
    assert [len(each) for each in took] == [3, 3]
    assert visit.faults == []


def test_the_slider_asks_by_keyboard_and_the_number_follows(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector("#map path.district")
    slider = page.locator("[data-for=radius]")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**radius=1150")
    assert page.locator("[name=radius].number-field").input_value() == "1150"
    expect(page.locator("#swap-parameters")).to_contain_text("步行 1150 米")
    assert visit.faults == []


def test_an_hour_of_the_week_is_asked_and_dropped(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector("#map path.district")
    page.locator("select[name=day]").select_option("7")
    page.wait_for_url("**day=7**")
    expect(page.locator("#swap-parameters")).to_contain_text("时刻 周日12:00")
    page.locator("#hour-any").click()
    expect(page.locator("#swap-parameters")).to_contain_text("时刻 不限")
    assert "day" not in page.evaluate("location.search")
    page.locator("#swap-rectifying").click()
    expect(page.locator("#swap-rectifying")).to_have_attribute("aria-checked", "true")
    assert visit.faults == []


def test_lunch_is_two_ways_and_boxes_can_be_switched_off(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector("#map path.district")
    page.locator("#theme-lunch").click()
    page.wait_for_selector("#map .site-box-both")
    assert page.locator(".two-way [data-site-switch]").count() == 4
    page.locator("[data-site-switch=box-both]").uncheck()
    assert page.locator("#map .site-box-both").count() == 0
    assert page.locator("#map .site-p1, #map .site-gap").count() == 0
    assert page.locator("#number-listed h2").inner_text() == "午餐难名单"
    assert page.locator("path.district.share-l3").count() > 0
    assert visit.faults == []


def test_areas_are_districts_towns_or_hexagons(visit: Any) -> None:
    page = visit.go("/planner?area=town")
    page.wait_for_selector("#map path.town")
    assert page.locator("#map path.town").count() == 1
    assert "街镇界为近似" in page.locator(".credit").inner_text()
    page.locator("#area-hex").click()
    page.wait_for_selector("#map path.hex")
    assert page.locator("#map path.town").count() == 0
    page.locator("#map path.hex").first.dispatch_event("click")
    expect(page.locator(".map-panel h2")).to_contain_text("未覆盖职工")
    page.locator("#area-district").click()
    page.wait_for_selector("#map path.district[class*=share-s]")
    assert page.locator("#map path.hex").count() == 0
    assert visit.faults == []


def test_columns_sort_by_keyboard_and_say_so(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector(".sort-button")
    share = page.locator("#by-district th", has_text="覆盖率")
    share.locator("button").focus()
    page.keyboard.press("Enter")
    assert share.get_attribute("aria-sort") == "descending"
    values = page.locator("#by-district tbody tr td:nth-child(5)").all()
    shares = [float(cell.get_attribute("data-value") or -1) for cell in values]
    assert shares == sorted(shares, reverse=True)
    page.keyboard.press("Enter")
    assert share.get_attribute("aria-sort") == "ascending"
    assert page.locator("#told").inner_text() == "已按“覆盖率”排序"
    page.locator("#radius-500").click()
    redrawn(page, 1)
    assert page.locator("#by-district th[aria-sort=ascending]").inner_text() == "覆盖率"


def test_the_lorenz_curve_waits_behind_a_click(visit: Any) -> None:
    page = visit.go("/planner")
    assert page.locator(".lorenz-curve").is_visible() is False
    page.locator("#lorenz summary").click()
    assert page.locator(".lorenz-curve").is_visible() is True
    assert page.locator("#lorenz figcaption").inner_text().count("服务最少的") == 3


def test_a_why_sheet_opens_beside_the_map_and_gives_the_focus_back(visit: Any) -> None:
    page = visit.go("/planner?by=site")
    page.wait_for_selector("#map .site-p1")
    link = page.locator("#by-site tbody a").first
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#why .why-sheet")
    assert page.evaluate("document.activeElement.id") == "why"
    assert name in page.locator("#why h2").inner_text()
    assert "米" in page.locator("#why .why-walk").first.inner_text()
    assert page.locator("#why .why-changes li").count() > 0
    assert page.locator("#map path.reach-circle").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#why").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == name
    assert page.locator("#map path.reach-circle").count() == 0
    assert visit.faults == []


def test_a_scenario_stands_beside_today_under_a_slider(visit: Any) -> None:
    page = visit.go("/planner")
    page.wait_for_selector("#map path.district")
    assert page.locator(".swipe").is_hidden()
    page.locator("select[name=scenario]").select_option(SCENARIO)
    page.wait_for_selector(".swipe:visible")
    assert "名职工" in page.locator(".rank-change").inner_text()
    assert page.locator("#number-share .number-change").inner_text().startswith("+")
    clips = "['fills', 'fills-before'].map((n) => zhitu.maps[0].map.getPane(n).style.clipPath)"
    middle = page.evaluate(clips)
    slider = page.locator(".swipe input")
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "左边 100% 是之前"
    assert page.evaluate(clips) != middle
    page.locator("select[name=scenario]").select_option("")
    page.wait_for_selector(".swipe", state="hidden")
    assert page.evaluate(clips)[0] == ""
    assert visit.faults == []


def test_everything_can_be_asked_without_scripts(open_page: Callable[..., Any]) -> None:
    made = open_page("desktop", java_script_enabled=False)
    made.sign_in()
    page = made.go("/planner?theme=lunch")
    page.fill(".number-field", "450")
    page.locator("form.ask button").first.click()
    page.wait_for_url("**radius=450**")
    assert "theme=lunch" in page.url
    for what in ("#theme-health", "#by-site-tab", "#by-site tbody a"):
        with made.leading():
            page.locator(what).first.click()
    page.wait_for_url("**/planner/why/**")
    assert page.locator("#why-sheet .why-changes li").count() > 0
    page.locator(".why-page .button").click()
    page.wait_for_url("**/planner?**radius=450**")


@pytest.mark.parametrize("query", ["", "?lang=en", f"?scenario={SCENARIO}&by=town&lang=en"])
def test_no_width_scrolls_sideways(visit: Any, query: str) -> None:
    page = visit.go("/planner" + query)
    for width in (390, 768, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        visit.settle()
        sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        assert page.evaluate(sizes) == [width, width]
