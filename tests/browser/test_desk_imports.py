"""A planner's imports in a browser: a faulty form dropped, mended in place, imported, fetched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from sqlalchemy import func, select

from geodata.store import Store
from geodata.tables import Place

pytestmark = pytest.mark.browser

# Playwright drops no file by itself: the page makes one of its bytes.
DROP = """([bytes, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name));
  const event = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.getElementById("drop").dispatchEvent(event);
}"""


@pytest.fixture
def own_store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def address(own_store: Store, serve: Callable[..., Any]) -> Iterator[str]:
    """A service with workers, over a database of each kind."""
    with serve(own_store, workers=True) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Iterator[Any]:
    opened = open_page("desktop")
    opened.sign_in("/desk/imports")
    yield opened
    assert opened.faults == []


def dropped(visit: Any, form: Any) -> Page:
    """The page of what a dropped form would change, whole and with its script."""
    page: Page = visit.page
    page.evaluate(DROP, [list(form.data), "2024休息室.xlsx"])
    page.wait_for_selector("#would")
    visit.settle()
    return page


def count(page: Page, name: str) -> str:
    return page.locator(".count", has_text=name).locator("dd").inner_text()


def test_a_faulty_form_is_dropped_mended_imported_and_fetched(
    visit: Any, own_store: Store, faulty_form: Any, tmp_path: Path
) -> None:
    page = dropped(visit, faulty_form)
    assert (count(page, "读到"), count(page, "新增")) == (
        str(faulty_form.rows),
        str(faulty_form.rows),
    )
    faulty = page.locator("input[aria-invalid=true]")
    assert [one.input_value() for one in faulty.all()] == list(faulty_form.mended)
    assert "金丝雀" not in page.content()
    for one, text in zip(faulty.all(), faulty_form.mended.values(), strict=True):
        one.fill(text)
    assert page.inner_text("#cells-said") == "改了 3 格，还没有检查。"
    page.locator("#cells-form").get_by_role("button", name="再检查").press("Enter")
    page.wait_for_selector("td.is-anew")
    visit.settle()
    assert page.locator("input[aria-invalid=true]").count() == 0
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_selector("text=已存入")
    with own_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Place)) == faulty_form.rows
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载回填表").click()
    fetched.value.save_as(tmp_path / "回填.xlsx")
    sheet = load_workbook(tmp_path / "回填.xlsx").active
    assert [sheet[place].value for place in ("C10", "J20", "M40", "O2")] == [
        *("黄浦区", 35, 80),
        "职图·区",
    ]
    assert sheet["O10"].value == "黄浦区"


def test_faults_are_told_to_who_cannot_see_colours(visit: Any, faulty_form: Any) -> None:
    page = dropped(visit, faulty_form)
    one = page.locator("input[aria-invalid=true]").first
    one.focus()
    told = page.locator(f"#{one.get_attribute('aria-describedby')}")
    assert one.get_attribute("aria-label") == "第 10 行 C 列 行政区"
    assert told.inner_text() == "应填：本市一个区的名称，例如 浦东新区"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "很多人"


def test_without_a_script_a_file_is_sent_and_looked_at(
    open_page: Callable[..., Any], faulty_form: Any
) -> None:
    page = open_page("phone", width=320, java_script_enabled=False).sign_in("/desk/imports")
    page.set_input_files("#files", {"name": "表.xlsx", "mimeType": "", "buffer": faulty_form.data})
    page.get_by_role("button", name="送来看看").click()
    page.wait_for_selector("#would")
    assert count(page, "新增") == str(faulty_form.rows)
