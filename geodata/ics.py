"""A calendar of whole days as any telephone or office calendar takes it (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//zhitu//zhitu//ZH"
_LINE_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One day; the same `uid` in a later calendar is the same entry, moved or renamed."""

    uid: str
    on: date
    summary: str
    description: str = ""
    location: str = ""


def calendar(name: str, entries: Iterable[Entry], *, stamp: datetime) -> str:
    """The text of an .ics file, with CRLF; `stamp` says when it was made, with its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for entry in entries:
        lines += _event(entry, f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, stamp: str) -> list[str]:
    texts = (("DESCRIPTION", entry.description), ("LOCATION", entry.location))
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.summary)}",
        *(f"{key}:{_escaped(text)}" for key, text in texts if text),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Text as a value: line breaks, commas, semicolons and backslashes are marks of the format."""
    text = "\n".join(text.splitlines())
    text = _CONTROL.sub("", text).replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; a character is never cut in two."""
    piece, room = "", _LINE_OCTETS
    for char in line:
        octets = len(char.encode())
        if octets > room:
            yield piece
            piece, room = " ", _LINE_OCTETS - 1
        piece += char
        room -= octets
    yield piece
