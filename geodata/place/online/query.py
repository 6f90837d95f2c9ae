"""A question as providers are asked it: made of parsed fields, so that one key asks one thing."""

import re
from dataclasses import dataclass

from geodata.model import Address
from geodata.place.address import canonical
from geodata.place.grammar.words import home_province

_NUMBER = re.compile(r"(附?[\d-]*\d)(.*)")
# What some services take as the end of an address or of a batch entry.
_UNSAFE = re.compile(r"[|;&#%\s]+")


@dataclass(frozen=True, slots=True)
class Query:
    """An address with the key it is remembered under; `district` is the declared one."""

    address: Address
    district: str
    key: str

    @property
    def line(self) -> str:
        """The address in one line, city first, without floor and room."""
        return f"{self.city}{self.within}"

    @property
    def city(self) -> str:
        return self.address.city or self.address.province or home_province()

    @property
    def within(self) -> str:
        """The line without its city."""
        named = self.address
        district = named.district or self.district
        parts = (district, named.town, named.area, self.street, named.building, named.unit)
        return _UNSAFE.sub("", "".join(parts)) + self.names

    def fitting(self, *, most_bytes: int) -> str:
        """The fullest wording within a limit; the city has a field of its own then."""
        district = self.address.district or self.district
        wordings = (self.line, self.within, f"{district}{self.street}", self.street)
        fits = (text for text in wordings if len(text.encode()) <= most_bytes)
        return next(fits, wordings[-1].encode()[:most_bytes].decode(errors="ignore"))

    @property
    def street(self) -> str:
        """Road, lane and number, or two roads that cross."""
        named = self.address
        if named.road2 and not (named.number or named.lane):
            return f"{named.road}与{named.road2}交叉口"
        lane = f"{named.lane}弄" if named.lane else ""
        sublane = f"{named.sublane}支弄" if named.sublane else ""
        return f"{named.road}{lane}{sublane}{self.number}"

    @property
    def number(self) -> str:
        """The first of the numbers as the key orders them: 560号, 600号临."""
        if not self.address.number:
            return ""
        first = min(self.address.number)
        parts = _NUMBER.match(first)
        return f"{parts[1]}号{parts[2]}" if parts else f"{first}号"

    @property
    def names(self) -> str:
        """What has a name of its own: an estate, a building, a station with its exit."""
        named = self.address
        station = _station(named) if not (named.number or named.lane) else ""
        return _UNSAFE.sub("", f"{named.estate}{named.poi}{station}")


def query(address: Address, district: str = "") -> Query | None:
    """The question an address puts; None when there is nothing in it to find."""
    asked = Query(address, district, canonical(address, district))
    if not (asked.street or asked.names or address.area):
        return None
    return asked


def _station(named: Address) -> str:
    if not named.metro_station:
        return ""
    line = f"{named.metro_lines[0]}号线" if named.metro_lines else ""
    way_out = min(named.metro_exits, default="")
    if way_out:
        way_out += "号口" if way_out.isdigit() else "口"
    return f"{line}{named.metro_station.removesuffix('站')}地铁站{way_out}"
