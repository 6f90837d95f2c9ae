"""Checking addresses by keys alone, without a script, and two records made one and parted."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.store import Store
from geodata.tables import Decision

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)></script>${alert(1)}`&amp;"
WAITING = 10


def service() -> DeclaredService:
    return DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER, workers=100)


def doubted(n: int) -> Placed:
    address, lon = f"牯岭路{n}号", 121.465 + n / 1000.0
    declared = DeclaredPlace(
        f"{HOSTILE}{n}",
        address,
        "黄浦区",
        "",
        (service(),),
        Source("休息室.xlsx", "表1", n, {}, "stations"),
    )
    here = Position(lon, 31.2365, Level.NUMBER, 60.0, "高德")
    there = Position(lon + 0.0045, 31.2345, Level.NUMBER, 120.0, "腾讯")
    found = (Candidate(here, "amap"), Candidate(there, "tencent"))
    return Placed(
        declared,
        parse(address),
        Unlocated(Reason.REVIEW, "坐标系可能弄错"),
        "黄浦区",
        verdict=Verdict.REVIEW,
        doubts=(Doubt.DATUM_SUSPECT,),
        candidates=found,
    )


def twin(n: int, name: str, lon: float) -> Placed:
    source = Source("站点.csv", "", n, {}, "stations")
    declared = DeclaredPlace(name, f"海阳西路{n}号", "浦东新区", "", (service(),), source)
    spot = Position(lon, 31.16, Level.NUMBER, 30.0, "地址表")
    return Placed(declared, parse(declared.address), spot, "浦东新区")


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'review.sqlite'}")
    twins = (twin(51, "乐湾驿站", 121.469), twin(53, "乐湾职工驿站", 121.4694))
    found = (*(doubted(n) for n in range(1, WAITING + 1)), *twins)
    opened.publish(ImportedFile("休息室.xlsx", "3" * 64, found, len(found), 0, ("stations",)))
    yield opened
    opened.close()


@pytest.fixture
def address(store: Store, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(store) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Callable[..., Any]:
    def opened(device: str = "desktop", **options: object) -> Any:
        made = open_page(device, **options)
        made.sign_in()
        return made

    return opened


def actions_of(store: Store) -> list[str]:
    with store.reading() as session:
        return sorted(session.scalars(select(Decision.action)))


def stations(store: Store) -> list[str]:
    return [place.name for place in store.snapshot().places if "乐湾" in place.name]


def press(page: Any, key: str) -> None:
    """A key, and the next address on the page once it is there."""
    before = page.locator("article").get_attribute("data-ref")
    page.keyboard.press(key)
    page.wait_for_function(
        "ref => document.querySelector('article').dataset.ref !== ref", arg=before
    )


def begun(visit: Callable[..., Any], device: str = "desktop", **options: object) -> Any:
    made = visit(device, **options)
    made.go("/desk/review")
    with made.leading():
        made.page.locator("a.button", has_text="开始核对").click()
    return made


def test_eight_addresses_are_decided_by_keys_alone(visit, store):
    made = begun(visit)
    page = made.page
    for key in ("1", "2", "1", "x", "1"):
        press(page, key)
    # Two by keys that open a form: coordinates, then a corrected address tried first.
    page.keyboard.press("d")
    page.keyboard.type("121.47")
    page.keyboard.press("Tab")
    page.keyboard.type("31.23")
    press(page, "Enter")
    page.keyboard.press("e")
    page.keyboard.type("人民广场地铁站1号口")
    page.keyboard.press("Enter")
    page.locator(".review-looked .cand").wait_for()
    press(page, "Enter")
    press(page, "1")
    expect(page.locator("body")).to_have_attribute("data-sending", "0")
    assert page.locator("#review-left").inner_text() == "2"
    assert actions_of(store) == ["correct", "move", "not_a_place", *["pick"] * 5]
    assert made.faults == []


def test_the_last_decision_is_undone_by_a_key_and_shown_again(visit, store):
    made = begun(visit)
    page = made.page
    first = page.locator("article").get_attribute("data-ref")
    press(page, "1")
    press(page, "u")
    page.locator("#review-status", has_text="已撤销").wait_for()
    shown = page.locator("article").get_attribute("data-ref")
    assert (shown, actions_of(store), made.faults) == (first, [], [])
    assert page.locator("#review-left").inner_text() == str(WAITING)


def test_keys_are_off_while_typing_and_when_switched_off(visit, store):
    made = begun(visit)
    page = made.page
    page.keyboard.press("e")
    page.keyboard.type("1x2uj")
    page.keyboard.press("Escape")
    page.locator("#review-keys-on").uncheck()
    for key in ("1", "x", "j", "?"):
        page.keyboard.press(key)
    assert page.locator("#review-help").is_hidden()
    page.locator("#review-keys-on").check()
    page.keyboard.press("?")
    assert page.locator("#review-help").is_visible()
    page.keyboard.press("1")
    assert (actions_of(store), made.faults) == ([], [])


def test_dragging_the_pin_fills_in_the_coordinates(visit, store):
    made = begun(visit)
    page = made.page
    page.keyboard.press("d")
    page.locator(".drop").wait_for()
    box = page.locator(".drop").bounding_box()
    page.mouse.move(box["x"] + 15, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 75, box["y"] + 45, steps=5)
    page.mouse.up()
    assert float(page.locator("[name=lon]").input_value()) > 121.466
    page.locator("button", has_text="定在这里").click()
    page.locator("#review-status", has_text="已移动").wait_for()
    assert (actions_of(store), made.faults) == (["move"], [])


def test_the_next_ones_are_loaded_ahead(visit):
    made = visit()
    parts: list[str] = []
    made.page.on("request", lambda asked: parts.append(asked.url) if "/part" in asked.url else None)
    made.go("/desk/review")
    with made.leading():
        made.page.locator("a.button", has_text="开始核对").click()
    assert len(parts) == 3


def test_of_two_steps_the_last_one_counts(visit):
    made = begun(visit)
    page, late = made.page, []

    def hold(route: Route) -> None:
        if late:
            route.continue_()
        else:
            late.append(route)

    page.route("**/part*", hold)
    page.locator("#review-list a[data-ref]").nth(WAITING - 1).click()
    made.until(lambda: late)
    press(page, "j")
    shown = page.locator("article").get_attribute("data-ref")
    late[0].continue_()
    made.settle()
    assert page.locator("article").get_attribute("data-ref") == shown
    assert made.faults == []


def test_the_office_is_asked_by_a_key(visit):
    made = begun(visit)
    made.page.keyboard.press("a")
    field = made.page.locator("#review-link-text")
    made.page.wait_for_function("() => document.getElementById('review-link-text').value !== ''")
    assert field.input_value().startswith(made.address + "/pin/")
    assert made.faults == []


def test_a_decision_somebody_else_made_meanwhile_is_told_and_shown(visit, store):
    made, other = begun(visit), begun(visit)
    press(other.page, "2")
    other.page.locator("#review-status", has_text="已存").wait_for()
    made.page.keyboard.press("1")
    made.page.locator("#review-status.is-fault", has_text="请重新看一眼再定").wait_for()
    made.page.locator(".review-made").wait_for()
    assert actions_of(store) == ["pick"]
    assert [fault for fault in made.faults if "409" not in fault] == []


def test_without_a_script_an_address_is_decided_by_a_plain_form(visit, store):
    made = begun(visit, java_script_enabled=False)
    page = made.page
    first = page.locator("article").get_attribute("data-ref")
    with made.leading():
        page.locator("button", has_text="定为 1").click()
    assert "已存：选定了候选。" in page.locator(".said").inner_text()
    assert (page.locator("article").get_attribute("data-ref") != first, actions_of(store)) == (
        True,
        ["pick"],
    )
    with made.leading():
        page.locator(".said button").click()
    shown = page.locator("article").get_attribute("data-ref")
    assert (shown, actions_of(store), made.faults) == (first, [], [])


@pytest.mark.parametrize("scripts", [True, False])
def test_two_records_are_made_one_and_parted(visit, store, scripts):
    made = visit(java_script_enabled=scripts)
    page = made.go("/desk/duplicates")
    with made.leading():
        page.locator("table.rows a").first.click()
    page.locator("input[name=kept]").nth(1).check()
    with made.leading():
        page.locator("button", has_text="同一处，合并").click()
    assert "已合并。" in page.locator(".said").inner_text()
    assert stations(store) == ["乐湾职工驿站"]
    with made.leading():
        page.locator(".said button", has_text="拆开").click()
    assert "已拆开" in page.locator(".said").inner_text()
    assert (stations(store), made.faults) == (["乐湾驿站", "乐湾职工驿站"], [])


UNNAMED = """() => {
  const all = 'button, a[href], input:not([type=hidden]), select, summary';
  const labelled = (one) => [...(one.labels || [])].some((label) => label.innerText);
  const named = (one) => one.innerText || one.ariaLabel || labelled(one)
    || one.querySelector('img[alt]');
  return [...document.querySelectorAll(all)]
    .filter((one) => one.checkVisibility() && !named(one)).map((one) => one.outerHTML);
}"""
PATHS = ("/desk/review", "/desk/duplicates", "/desk/duplicates/place/11/12")


@pytest.mark.parametrize("path", PATHS)
def test_every_control_has_a_name_and_one_heading_leads(visit, path):
    page = visit().go(path)
    assert (page.evaluate(UNNAMED), page.locator("h1").count()) == ([], 1)


def test_the_panel_comes_before_the_map_and_every_stop_is_seen(visit):
    page = begun(visit).page
    page.evaluate("document.getElementById('review-address').focus()")
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "[document.activeElement.closest('#review-part, .review-map')?.className,"
                " getComputedStyle(document.activeElement).outlineWidth]"
            )
        )
    assert seen[0] == ["review-side", "3px"]
    assert [where for where, _ in seen].index("review-map") > 4
    assert page.evaluate(UNNAMED) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_a_narrow_phone(visit, path):
    page = visit("phone", width=320).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_one_address_fits_a_narrow_phone(visit):
    page = begun(visit, "phone", width=320).page
    assert page.evaluate("document.documentElement.scrollWidth") == 320
