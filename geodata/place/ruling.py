"""What a person can have decided about an address."""

from dataclasses import dataclass

from geodata.model import Position, Unlocated


@dataclass(frozen=True, slots=True)
class Corrected:
    """The address was written wrongly; look this one up instead."""

    address: str


Ruling = Position | Unlocated | Corrected
