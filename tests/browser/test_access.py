"""axe-core finds nothing serious on the public pages; ZHITU_AXE names its axe.min.js."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

pytestmark = pytest.mark.browser

PATHS = ("/", "/?lang=en", "/?q=月球", "/?district=黄浦区", "/p/1", "/p/2?lang=en", "/embed")


@pytest.fixture(scope="session")
def axe(lacking: Callable[[str, str], NoReturn]) -> str:
    file = os.environ.get("ZHITU_AXE", "")
    if not file:
        lacking("axe", "npm pack axe-core, and name its axe.min.js in ZHITU_AXE")
    return Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_axe_finds_nothing(open_page: Callable[..., Any], axe: str, device: str) -> None:
    visit = open_page(device)
    found = []
    for path in PATHS:
        page = visit.go(path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(axe)
        told = page.evaluate("axe.run()")
        found += [(path, fault["id"], len(fault["nodes"])) for fault in told["violations"]]
    assert found == []
