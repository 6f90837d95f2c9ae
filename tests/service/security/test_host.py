"""Whose address stands in what leaves: the configured one, never one that a request brings."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

MakeApp = Callable[..., Flask]
OURS = "https://map.example.org"
PATHS = (
    *("/", "/p/1", "/p/1.json", "/sitemap.xml", "/robots.txt", "/embed", "/embed.js", "/list"),
    *("/oembed?url=https://map.example.org/embed", "/embed/builder", "/embed/lines.json"),
    *("/ogc", "/ogc/collections/places/items?limit=1", "/api", "/ogc/api", "/tiles", "/sign-in"),
)
FOREIGN = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "ftp",
    "X-Forwarded-Server": "evil.example",
    "Forwarded": "host=evil.example;proto=ftp",
    "X-Original-URL": "/desk",
    "X-Rewrite-URL": "/desk",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.parametrize("hops", ["0", "1", "2"])
def test_no_answer_holds_a_host_that_a_request_brings(make_app: MakeApp, hops: str) -> None:
    client = make_app(ZHITU_SITE_URL=OURS, ZHITU_PROXY_HOPS=hops).test_client()
    answers = [client.get(path, headers=FOREIGN) for path in PATHS]
    told = [one.text + str(one.headers) for one in answers]
    assert [path for path, text in zip(PATHS, told, strict=True) if "evil.example" in text] == []
    assert sum(OURS in text for text in told) > 5


def test_links_of_the_interface_go_where_the_settings_say(make_app: MakeApp) -> None:
    client = make_app(ZHITU_SITE_URL=OURS).test_client()
    said = json.dumps(client.get("/ogc", headers=FOREIGN).get_json())
    assert set(re.findall(r"https?://[^/\"]+", said)) == {OURS}


def test_a_form_of_an_old_browser_has_to_come_from_the_configured_address(
    make_app: MakeApp,
) -> None:
    client = make_app(ZHITU_SITE_URL=OURS).test_client()
    form = {"password": "一个口令"}
    statuses = [
        client.post("/sign-in", data=form, headers={"Host": host, "Origin": origin}).status_code
        for host, origin in [
            ("evil.example", "https://evil.example"),
            ("map.example.org", "http://localhost"),
            ("map.example.org", OURS),
        ]
    ]
    assert statuses == [401, 401, 303]
