"""The points desk as Chromium shows it: its map, choosing rows, hours while they are typed."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_map_draws_the_table_and_leads_to_a_points_page(open_page) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/desk/points?kind=rest_room")
    expect(page.locator(".points-count")).to_have_text("共 1 处点位")
    expect(page.locator(".marker")).to_have_count(1)
    page.locator(".marker").click()
    page.locator(".map-panel a", has_text="福州路休息室").click()
    expect(page.locator("h1")).to_have_text("福州路休息室")
    assert visit.faults == []


def test_a_name_stays_text_in_table_panel_and_page(open_page) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/desk/points?kind=health_point")
    name = page.locator("table.rows tbody th a").inner_text()
    page.locator(".marker").click()
    expect(page.locator(".map-panel h2")).to_have_text(name)
    page = visit.go("/desk/points/3")
    expect(page.locator("h1")).to_have_text(name)
    assert name.startswith("<img src=x")
    assert visit.faults == []


def test_chosen_rows_are_counted_and_looked_at_before_they_change(open_page) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/desk/points")
    page.check("#points-all")
    expect(page.locator("#points-chosen")).to_have_text("已选 4 处")
    page.locator(".points-rows tbody input").first.uncheck()
    expect(page.locator("#points-chosen")).to_have_text("已选 3 处")
    page.locator(".points-bulk summary").click()
    page.fill(".points-bulk input[name=hours_text]", "周一至周五 9点到17点")
    expect(page.locator("#bulk-hours")).to_have_text("周一至周五 9:00–17:00")
    page.click("button[value=preview]")
    expect(page.locator(".lead")).to_have_text("会改 3 处，不能改 0 处，不变 0 处")
    assert visit.faults == []


def _checklists(page: Page) -> list[str]:
    shown = page.locator(".checklist:visible legend")
    return [text.strip() for text in shown.all_inner_texts()]


def test_the_checklist_is_that_of_the_year_typed(open_page) -> None:
    visit = open_page("desktop")
    visit.sign_in()
    page = visit.go("/desk/points/2")
    page.locator("#form-inspection > summary").click()
    day = page.locator("form.inspect input[name=on]")
    found = {}
    for year in (2023, 2024, 2025):
        day.fill(f"{year}-05-06")
        none = page.locator(".no-checklist").is_visible()
        found[year] = _checklists(page), none
    assert found == {
        2023: (["八字律（2023）"], False),
        2024: (["六字诀（2024）"], False),
        2025: ([], True),
    }
    assert visit.faults == []


@pytest.mark.parametrize("path", ["/desk/points", "/desk/points/2", "/desk/points/2?lang=en"])
def test_nothing_scrolls_sideways_at_320_pixels(open_page, path: str) -> None:
    visit = open_page("phone", width=320)
    visit.sign_in()
    page = visit.go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert visit.faults == []


def test_without_a_script_a_point_is_looked_at_and_many_are_previewed(open_page) -> None:
    visit = open_page("desktop", java_script_enabled=False)
    visit.sign_in()
    page = visit.go("/desk/points?kind=rest_room")
    page.check("input[name=id]")
    page.locator(".points-bulk summary").click()
    page.fill(".points-bulk input[name=grade]", "五星")
    page.click("button[value=preview]")
    expect(page.locator(".lead")).to_have_text("会改 1 处，不能改 0 处，不变 0 处")
    page = visit.go("/desk/points/2")
    page.locator("#form-inspection > summary").click()
    assert _checklists(page) == ["八字律（2023）", "六字诀（2024）"]
