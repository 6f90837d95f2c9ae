"""A page speaks the language its address asks for, and its links keep it."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("query", "html"),
    [
        ("", "zh-Hans"),
        ("?lang=en", "en"),
        ("?lang=zh", "zh-Hans"),
        ("?lang=xx", "zh-Hans"),
        ("?lang=../en", "zh-Hans"),
        ("?lang=", "zh-Hans"),
    ],
)
def test_the_address_alone_says_the_language(client: FlaskClient, query: str, html: str) -> None:
    page = client.get("/" + query, headers={"Accept-Language": "en-GB,en"}).text
    assert page.partition('<html lang="')[2].partition('"')[0] == html


def test_one_request_does_not_change_the_next(client: FlaskClient) -> None:
    pages = [client.get(address).text for address in ("/?lang=en", "/", "/?lang=en")]
    assert ['<html lang="en">' in page for page in pages] == [True, False, True]


def test_a_search_and_a_link_keep_the_language(client: FlaskClient) -> None:
    english, chinese = client.get("/?lang=en").text, client.get("/").text
    field = '<input type="hidden" name="lang" value="en">'
    assert [field in page for page in (english, chinese)] == [True, False]
    assert ['href="/p/1?lang=en"' in page for page in (english, chinese)] == [True, False]


def test_a_page_links_to_itself_in_the_other_language(client: FlaskClient) -> None:
    pages = [client.get(address).text for address in ("/p/1", "/p/1?lang=en")]
    assert [page.partition('<a class="language" ')[2].partition("</a>")[0] for page in pages] == [
        'href="/p/1?lang=en" lang="en">English',
        'href="/p/1" lang="zh-Hans">中文',
    ]


def test_one_place_is_one_place(client: FlaskClient) -> None:
    page = client.get("/?lang=en&kind=rest_room&district=310101").text
    assert '<h2 id="list-title">1 place in Huangpu</h2>' in page


def test_an_error_is_told_in_a_page_of_the_language(client: FlaskClient) -> None:
    page = client.get("/nowhere?lang=en")
    assert page.status_code == 404
    assert "That did not work" in page.text
