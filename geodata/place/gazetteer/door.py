"""A known door of a road, as its neighbours are placed by it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """A door or the mouth of a lane: both count along one road."""

    number: int
    lon: float
    lat: float
    error_m: float
    district: str
