"""Open until, opens at, or unknown: a place's state in a few words, as `openings.js` says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_skeleton

from geodata.hours import State
from geodata.openings import turns
from geodata.public_places import PublicService
from maps.words import Words

SOON_MIN = 30
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Said:
    """Words about the state, and the class they are shown in."""

    text: str
    look: str


def times(services: Sequence[PublicService], when: datetime) -> list[list[str]]:
    """The best state of services and when it changes, as [state, since] in Beijing's wall clock."""
    found = turns([service.hours for service in services], when)
    return [[str(turn.state), turn.since.strftime("%Y-%m-%dT%H:%M")] for turn in found]


def opening(item: dict[str, Any], words: Words) -> Said:
    """What a card or a service (`times`, `always`, `hours`) says of now."""
    every = [(State(state), datetime.fromisoformat(since)) for state, since in item["times"]]
    state, now = every[0] if every else (State.UNKNOWN, datetime.min)  # noqa: DTZ901 - wall clock
    after = every[1] if len(every) > 1 else None
    if state is State.OPEN:
        return _open(now, after[1] if after else None, words, always=item["always"])
    if state is State.UNKNOWN:
        return Said(item["hours"] or words("hours_unknown"), "is-unknown")
    if after and after[0] is State.OPEN:
        return Said(words("js_opens", time=_at(now, after[1], words)), "is-closed")
    return Said(words("js_closed"), "is-closed")


def _open(now: datetime, until: datetime | None, words: Words, *, always: bool) -> Said:
    if until is None:
        return Said(words("js_open_always" if always else "js_open_now"), "is-open")
    soon = until - now <= timedelta(minutes=SOON_MIN)
    time = _at(now, until, words, end=True)
    return Said(words("js_open_until", time=time), "is-soon" if soon else "is-open")


def _at(now: datetime, moment: datetime, words: Words, *, end: bool = False) -> str:
    """20:00, 明日 9:00, 周一 9:00; the end of a day is its 24:00."""
    day, clock = moment.date(), f"{moment.hour}:{moment:%M}"
    if end and clock == "0:00":
        day, clock = day - timedelta(days=1), "24:00"
    ahead = (day - now.date()).days
    if ahead == 0:
        return clock
    if ahead == 1:
        return words("js_at_tomorrow", time=clock)
    locale = words.language.locale
    if ahead < _WEEK:
        return words("js_at_day", day=format_date(day, "EEE", locale=locale), time=clock)
    return words("js_at_day", day=format_skeleton("MMMd", day, locale=locale), time=clock)
