"""No page reaches out, trips over its own policy, runs a name, or scrolls sideways."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.answers.question import Question
from geodata.screen import screen
from geodata.store import Store
from maps.onefile import one_file

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)></script>${alert(1)}`&amp;"
PUBLIC = ("/", "/?lang=en", "/p/1", "/p/3", "/embed", "/sign-in")


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_pages_ask_nobody_else_and_break_no_rule(
    open_page: Callable[..., Any], device: str
) -> None:
    visit = open_page(device)
    for path in PUBLIC:
        visit.go(path)
    visit.sign_in()
    for path in (
        "/planner",
        "/planner?by=site&theme=lunch&radius=300&lang=en",
        "/planner?area=hex&hour=now",
    ):
        visit.go(path)
    assert visit.faults == []


def test_a_hostile_name_is_text_on_the_public_map(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    for path in ("/?kind=health_point", "/embed?kind=health_point"):
        page = visit.go(path)
        assert page.locator("#cards .card-link").text_content() == HOSTILE
        page.locator(".zhitu-map .marker").click()
        assert page.locator(".map-panel h2").inner_text() == HOSTILE
    assert visit.go("/p/3").locator("h1").inner_text() == HOSTILE
    assert visit.faults == []


def test_a_hostile_name_is_text_on_the_planners_map(open_page: Callable[..., Any]) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/planner?by=site")
    page.wait_for_selector("#map .site-p1")
    assert page.locator("#by-site tbody a").inner_text() == HOSTILE
    page.locator("#by-site tbody a").click()
    page.wait_for_selector("#why .why-sheet")
    assert page.locator("#why h2").inner_text().strip() == HOSTILE
    page.locator("#map .site-p1").click()
    assert page.locator(".map-panel h2").inner_text() == HOSTILE
    page.locator(".map-panel .button").click()
    assert visit.faults == []


def test_kinds_and_marks_are_switched_on_the_planners_map(
    open_page: Callable[..., Any],
) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/planner")
    marks = "#map .marker, #map .site"
    page.wait_for_selector("#map .site-p1")
    assert page.locator("#map .site-p1").count() == 1
    page.locator("[data-site-switch=p1]").uncheck()
    page.locator("[data-kind-switch=health_point]").uncheck()
    assert page.locator(marks).count() == 0
    page.locator("[data-kind-switch=fitness_station]").check()
    assert page.locator(marks).count() == 1
    page.locator("tr[data-district='310116'] .row-button").click()
    assert page.locator("tr.is-chosen th").inner_text() == "金山区"
    assert visit.faults == []


def test_the_one_file_map_opens_from_a_disk_without_a_network(
    open_page: Callable[..., Any], store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "coverage.html"
    file.write_text(one_file(screen(store, Question())), encoding="utf-8")
    visit = open_page("desktop", offline=True)
    page = visit.page
    page.goto(file.as_uri())
    page.wait_for_selector("path.district")
    assert page.locator("path.district").count() > 16
    page.locator("#by-site .row-button").click()
    assert page.locator(".map-panel h2").inner_text() == HOSTILE
    assert page.locator(".map-panel .button").count() == 0
    assert visit.faults == []


@pytest.mark.parametrize("path", [*PUBLIC, "/planner", "/planner?lang=en"])
def test_nothing_scrolls_sideways_at_320_pixels(open_page: Callable[..., Any], path: str) -> None:
    visit = open_page("phone", width=320)
    visit.sign_in()
    page = visit.go(path)
    sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    assert page.evaluate(sizes) == [320, 320]


def test_targets_are_big_enough_for_a_thumb(open_page: Callable[..., Any]) -> None:
    page = open_page("phone").go("/")
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, select, input:not([type=hidden])")]
        .filter((each) => each.checkVisibility())
        .filter((each) => !each.closest(".leaflet-control, .skip, .credit, .card-link"))
        .map((each) => [each.className || each.id, each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
        .map(([name]) => name)"""
    )
    assert small == []
