"""What the steps of the grammar work on: the text not yet understood, and what was found."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from geodata.model import Address
from geodata.place.grammar.words import CUT, SEPARATORS


@dataclass(slots=True)
class Draft:
    """An address while it is taken apart; every step shortens `rest` and fills a field."""

    rest: str
    asides: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    metro_lines: list[str] = field(default_factory=list)
    metro_exits: list[str] = field(default_factory=list)
    metro_station: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    area: str = ""
    road: str = ""
    road2: str = ""
    estate: str = ""
    lane: str = ""
    sublane: str = ""
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    postcode: str = ""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match at the start of the rest and consume it, with the separators around it."""
        self.rest = self.rest.lstrip(SEPARATORS)
        match = pattern.match(self.rest)
        if match:
            self.rest = self.rest[match.end() :].lstrip(SEPARATORS)
        return match

    def cut(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find anywhere in the rest and consume it; its two sides stay apart."""
        match = pattern.search(self.rest)
        if match:
            self.rest = self.rest[: match.start()] + CUT + self.rest[match.end() :]
        return match

    def freeze(self, text: str) -> Address:
        return Address(
            text=text,
            province=self.province,
            city=self.city,
            district=self.district,
            town=self.town,
            area=self.area,
            road=self.road,
            road2=self.road2,
            estate=self.estate,
            lane=self.lane,
            sublane=self.sublane,
            number=tuple(self.number),
            building=self.building,
            unit=self.unit,
            floor=self.floor,
            room=self.room,
            poi=" ".join(self.names),
            metro_lines=tuple(self.metro_lines),
            metro_station=self.metro_station,
            metro_exits=tuple(self.metro_exits),
            near=tuple(self.near),
            postcode=self.postcode,
            note="；".join(self.notes),
        )


Step = Callable[[Draft], None]
