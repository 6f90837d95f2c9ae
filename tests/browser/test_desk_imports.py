"""A planner's imports in a browser: a faulty form dropped, mended in place, imported, fetched."""

import io
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select
from werkzeug.serving import make_server

from geodata.store import Store
from geodata.tables import Place
from service.app import create_app
from service.job_runner import Runner, works
from service.settings import Settings

pytestmark = pytest.mark.browser

PASSWORD = "一个够长的口令"
ROWS = 60
HEAD = (
    *("序号", "休息室名称", "行政区", "街镇", "具体门牌号", "联系人", "手机号码", "邮箱"),
    *("休息室所属单位", "面积", "提供设施及服务", "企业数", "职工数", "计划完成时间"),
)
MENDED = {"火星区": "黄浦区", "三十多吧": "35", "很多人": "80"}
# Playwright drops no file by itself: the page makes one of its bytes.
DROP = """([bytes, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name));
  const event = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.getElementById("drop").dispatchEvent(event);
}"""


def form() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["2024年建设改善“职工工间休息室”申报汇总表"])
    sheet.append(HEAD)
    for n in range(1, ROWS + 1):
        row = [n, f"示例・第{n}休息室", "黄浦区", "外滩街道", f"福州路{100 + n}号", "金丝雀"]
        row += ["13812345678", "a@example.org", "示例・某公司", 20 + n, "空调、饮水机", 3, 60]
        sheet.append([*row, "2024年9月底"])
    sheet["C10"], sheet["J20"], sheet["M40"] = MENDED
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def own_store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def desk(own_store: Store) -> Iterator[str]:
    """A service with workers, over a database of each kind."""
    settings = Settings.from_environment({"ZHITU_PLANNER_PASSWORD": PASSWORD})
    server = make_server("127.0.0.1", 0, create_app(settings, own_store), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    workers = Runner(own_store, works(settings, own_store), pause_s=0.1)
    workers.start()
    yield f"http://127.0.0.1:{server.server_port}"
    workers.stop()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    faults: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(f"{desk}/sign-in?next=/desk/imports")
    opened.fill("input[type=password]", PASSWORD)
    with opened.expect_navigation():
        opened.press("input[type=password]", "Enter")
    yield opened
    assert faults == []
    context.close()


def count(page: Page, name: str) -> str:
    return page.locator(".count", has_text=name).locator("dd").inner_text()


def test_a_faulty_form_is_dropped_mended_imported_and_fetched(
    page: Page, own_store: Store, tmp_path: Path
) -> None:
    page.evaluate(DROP, [list(form()), "2024休息室.xlsx"])
    page.wait_for_selector("#would")
    assert (count(page, "读到"), count(page, "新增")) == (str(ROWS), str(ROWS))
    faulty = page.locator("input[aria-invalid=true]")
    assert [one.input_value() for one in faulty.all()] == list(MENDED)
    assert "金丝雀" not in page.content()
    for one, text in zip(faulty.all(), MENDED.values(), strict=True):
        one.fill(text)
    assert page.inner_text("#cells-said") == "改了 3 格，还没有检查。"
    page.locator("#cells-form").get_by_role("button", name="再检查").press("Enter")
    page.wait_for_selector("td.is-anew")
    assert page.locator("input[aria-invalid=true]").count() == 0
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_selector("text=已存入")
    with own_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Place)) == ROWS
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载回填表").click()
    fetched.value.save_as(tmp_path / "回填.xlsx")
    sheet = load_workbook(tmp_path / "回填.xlsx").active
    assert [sheet[place].value for place in ("C10", "J20", "M40", "O2")] == [
        *("黄浦区", 35, 80),
        "职图·区",
    ]
    assert sheet["O10"].value == "黄浦区"


def test_faults_are_told_to_who_cannot_see_colours(page: Page) -> None:
    page.evaluate(DROP, [list(form()), "2024休息室.xlsx"])
    page.wait_for_selector("#would")
    one = page.locator("input[aria-invalid=true]").first
    one.focus()
    told = page.locator(f"#{one.get_attribute('aria-describedby')}")
    assert one.get_attribute("aria-label") == "第 10 行 C 列 行政区"
    assert told.inner_text() == "应填：本市一个区的名称，例如 浦东新区"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "很多人"


def test_without_a_script_a_file_is_sent_and_looked_at(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{desk}/sign-in?next=/desk/imports")
    page.fill("input[type=password]", PASSWORD)
    page.locator("form .button").click()
    page.set_input_files("#files", {"name": "表.xlsx", "mimeType": "", "buffer": form()})
    page.get_by_role("button", name="送来看看").click()
    page.wait_for_selector("#would", timeout=20_000)
    assert count(page, "新增") == str(ROWS)
    context.close()
