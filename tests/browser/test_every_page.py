"""Every page, desk and public, fits 320 pixels, says what it is, and names all its controls."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from geodata.store import Store
from service.app import create_app
from service.desk.pages import MORE, NAV
from service.settings import Settings

pytestmark = pytest.mark.browser

PUBLIC = (
    *("/", "/?q=月球", "/p/1", "/embed", "/embed/check?site=example.org", "/sign-in"),
    *("/privacy", "/nothing"),
)
# They refuse parameters that they do not know.
API = ("/api.html", "/ogc?f=html", "/ogc/api.html", "/ogc/collections?f=html")
LARGE = "lang=en&text=large"
# Compares what only an act of a person makes.
ELSEWHERE = {"/desk/scenarios/compare"}
# Pages of one record, by the first one of the store.
RECORDS = (
    *("/desk/points/1", "/desk/contacts/service_point/1", "/desk/photos/1"),
    *("/desk/imports/runs/1/undo", "/planner/why/1", "/planner?by=site&theme=lunch"),
    *("/planner?by=town&area=hex", "/desk/reports/listings?district=黄浦区"),
)
LOOK = """() => {
  const shown = (each) => each.checkVisibility();
  const named = (each) => each.ariaLabel || each.title || each.labels?.[0]?.textContent.trim()
    || (each.getAttribute("aria-labelledby") || each.textContent).trim();
  const controls = "input:not([type=hidden]), select, textarea, button, a[href], summary";
  for (const each of document.querySelectorAll("details")) each.open = true;
  return {
    wide: document.documentElement.scrollWidth,
    headings: [...document.querySelectorAll("h1")].filter(shown).length,
    nameless: [...document.querySelectorAll(controls)].filter(shown)
      .filter((each) => !named(each)).map((each) => each.outerHTML.slice(0, 120)),
  };
}"""
GOOD = {"wide": 320, "headings": 1, "nameless": []}


@pytest.fixture(scope="module")
def desk(store: Store) -> list[str]:
    """The pages behind the sign-in that need nothing else, by the routes there are; no files."""
    rules = create_app(Settings(), store).url_map.iter_rules()
    paths = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments}
    behind = {path for path in paths if path.startswith(("/desk", "/planner", "/embed/builder"))}
    return sorted(path for path in behind - ELSEWHERE if "." not in path)


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Iterator[Any]:
    opened = open_page("phone", width=320)
    yield opened
    ours = [fault for fault in opened.faults if "404" not in fault]
    assert ours == []


def looks(visit: Any, paths: list[str], manner: str) -> dict[str, Any]:
    """What is wrong, by path, in a language and size of text; nothing where all is well."""
    found = {}
    for path in paths:
        mark = "&" if urlsplit(path).query else "?"
        page = visit.go(f"{path}{mark}{manner}")
        found[path] = page.evaluate(LOOK)
    return {path: look for path, look in found.items() if look != GOOD}


@pytest.mark.parametrize("manner", ["", "lang=en", LARGE])
def test_every_public_page_fits_a_narrow_phone(visit: Any, manner: str) -> None:
    paths = PUBLIC if manner == LARGE else (*PUBLIC, *API)
    assert looks(visit, list(paths), manner) == {}


@pytest.mark.parametrize("manner", ["", LARGE])
def test_every_page_of_the_desk_fits_a_narrow_phone(
    visit: Any, desk: list[str], manner: str
) -> None:
    visit.sign_in()
    assert looks(visit, [*desk, *RECORDS], manner) == {}


def test_the_walk_misses_no_page_of_the_navigation(desk: list[str]) -> None:
    listed = {entry.path for entry in (*NAV, *MORE)} - {"/"}
    assert sorted(listed - set(desk)) == []
