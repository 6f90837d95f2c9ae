"""Calendars, read back strictly by the rules of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.ics import Entry, calendar

STAMP = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def content_lines(text: str) -> list[str]:
    """Unfolded lines of a calendar that keeps CRLF and 75 octets."""
    assert text.endswith("\r\n")
    raw = text.split("\r\n")[:-1]
    assert all("\n" not in line and "\r" not in line for line in raw)
    assert max(len(line.encode()) for line in raw) <= 75
    lines: list[str] = []
    for line in raw:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def value_of(line: str) -> str:
    """The text of a property: every backslash must begin one of the four escapes."""
    value, text, at = line.partition(":")[2], "", 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
            text += {"\\": "\\", ";": ";", ",": ",", "n": "\n"}[value[at]]
        else:
            assert value[at] not in ";,"
            text += value[at]
        at += 1
    return text


def test_a_day_is_written_whole() -> None:
    entry = Entry("event-1@zhitu", date(2026, 2, 28), "访视：甲", "上午", "人民大道200号")
    assert content_lines(calendar("日历", [entry], stamp=STAMP)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhitu//zhitu//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:日历",
        "BEGIN:VEVENT",
        "UID:event-1@zhitu",
        "DTSTAMP:20260302T013000Z",
        "DTSTART;VALUE=DATE:20260228",
        "DTEND;VALUE=DATE:20260301",
        "SUMMARY:访视：甲",
        "DESCRIPTION:上午",
        "LOCATION:人民大道200号",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_marks_of_the_format_are_escaped() -> None:
    entry = Entry("u", date(2026, 1, 1), "甲;乙,丙\\丁\r\n戊\t己\x07")
    text = calendar("名", [entry], stamp=datetime(2026, 1, 1, tzinfo=UTC))
    assert "SUMMARY:甲\\;乙\\,丙\\\\丁\\n戊\t己\r\n" in text


def test_what_is_empty_is_left_out() -> None:
    lines = content_lines(calendar("名", [Entry("u", date(2026, 1, 1), "甲")], stamp=STAMP))
    assert not [line for line in lines if line.startswith(("DESCRIPTION", "LOCATION"))]


@pytest.mark.parametrize("length", [20, 22, 23, 24, 25, 49, 74, 75, 76, 200])
@pytest.mark.parametrize("char", ["a", "职", "🏥"])
def test_a_long_line_is_folded_between_characters(char: str, length: int) -> None:
    text = calendar("名", [Entry("u", date(2026, 1, 1), char * length)], stamp=STAMP)
    assert f"SUMMARY:{char * length}" in content_lines(text)


@given(st.text(), st.text())
def test_any_text_comes_back_without_its_control_characters(summary: str, place: str) -> None:
    entry = Entry("u", date(2026, 1, 1), f"·{summary}", location=f"·{place}")
    lines = content_lines(calendar("名", [entry], stamp=STAMP))
    texts = {line.partition(":")[0]: value_of(line) for line in lines}

    def kept(text: str) -> str:
        flat = "\n".join(text.splitlines())
        return "".join(c for c in flat if c in "\t\n" or (ord(c) > 31 and ord(c) != 127))

    assert texts["SUMMARY"] == kept(f"·{summary}")
    assert texts["LOCATION"] == kept(f"·{place}")
