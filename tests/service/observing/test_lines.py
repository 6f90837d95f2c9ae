"""A line says what we chose to say, on one line, and nothing that came from outside."""

import json
import logging
from typing import Any

import pytest

from service.observing.lines import JsonLines

# A new line, a line separator that is none in ASCII, a terminal's colour, a bidirectional mark.
FORGED = 'x\n{"level":"INFO"}\r\u2028\u2029\x1b[31m\u202e\x00\x85'


def line(name: str, msg: object, *args: Any, **extra: Any) -> str:
    made = logging.getLogger(name).makeRecord(
        name,
        logging.INFO,
        "/srv/lib/python3.11/site-packages/some/part.py",
        7,
        msg,
        args,
        None,
        "do",
    )
    vars(made).update(extra)
    return JsonLines().format(made)


def told(name: str, msg: object, *args: Any, **extra: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line(name, msg, *args, **extra))
    del found["ts"]
    return found


def test_our_own_line_is_its_constant_and_its_fields() -> None:
    assert told("zhitu", "request", fields={"route": "/", "ms": 1.5}) == {
        "level": "INFO",
        "msg": "request",
        "route": "/",
        "ms": 1.5,
    }


@pytest.mark.parametrize(
    ("msg", "args", "said"),
    [
        ("Booting worker with pid: %s", (4711,), "Booting worker with pid: 4711"),
        (
            "Worker (pid:%s) was sent %s!%s",
            (4711, "SIGKILL", " x"),
            "Worker (pid:4711) was sent SIGKILL!…",
        ),
        ("Exception on %s [%s]", ("/p/1?q=金丝雀", "GET"), "Exception on … […]"),
        ("Handling signal: %s", ("term",), "Handling signal: term"),
        ("Row %r", ((1, "13812345678"),), "Row …"),
        ("sent %d to %5.2f", (13812345678, 121.47), "sent … to …"),
        ("%(a)s and %(b)d", ({"a": "13812345678", "b": 3},), "… and 3"),
        ("%s %s %s", (1,), "1 … …"),
        ("100 %", (1,), "100 %"),
        ("Invalid request from ip=192.0.2.7: 'x: 13812345678'", (), ""),
        (ValueError("13812345678"), (), ""),
        ([1, 2], (3,), ""),
    ],
)
def test_a_library_says_its_template_and_small_numbers(msg: object, args: Any, said: str) -> None:
    found = told("gunicorn.error", msg, *args)
    assert found == {
        "level": "INFO",
        "msg": said,
        "logger": "gunicorn.error",
        "at": "some/part.py:7 do",
    }


def test_a_library_that_takes_our_name_and_fields_is_still_a_library() -> None:
    assert told("zhitux", "x", fields={"a": "13812345678"})["msg"] == ""


@pytest.mark.parametrize("name", ["zhitu", "other"])
def test_nothing_forges_a_line_or_reaches_a_terminal(name: str) -> None:
    written = line(name, FORGED + "%s", 1, fields={"route": FORGED})
    assert written.isascii()
    assert written.isprintable()
    assert written.count("\n") == 0


def test_an_exception_is_its_type_and_frames_and_what_it_came_from() -> None:
    try:
        try:
            int("13812345678x")
        except ValueError as error:
            raise KeyError("金丝雀") from error
    except KeyError as error:
        found = told("other", "%s", "x", exc_info=(KeyError, error, error.__traceback__))
    frame = found["frames"][-1]
    assert (found["error"], found["causes"], len(found["frames"])) == (
        "KeyError",
        ["ValueError"],
        1,
    )
    assert frame.startswith("tests/service/observing/test_lines.py:")
    assert frame.endswith(" test_an_exception_is_its_type_and_frames_and_what_it_came_from")
    assert "1381" not in str(found)


def test_what_cannot_be_written_is_left_out() -> None:
    assert told("zhitu", "x", fields={"a": object(), "b": b"13812345678"}) == {
        "level": "INFO",
        "msg": "x",
        "a": "…",
        "b": "…",
    }
