"""One line a request with its number and its route, and nothing of who sent it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts.roles import Role

Lines = Callable[[], list[dict[str, Any]]]
PROXYS = "0123456789abcdef0123456789ABCDEF"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was written since the last time."""
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_one_line(make_app: Callable[..., Flask], lines: Lines) -> None:
    answer = make_app(ZHITU_LOG="json").test_client().get("/p/1?lang=en")
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("ts"))
    assert line.pop("ms") > 0
    assert line == {
        "level": "INFO",
        "msg": "request",
        "request_id": answer.headers["X-Request-ID"],
        "route": "/p/<int:place_id>",
        "method": "GET",
        "status": 200,
        "bytes": len(answer.data),
        "role": "",
    }


def test_a_role_is_said_and_a_login_is_not(
    make_app: Callable[..., Flask], as_person: Callable[..., FlaskClient], lines: Lines
) -> None:
    as_person(Role.EDITOR, login="zhang.san", app=make_app(ZHITU_LOG="json")).get("/desk/points")
    assert [(line["route"], line["role"]) for line in lines()] == [
        ("/sign-in", ""),
        ("/desk/points", "editor"),
    ]


def test_an_address_of_nobody_and_a_method_of_nobody_are_not_repeated(
    make_app: Callable[..., Flask], lines: Lines
) -> None:
    client = make_app(ZHITU_LOG="json").test_client()
    client.get("/13812345678")
    client.open("/", method="M13812345678")
    found = [(line["route"], line["method"], line["status"]) for line in lines()]
    assert found == [("none", "GET", 404), ("none", "other", 405)]


def test_nothing_is_written_unless_asked_for(client: FlaskClient, lines: Lines) -> None:
    assert client.get("/").status_code == 200
    assert lines() == []


def test_whoever_watches_makes_no_lines_while_all_is_well(
    make_app: Callable[..., Flask], lines: Lines
) -> None:
    client = make_app(ZHITU_LOG="json").test_client()
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    assert lines() == []


@pytest.mark.parametrize(
    ("settings", "given", "taken"),
    [
        ({"ZHITU_PROXY_HOPS": "1"}, PROXYS, True),
        ({"ZHITU_HTTPS": "1"}, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", True),
        ({}, PROXYS, False),
        ({"ZHITU_PROXY_HOPS": "1"}, "13812345678", False),
        ({"ZHITU_PROXY_HOPS": "1"}, PROXYS + "\u2028x", False),
        ({"ZHITU_PROXY_HOPS": "1"}, PROXYS * 3, False),
        ({"ZHITU_PROXY_HOPS": "1"}, "zhangsan-zhangsan-zhangsan", False),
    ],
)
def test_a_number_is_taken_from_a_proxy_alone_and_in_its_form(
    make_app: Callable[..., Flask], settings: dict[str, str], given: str, taken: bool
) -> None:
    client = make_app(**settings).test_client()
    sent = {"X-Request-ID": given.encode().decode("latin-1")}
    number = client.get("/healthz", headers=sent).headers["X-Request-ID"]
    assert (number == given) is taken
    assert taken or re.fullmatch(r"[0-9a-f]{16}", number)


def test_every_answer_has_another_number(client: FlaskClient) -> None:
    numbers = {client.get("/healthz").headers["X-Request-ID"] for _ in range(20)}
    assert len(numbers) == 20
