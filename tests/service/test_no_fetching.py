"""A URL that a request brings is never fetched, wherever in the request it stands."""

import socket
import sys
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.accounts.roles import Role

Paths = Callable[[Rule], Iterator[str]]
URL = "http://canary.example.org:8/x"
# What such a thing is called, here or elsewhere.
PARAMETERS = ("url", "next", "site", "q", "src")
HEADERS = {
    "Referer": URL,
    "X-Forwarded-Host": "canary.example.org:8",
    "X-Original-URL": URL,
    "Forwarded": "host=canary.example.org:8",
}
OUTWARD = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.Request"})
_watched: list[list[tuple[str, str]]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched and event in OUTWARD:
        _watched[-1].append((event, str(arguments)))


@pytest.fixture(scope="module", autouse=True)
def watching() -> None:
    """An audit hook cannot be taken off again; it only looks while a test wants it to."""
    sys.addaudithook(_hook)


@pytest.fixture
def outward() -> Iterator[list[tuple[str, str]]]:
    """Every name that is looked up and every address connected to, meanwhile."""
    _watched.append([])
    yield _watched[-1]
    _watched.pop()


@pytest.fixture
def admin(as_person: Callable[..., FlaskClient]) -> FlaskClient:
    return as_person(Role.ADMIN)


def test_the_watch_sees_what_goes_out(outward: list[tuple[str, str]]) -> None:
    with socket.socket() as made, pytest.raises(OSError, match="refused"):
        made.connect(("127.0.0.1", 9))
    assert [event for event, _ in outward] == ["socket.connect"]


def test_no_page_fetches_a_url_it_is_asked_with(
    admin: FlaskClient, make_app: Callable[..., Flask], paths_of: Paths, outward: list[object]
) -> None:
    rules = [rule for rule in make_app().url_map.iter_rules() if "GET" in (rule.methods or ())]
    asked = 0
    for rule, name in product(rules, PARAMETERS):
        path = next(paths_of(rule))
        admin.get(path, query_string={name: URL}, headers=HEADERS).close()
        asked += 1
    assert outward == []
    assert asked > 400


def test_no_form_fetches_a_url_that_is_sent(
    admin: FlaskClient, make_app: Callable[..., Flask], paths_of: Paths, outward: list[object]
) -> None:
    rules = [rule for rule in make_app().url_map.iter_rules() if "POST" in (rule.methods or ())]
    form = dict.fromkeys((*PARAMETERS, "origin", "name", "note", "file", "link", "hours"), URL)
    for rule in rules:
        # Signing out would end the test's own sign-in.
        if "sign" not in rule.rule:
            admin.post(next(paths_of(rule)), data=form, headers=HEADERS).close()
            admin.post(next(paths_of(rule)), json=form, headers=HEADERS).close()
    assert outward == []
    assert len(rules) > 20
