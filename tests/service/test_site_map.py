"""What search engines ask for first."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient


def test_the_site_map_lists_every_public_place(make_app: Callable[..., Flask]) -> None:
    client = make_app(ZHITU_SITE_URL="https://map.example.org/s").test_client()
    index, part = client.get("/sitemap.xml"), client.get("/sitemap-1.xml")
    assert index.content_type == "application/xml; charset=utf-8"
    assert "<loc>https://map.example.org/s/sitemap-1.xml</loc>" in index.text
    assert [f"/p/{n}</loc>" in part.text for n in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert part.text.count("<loc>") == 5
    assert client.get("/sitemap-2.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_robots_are_kept_from_what_is_not_for_them(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /desk" in text
    assert text.splitlines()[-1] == "Sitemap: http://localhost/sitemap.xml"
