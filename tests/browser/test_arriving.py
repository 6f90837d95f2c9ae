"""A link in another site's page leads a signed-in person on, strict as the cookies are."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_link_from_elsewhere_leads_the_signed_in_on_and_the_others_to_the_sign_in(
    open_page: Callable[..., Any], address: str
) -> None:
    visit = open_page("desktop")
    elsewhere = f"data:text/html,<a href='{address}/desk/points'>go</a>"
    for signed_in, there in ((False, "**/sign-in?next=**"), (True, "**/desk/points")):
        if signed_in:
            visit.sign_in()
        visit.page.goto(elsewhere)
        visit.page.click("a")
        visit.page.wait_for_url(there)
    expect(visit.page.locator("h1")).to_have_text("点位")
    assert visit.faults == []
