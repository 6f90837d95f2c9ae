"""Large text is asked for in the address, and every link and form of a page keeps it."""

from html import unescape

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("query", "large"), [("", False), ("?text=large", True), ("?text=", False), ("?text=x", False)]
)
@pytest.mark.parametrize(
    "path", ["/", "/p/1", "/privacy", "/sign-in", "/p/999", "/desk", "/planner", "/planner/siting"]
)
def test_the_address_alone_says_the_size_of_every_page(
    planner: FlaskClient, path: str, query: str, *, large: bool
) -> None:
    assert (' class="is-large">' in planner.get(path + query).text) is large


def test_links_and_forms_keep_size_and_language(client: FlaskClient) -> None:
    page = unescape(client.get("/?text=large&lang=en").text)
    assert page.count('<input type="hidden" name="text" value="large">') == 2
    assert 'href="/p/1?lang=en&text=large"' in page
    assert 'href="/privacy?lang=en&text=large"' in page


def test_an_error_leads_back_in_the_same_size_and_language(client: FlaskClient) -> None:
    page = unescape(client.get("/p/999?text=large&lang=en").text)
    assert '<a class="button" href="/?lang=en&text=large">' in page


def test_a_page_links_to_itself_in_the_other_size(client: FlaskClient) -> None:
    pages = [client.get("/p/1" + query).text for query in ("?lang=en", "?lang=en&text=large")]
    assert [page.partition('<a class="text-size" ')[2].partition("</a>")[0] for page in pages] == [
        'href="/p/1?lang=en&amp;text=large">Large text',
        'href="/p/1?lang=en">Normal text',
    ]
