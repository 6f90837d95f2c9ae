"""A planner's day from a faulty form to the report, in a browser, on SQLite and on PostGIS."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.store import Store
from service.clock import today

pytestmark = pytest.mark.browser

IN_DOUBT = 8


def service(kind: Kind = Kind.REST_ROOM) -> DeclaredService:
    return DeclaredService(kind, "", Status.PLAQUED, Tier.OTHER, workers=100)


def source(row: int) -> Source:
    return Source("示例.xlsx", "表1", row, {}, "stations")


def place(row: int, name: str, address: str, lon: float, kind: Kind = Kind.REST_ROOM) -> Placed:
    declared = DeclaredPlace(name, address, "浦东新区", "", (service(kind),), source(row))
    spot = Position(lon, 31.16, Level.NUMBER, 30.0, "地址表")
    return Placed(declared, parse(address), spot, "浦东新区")


def in_doubt(row: int) -> Placed:
    address, lon = f"牯岭路{row}号", 121.465 + row / 1000.0
    declared = DeclaredPlace(
        f"示例・牯岭{row}驿站", address, "黄浦区", "", (service(),), source(row)
    )
    found = (
        Candidate(Position(lon, 31.2365, Level.NUMBER, 60.0, "高德"), "amap"),
        Candidate(Position(lon + 0.0045, 31.2345, Level.NUMBER, 120.0, "腾讯"), "tencent"),
    )
    return Placed(
        declared,
        parse(address),
        Unlocated(Reason.REVIEW, "两家相差太远"),
        "黄浦区",
        verdict=Verdict.REVIEW,
        doubts=(Doubt.DATUM_SUSPECT,),
        candidates=found,
    )


def site(row: int, name: str, lon: float, workers: int) -> Placed:
    declared = DeclaredSite(
        name,
        SiteKind.PARK,
        f"{name}路1号",
        "金山区",
        "",
        source(row),
        workers=workers,
        clinic=Clinic.NONE,
    )
    return Placed(declared, None, Position(lon, 30.8, Level.NUMBER, 60.0, "地址表"), "金山区")


@pytest.fixture
def address(any_store: Store, serve: Callable[..., Any]) -> Iterator[str]:
    found = (
        *(in_doubt(row) for row in range(1, IN_DOUBT + 1)),
        place(51, "示例・乐湾驿站", "海阳西路51号", 121.469),
        place(53, "示例・乐湾职工驿站", "海阳西路53号", 121.4694),
        place(60, "示例・三林健康服务点", "三林路60号", 121.50, Kind.HEALTH_POINT),
        site(71, "示例・金山工业园", 121.20, 3000),
        site(72, "示例・枫泾产业园", 121.05, 1500),
    )
    any_store.publish(ImportedFile("示例.xlsx", "5" * 64, found, len(found), 0, ("stations",)))
    with serve(any_store, workers=True) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Iterator[Any]:
    opened = open_page("desktop")
    opened.sign_in("/desk")
    yield opened
    assert opened.faults == []


def task(page: Page, name: str) -> str:
    return page.locator(".task", has_text=name).locator(".task-count").inner_text()


def import_a_faulty_form(visit: Any, faulty_form: Any) -> None:
    page = visit.page
    visit.go("/desk/imports")
    sent = {"name": "2024休息室.xlsx", "mimeType": "", "buffer": faulty_form.data}
    page.set_input_files("input[type=file]", sent)
    page.get_by_role("button", name="送来看看").click()
    page.wait_for_selector("#would")
    visit.settle()
    faulty = page.locator("input[aria-invalid=true]")
    assert [one.input_value() for one in faulty.all()] == list(faulty_form.mended)
    for one, text in zip(faulty.all(), faulty_form.mended.values(), strict=True):
        one.fill(text)
    page.locator("#cells-form").get_by_role("button", name="再检查").press("Enter")
    page.wait_for_selector("td.is-anew")
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_selector("text=已存入")


def review_by_keyboard(visit: Any) -> None:
    page = visit.page
    visit.go("/desk/review?district=黄浦区&doubt=datum_suspect")
    with visit.leading():
        page.locator("a.button", has_text="开始核对").click()
    for left in range(IN_DOUBT - 1, -1, -1):
        shown = page.locator("article").get_attribute("data-ref") or ""
        page.keyboard.press("1")
        if left:
            expect(page.locator("article")).not_to_have_attribute("data-ref", shown)
        expect(page.locator("#review-left")).to_have_text(str(left))
    expect(page.locator("body")).to_have_attribute("data-sending", "0")


def merge_a_duplicate(visit: Any) -> None:
    page = visit.page
    visit.go("/desk/duplicates")
    page.get_by_role("link", name="示例・乐湾驿站").click()
    page.get_by_role("button", name="同一处，合并").click()
    expect(page.get_by_role("button", name="拆开：示例・乐湾职工驿站")).to_be_visible()


def give_a_yellow_card(visit: Any) -> None:
    page = visit.page
    visit.go("/desk/points?kind=health_point&district=浦东新区")
    page.get_by_role("link", name="示例・三林健康服务点").first.click()
    page.locator("#form-card > summary").click()
    page.locator("#form-card input[name=due_on]").fill((today() + timedelta(days=30)).isoformat())
    page.locator("#form-card input[name=reason]").fill("无人值守")
    page.locator("#form-card button").click()
    expect(page.locator("#form-resolve")).to_be_visible()


def keep_a_scenario(visit: Any, count: int, name: str) -> None:
    page = visit.page
    visit.go("/planner/siting")
    page.fill("input[name='new.count']", str(count))
    page.fill("input[name='new.district_minimum']", "0")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("#number-proof .number-value")).to_have_text("已证最优")
    page.fill("input[name=name]", name)
    with visit.leading():
        page.get_by_role("button", name="存为方案").click()


def test_a_day_at_the_desk(
    visit: Any, open_page: Callable[..., Any], faulty_form: Any, tmp_path: Path
) -> None:
    page = visit.page
    assert task(page, "待核对的地址") == str(IN_DOUBT)
    public = open_page("phone")
    expect(public.go("/?kind=health_point").locator("main")).to_contain_text("三林健康服务点")

    import_a_faulty_form(visit, faulty_form)
    review_by_keyboard(visit)
    merge_a_duplicate(visit)
    give_a_yellow_card(visit)

    # The public page follows at once: under rectification it is not shown.
    seen = public.go("/?kind=health_point").locator("main")
    expect(seen).not_to_contain_text("三林健康服务点")
    assert public.faults == []

    keep_a_scenario(visit, 1, "先做一处")
    keep_a_scenario(visit, 2, "两处都做")
    visit.go("/desk/scenarios")
    page.get_by_role("button", name="比一比").click()
    expect(page.locator("main")).to_contain_text("示例・枫泾产业园")

    visit.go("/desk/reports")
    with page.expect_download() as report:
        page.get_by_role("link", name="年度报告（PDF）").click()
    assert Path(report.value.path()).read_bytes().startswith(b"%PDF")
    with page.expect_download() as workbook:
        page.get_by_role("link", name="点位（Excel）", exact=True).click()
    workbook.value.save_as(tmp_path / "点位.xlsx")
    rows = load_workbook(tmp_path / "点位.xlsx").active.iter_rows(values_only=True)
    names = {row[1] for row in rows}
    assert {f"示例・第{n}休息室" for n in range(1, faulty_form.rows + 1)} <= names
    visit.go("/desk")
    assert task(page, "黄牌整改中") == "1"
