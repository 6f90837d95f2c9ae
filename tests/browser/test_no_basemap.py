"""The host of the basemap refuses or never answers: what is ours is there all the same."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from geodata.store import Store

pytestmark = pytest.mark.browser
SAID = "底图没载入，站点和列表照常可用"


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Page:
    opened: Page = open_page("phone").page
    return opened


def refuse(route: Route) -> None:
    route.abort("connectionrefused")


def hang(_route: Route) -> None:
    """No answer, as from a host behind a firewall."""


def opened(page: Page, address: str, fault: Callable[[Route], None]) -> list[str]:
    """The finder with its tiles gone; the tiles that were asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        fault(route)

    page.route(lambda url: not url.startswith(address), answer)
    page.goto(address, wait_until="domcontentloaded")
    return asked


@pytest.mark.parametrize("fault", [refuse, hang])
def test_list_and_marks_are_there_without_the_basemap(
    page: Page, store: Store, serve: Callable[..., AbstractContextManager[str]], fault: object
) -> None:
    assert callable(fault)
    with serve(store, ZHITU_BASEMAP="amap") as address:
        asked = opened(page, address, fault)
        expect(page.locator("#cards .card-link")).to_have_count(4)
        expect(page.locator(".zhitu-map .leaflet-marker-icon").first).to_be_visible()
        if fault is refuse:
            expect(page.locator("#notice")).to_have_text(SAID)
        page.fill("input[name=q]", "福州路")
        page.press("input[name=q]", "Enter")
        expect(page.locator("#cards .card-link")).to_have_text(["福州路休息室"])
        assert {url.split("/")[2].split(".", 1)[1] for url in asked} == {"is.autonavi.com"}
        page.goto("about:blank")
