"""The siting page in a browser: the proof arrives, a pick is dragged, no name becomes markup."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def asked(visit: Any) -> Page:
    """A question with one pick, on a page whose proof is done."""
    visit.sign_in()
    page = visit.go("/planner/siting")
    page.fill("input[name='new.count']", "1")
    page.fill("input[name='new.district_minimum']", "0")
    page.fill("input[name='title']", "<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("#number-proof .number-value")).to_have_text("已证最优")
    expect(page.locator("#rows tr")).to_have_count(1)
    expect(page.locator("#number-steady .number-value")).to_have_text("1 ／1处")
    # No later answer takes a pick away under the hand.
    page.wait_for_selector("#progress.is-done, #progress[hidden]", state="attached")
    visit.settle()
    return page


def test_the_proof_arrives_without_a_fault(open_page: Callable[..., Any]) -> None:
    seen = open_page("desktop")
    page = asked(seen)
    expect(page.locator("#map-after .pick")).to_have_count(1)
    expect(page.locator("#map-before .pick")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("<img src=x onerror=alert(1)>")
    assert seen.faults == []


def test_a_dragged_pick_shows_what_it_costs_and_comes_back(open_page: Callable[..., Any]) -> None:
    seen = open_page("desktop")
    page = asked(seen)
    pick = page.locator("#map-after .is-movable")
    expect(pick).to_be_visible()
    box = pick.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 13, box["y"] + 13)
    page.mouse.down()
    page.mouse.move(box["x"] + 13, box["y"] - 60, steps=6)
    page.mouse.up()
    expect(page.locator("[data-text=tried]")).to_contain_text("少 2,000 人")
    expect(page.locator("#number-gain .number-value")).to_have_text("+0")
    page.get_by_role("link", name="还原").click()
    expect(page.locator("#number-gain .number-value")).to_have_text("+2,000")
    assert seen.faults == []


def test_nothing_is_wider_than_a_phone(open_page: Callable[..., Any]) -> None:
    seen = open_page("phone")
    page = asked(seen)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    seen.go("/planner/siting?lang=en")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
