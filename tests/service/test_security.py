"""The headers of every answer."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/p/1", "/sign-in", "/healthz", "/assets/map.js", "/none"])
def test_every_answer_is_strict(client: FlaskClient, path: str) -> None:
    # A sandboxed frame can open no page that isolates itself, and its links lead to these.
    opener = "unsafe-none" if path in {"/", "/p/1"} else "same-origin"
    headers = client.get(path).headers
    names = (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    )
    assert [headers[name] for name in names] == [
        STRICT,
        "nosniff",
        "same-origin",
        "geolocation=(self), camera=(), microphone=()",
        opener,
    ]


def test_only_listed_sites_may_frame_the_embed(make_app: Callable[..., Flask]) -> None:
    sites = "https://www.example.org https://gonghui.example"
    client = make_app(ZHITU_EMBED_SITES=sites).test_client()
    embed = client.get("/embed").headers["Content-Security-Policy"]
    assert embed.endswith(f"frame-ancestors 'self' {sites}")
    assert client.get("/").headers["Content-Security-Policy"] == STRICT


def test_tile_hosts_are_named_only_with_tiles(make_app: Callable[..., Flask]) -> None:
    headers = make_app(ZHITU_BASEMAP="osm").test_client().get("/").headers
    images = "img-src 'self' data: https://tile.openstreetmap.org;"
    assert images in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_no_page_holds_an_inline_script_or_style(planner: FlaskClient) -> None:
    for path in ("/", "/p/1", "/embed", "/planner", "/sign-in"):
        page = planner.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        # Linked data is no script: browsers never run it.
        page = page.replace('<script type="application/ld+json">', "")
        assert page.count("<script") == page.count('<script src="/assets/')
        assert " onclick=" not in page
