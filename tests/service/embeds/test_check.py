"""Why a map is blank: what the check page finds, and that it never asks the network."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from geodata.embeds.origin import read_origin
from service.embeds.diagnosis import Case, Finding, diagnosed
from service.embeds.policy import Headers, read_headers

OURS = read_origin("https://map.example.org")
PAGE = "https://www.example.org"
FLAGS = "allow-scripts allow-same-origin allow-popups"


def frame(query: str = "?v=1", more: str = 'allow="geolocation"') -> str:
    return f'<iframe src="https://map.example.org/embed{query}" {more}></iframe>'


def found(
    *, snippet: str = "", headers: str = "", page: str = PAGE, listed: bool = True
) -> list[tuple[str, str]]:
    case = Case(
        page=read_origin(page) if page else None,
        listed=listed,
        snippet=snippet,
        headers=headers,
        ours=OURS,
        path="",
        fault_of=lambda given: "x" if "bad" in given.values() else "",
    )
    return [(one.level, one.key) for one in diagnosed(case)]


@pytest.mark.parametrize(
    ("page", "listed", "finding"),
    [
        (PAGE, True, ("fine", "listed")),
        (PAGE, False, ("blank", "not_listed")),
        ("http://www.example.org", False, ("blank", "page_http")),
    ],
)
def test_the_list_comes_first(page: str, listed: bool, finding: tuple[str, str]) -> None:
    assert found(page=page, listed=listed) == [finding]


@pytest.mark.parametrize(
    ("snippet", "findings"),
    [
        (frame(), []),
        ("<p>地图</p>", [("blank", "nothing_left")]),
        ('<iframe src="https://evil.example/embed">', [("blank", "other_host")]),
        (frame().replace("https:", "http:"), [("blank", "mixed")]),
        (frame().replace("https:", ""), []),
        (frame().replace("/embed", "/"), [("blank", "wrong_page")]),
        (frame().replace("/embed", "/planner"), [("blank", "wrong_page")]),
        (frame("?v=1&kidn=x"), [("doubt", "unknown_near")]),
        (frame("?v=1&utm_source=x"), [("doubt", "unknown")]),
        (frame("?v=1&amp;amp;kind=rest_room"), [("doubt", "amp")]),
        (frame("?kind=bad"), [("blank", "value")]),
        (frame(more=""), [("doubt", "no_position")]),
        (frame(more='allow="geolocation" width="0"'), [("blank", "no_size")]),
        (
            frame(more='allow="geolocation" referrerpolicy="no-referrer"'),
            [("doubt", "no_referrer")],
        ),
        (frame(more=f'allow="geolocation" sandbox="{FLAGS}"'), []),
        (frame(more='allow="geolocation" sandbox'), [("blank", "sandbox")]),
        (
            frame(more='allow="geolocation" sandbox="allow-scripts allow-same-origin"'),
            [("doubt", "sandbox")],
        ),
        ('<script src="https://map.example.org/embed/v1.js" data-kind="rest_room"></script>', []),
        (
            '<script src="https://map.example.org/embed/v9.js"></script>',
            [("blank", "wrong_script")],
        ),
        (
            '<script src="https://map.example.org/embed.js" data-kinds="x"></script>',
            [("doubt", "unknown_near")],
        ),
    ],
)
def test_the_pasted_line_is_read(snippet: str, findings: list[tuple[str, str]]) -> None:
    assert found(snippet=snippet) == [*findings, ("fine", "listed")]


@pytest.mark.parametrize(
    ("policy", "passes"),
    [
        ("default-src 'self'", False),
        ("default-src 'none'", False),
        ("default-src *", True),
        ("default-src https:", True),
        ("default-src 'self'; frame-src https://map.example.org", True),
        ("default-src *; child-src 'self'", False),
        ("child-src 'self'; frame-src map.example.org", True),
        ("frame-src *.example.org", True),
        ("frame-src https://*.map.example.org", False),
        ("frame-src http://map.example.org", True),
        ("frame-src https://map.example.org:*", True),
        ("frame-src https://map.example.org:8443", False),
        ("frame-src https://map.example.org/embed", True),
        ("frame-src https://map.example.org/other", False),
        ("frame-src 'none'; frame-src *", False),
        ("FRAME-SRC HTTPS://MAP.EXAMPLE.ORG", True),
        ("script-src 'self'", True),
        ("img-src 'self'", True),
    ],
)
def test_a_policy_lets_our_frame_in_or_not(policy: str, passes: bool) -> None:
    written = (
        policy if "-src" in policy.lower() else "",
        f"content-security-policy: {policy}",
        f"Date: x\r\nContent-Security-Policy: {policy}\r\nServer: y",
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
    )
    finding = ("fine", "policy_fine") if passes else ("blank", "policy_frame")
    for headers in written[1:]:
        assert finding in found(headers=headers)


def test_a_policy_in_a_page_is_read_with_its_attributes_in_any_order() -> None:
    meta = "<META content='frame-src a.example' http-equiv=Content-Security-Policy>"
    assert read_headers(f"<html>{meta}").policies == ({"frame-src": ("a.example",)},)
    assert read_headers('<meta http-equiv="refresh" content="frame-src b.example">').policies == ()


def test_a_text_made_to_be_slow_to_read_is_read_at_once() -> None:
    # Read with an expression that goes back and forth this takes hours.
    meta = "<meta http-equiv=content-security-policy content="
    assert read_headers(meta * 4_000) == Headers((), {})


def test_every_policy_must_let_us_in() -> None:
    two = "Content-Security-Policy: frame-src *\nContent-Security-Policy: frame-src 'self'"
    assert ("blank", "policy_frame") in found(headers=two)


@pytest.mark.parametrize(
    ("policy", "passes"),
    [
        ("script-src 'self'; frame-src *", False),
        ("script-src https://map.example.org", True),
        ("script-src-elem 'self'; script-src *", False),
        ("script-src 'nonce-x' 'strict-dynamic' https://map.example.org", False),
    ],
)
def test_a_policy_lets_our_script_in_or_not(policy: str, passes: bool) -> None:
    line = '<script src="https://map.example.org/embed/v1.js"></script>'
    told = found(snippet=line, headers=f"Content-Security-Policy: {policy}")
    assert (("blank", "policy_script") in told) is not passes


@pytest.mark.parametrize(
    ("headers", "finding"),
    [
        ("Cross-Origin-Embedder-Policy: require-corp", ("blank", "embedder")),
        ("Permissions-Policy: camera=(), geolocation=()", ("doubt", "permissions")),
        ("Referrer-Policy: no-referrer", ("doubt", "no_referrer")),
        ("Content-Security-Policy: sandbox allow-scripts", ("doubt", "page_sandbox")),
        ("hello", ("doubt", "no_headers")),
    ],
)
def test_other_headers_matter_too(headers: str, finding: tuple[str, str]) -> None:
    assert finding in found(headers=headers)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read_without_a_fault(snippet: str, headers: str) -> None:
    assert found(snippet=f"{frame()}{snippet}", headers=headers)[-1:] != []


def test_what_was_found_is_said_in_both_languages(make_app: Callable[..., Flask]) -> None:
    client = make_app(ZHITU_SITE_URL="https://map.example.org").test_client()
    form = {"site": PAGE, "snippet": frame("?kind=teahouse"), "headers": "default-src 'self'"}
    chinese, english = (
        client.post(path, data=form).text for path in ("/embed/check", "/embed/check?lang=en")
    )
    assert "https://www.example.org 还不在名单里。" in chinese
    assert "参数的值读不懂：kind 里没有 teahouse" in chinese
    assert "你的网页用 default-src 拦住了我们的框。" in chinese
    assert "Your page&#39;s default-src keeps our frame out." in english


def test_the_site_alone_may_come_in_the_address(client: FlaskClient) -> None:
    assert "https://a.example 还不在名单里。" in client.get("/embed/check?site=a.example/x").text
    assert "不是网站地址" in client.get("/embed/check?site=ftp://a").text


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</textarea><script>alert(1)"])
def test_pasted_text_stays_text(client: FlaskClient, text: str) -> None:
    form = dict.fromkeys(("site", "snippet", "headers"), text)
    page = client.post("/embed/check", data=form).text
    assert ("<script>alert" in page, page.count("</textarea>")) == (False, 2)


def test_the_check_opens_no_connection(client: FlaskClient) -> None:
    asked: list[str] = []
    watching = [True]

    def watch(event: str, _arguments: tuple[Any, ...]) -> None:
        if watching[0] and event.startswith(("socket.", "urllib.", "subprocess.", "os.system")):
            asked.append(event)

    sys.addaudithook(watch)
    form = {
        "site": "https://www.example.org/page",
        "snippet": f'{frame()}<script src="http://127.0.0.1:1/embed.js"></script>',
        "headers": "Content-Security-Policy: default-src http://127.0.0.1:1; report-uri http://127.0.0.1:1",
    }
    status = client.post("/embed/check", data=form).status_code
    watching[0] = False
    assert (status, asked) == (200, [])


def test_findings_that_blank_the_map_come_first() -> None:
    told = found(snippet=frame("?kidn=bad"), listed=False)
    assert told == [("blank", "not_listed"), ("blank", "value"), ("doubt", "unknown_near")]
    assert Finding("blank", "mixed").values == {}
