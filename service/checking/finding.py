"""What `zhitu check` has to say: one sentence a finding, and how bad it is."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it stands; the value is what a line begins with."""

    GOOD = "✓"
    DOUBT = "!"
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do when it is not right."""

    what: str
    mark: Mark
    detail: str


def good(what: str, detail: str) -> Finding:
    """It is as it should be."""
    return Finding(what, Mark.GOOD, detail)


def doubt(what: str, detail: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(what, Mark.DOUBT, detail)


def wrong(what: str, detail: str) -> Finding:
    """It does not work, or must not stay so; the detail says what to do."""
    return Finding(what, Mark.WRONG, detail)
