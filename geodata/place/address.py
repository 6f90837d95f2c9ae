"""Chinese addresses taken apart, by a list of small steps over the text not yet understood.

An own grammar: general parsers put 重庆南路 in Chongqing and know no lane (弄). Nothing is ever
corrected or guessed: nine roads in ten have another real road one character away.
"""

import dataclasses
from functools import lru_cache

from geodata.model import Address
from geodata.place.grammar import administrative, aside, inside, metro, street, words
from geodata.place.grammar.draft import Draft, Step
from geodata.place.grammar.english import ENGLISH_STEPS, is_english
from geodata.place.grammar.text import normalise

__all__ = ["canonical", "normalise", "parse"]

STEPS: tuple[Step, ...] = (
    *administrative.STEPS,
    aside.brackets,
    aside.near,
    metro.metro,
    metro.metro_aside,
    *street.STEPS,
    aside.address_in_brackets,
    aside.sort_asides,
    aside.distance,
    aside.mezzanine,
    inside.building,
    inside.unit,
    inside.floor,
    inside.room,
    inside.bare_room,
    aside.corner,
    aside.beside,
    inside.names,
    inside.floor_in_note,
    aside.near_means,
)

# No address is longer; a cell that is, is a story, and its end becomes a note.
_LONGEST = 300

_FIELDS = tuple(field.name for field in dataclasses.fields(Address))
_NOT_IDENTITY = frozenset(
    {"text", "province", "city", "district", "floor", "room", "near", "note", "postcode"}
)


# With a number to tell the door, these only say what it lies near.
_NEARBY = frozenset({"road2", "metro_lines", "metro_station", "metro_exits"})


def parse(text: str) -> Address:
    """Take an address apart; never raises. What is absent stays empty, nothing is filled in."""
    even = normalise(text)
    draft = Draft(rest=even[:_LONGEST])
    for step in ENGLISH_STEPS if is_english(even) else STEPS:
        step(draft)
    if len(even) > _LONGEST:
        draft.notes.append(even[_LONGEST:])
    return draft.freeze(text)


@lru_cache(maxsize=4096)
def canonical(address: Address, district: str = "") -> str:
    """A stable key of the door an address names: no floor, room, neighbour, note or spelling.

    `district` is the declared one, used when the address has none. A past district counts as
    today's; a road crossed or a station is left out when there is a number to tell the door.
    """
    named = address.district or district
    parts = [words.districts().get(named, named)]
    if address.city or address.province not in {"", words.home_province()}:
        parts = [address.province, address.city, *parts]
    numbered = bool(address.number or address.lane)
    left_out = _NOT_IDENTITY | _NEARBY if numbered else _NOT_IDENTITY
    for name in _FIELDS:
        value = getattr(address, name)
        if value and name not in left_out:
            parts.append(f"{name}={_plain(value)}")
    return "|".join(parts)


def _plain(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return ",".join(sorted(map(normalise, value)))
    return normalise(value).replace(" ", "").casefold()
