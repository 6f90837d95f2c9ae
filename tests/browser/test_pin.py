"""The one-time link on a phone and on a desktop: locate, drag, confirm, send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Reason, Unlocated
from geodata.moments import utc_now
from geodata.place.address import canonical, parse
from geodata.review.links import make_link
from geodata.store import Store

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)></script>${alert(1)}`&amp;"
ADDRESS = "测试路8号"
KEY = canonical(parse(ADDRESS), "黄浦区")
THERE = {"longitude": 121.4815, "latitude": 31.2352}


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """A store of its own, with one hostile name at an address nobody found."""
    opened = Store.open(f"sqlite:///{tmp_path / 'pin.sqlite'}")
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER)
    source = Source("示例.xlsx", "表1", 2, {}, "stations")
    declared = DeclaredPlace(HOSTILE, ADDRESS, "黄浦区", "", (service,), source)
    placed = Placed(declared, parse(ADDRESS), Unlocated(Reason.NOT_FOUND), "黄浦区")
    opened.publish(ImportedFile("示例.xlsx", "0" * 64, (placed,), 1, 0, ("stations",)))
    yield opened
    opened.close()


@pytest.fixture
def address(store: Store, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(store) as address:
        yield address


@pytest.fixture
def visit(open_page: Callable[..., Any], store: Store) -> Callable[..., Any]:
    """Opens a new link where the phone finds itself with so many metres of accuracy."""

    def opened(device: str = "phone", *, accuracy: float = 12.0, refused: bool = False) -> Any:
        options = {} if refused else {"permissions": ["geolocation"]}
        made = open_page(device, geolocation={**THERE, "accuracy": accuracy}, **options)
        with store.writing() as session:
            token = make_link(session, KEY, now=utc_now())
        made.go(f"/pin/{token}")
        return made

    return opened


def stored(store: Store) -> tuple[float, float, float]:
    (position,) = store.decisions().values()
    return round(position.lon, 4), round(position.lat, 4), position.error_m


def sent(visit: Any) -> str:
    with visit.leading():
        visit.page.locator("#pin-send").click()
    title: str = visit.page.locator("h1").inner_text()
    return title


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_standing_at_the_door_takes_two_taps(visit, store, device):
    made = visit(device)
    page = made.page
    assert page.locator(".pin-name").inner_text() == HOSTILE
    assert page.locator("#pin-send").is_disabled()
    page.locator("#pin-locate").click()
    page.locator("#pin-status", has_text="误差约 12 米").wait_for()
    assert not page.locator("#pin-sure").is_visible()
    assert sent(made) == "收到了，谢谢"
    assert (stored(store), made.faults) == ((121.4815, 31.2352, 18.0), [])


def test_a_rough_fix_has_to_be_confirmed(visit, store):
    made = visit(accuracy=80.0)
    page = made.page
    page.locator("#pin-locate").click()
    page.locator("#pin-status", has_text="超过 50 米").wait_for()
    page.locator("#pin-send").click()
    assert store.decisions() == {}
    page.locator("[name=sure]").check()
    assert sent(made) == "收到了，谢谢"
    assert stored(store) == (121.4815, 31.2352, 120.0)


def test_without_a_position_the_door_is_tapped_on_the_map(visit, store):
    made = visit(refused=True)
    page = made.page
    page.locator("#pin-locate").click()
    page.locator("#pin-status", has_text="定位不了").wait_for()
    page.locator("#map").click(position={"x": 120, "y": 120})
    page.locator("#pin-status", has_text="图钉已移到新位置").wait_for()
    page.locator("[name=sure]").check()
    assert sent(made) == "收到了，谢谢"
    assert stored(store)[2] == 100.0


def test_a_position_that_comes_late_leaves_a_moved_pin_alone(visit, store):
    page = visit().page
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = (f) => { late = f; }; }")
    page.locator("#pin-locate").click()
    page.locator("#map").click(position={"x": 120, "y": 120})
    moved = page.locator("[name=lon]").input_value()
    page.evaluate("late({ coords: { longitude: 121.5, latitude: 31.2, accuracy: 5 } })")
    assert page.locator("[name=lon]").input_value() == moved
    assert page.locator("[name=dragged]").input_value() == "1"
    assert page.locator("#pin-sure").is_visible()
    assert page.locator("#pin-status").inner_text().startswith("图钉已移到新位置")
    assert store.decisions() == {}


def test_a_refused_pin_stands_where_it_was_sent_from(visit):
    made = visit()
    page = made.page
    page.locator("#map").click(position={"x": 120, "y": 120})
    page.evaluate("() => { document.getElementById('pin-form').lon.value = '120.0'; }")
    page.locator("[name=sure]").check()
    with made.leading():
        page.locator("#pin-send").click()
    assert page.locator(".note[role=alert]").is_visible()
    assert page.locator(".drop").count() == 1
    assert page.evaluate("zhitu.maps[0].map.getBounds().contains([31.2, 120.0])") is True


@pytest.mark.parametrize(("device", "width"), [("phone", 390), ("desktop", 1440)])
def test_the_page_does_not_scroll_sideways(visit, device, width):
    page = visit(device).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
