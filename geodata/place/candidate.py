"""What any source of positions offers for an address, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.model import Position

# Sources that are no online geocoder.
FORM, GAZETTEER = "form", "gazetteer"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One position a source offers, in WGS-84, with what the source says it stands for.

    `road`, `district`, `town` are as the source returned them, "" where it says nothing; the
    checks compare them with the question. `provider` is the gazetteer or the online geocoder.
    """

    position: Position
    provider: str
    road: str = ""
    district: str = ""
    town: str = ""
    matched: str = ""


class Verdict(StrEnum):
    """What is done with an address once all candidates are in."""

    ACCEPT = "accept"
    ACCEPT_VERIFY = "accept_verify"
    REVIEW = "review"
    FAILED = "failed"


class Doubt(StrEnum):
    """Why a verdict is not a plain accept."""

    AMBIGUOUS_ROAD = "ambiguous_road"
    DISTRICT_MISMATCH = "district_mismatch"
    TOWN_MISMATCH = "town_mismatch"
    PROVIDER_DISAGREE = "provider_disagree"
    DATUM_SUSPECT = "datum_suspect"
    LOW_LEVEL = "low_level"
    ROAD_TYPO_SUSPECT = "road_typo_suspect"
    DUPLICATE_CANDIDATE = "duplicate_candidate"
    NO_RESULT = "no_result"
    OUTSIDE_SHANGHAI = "outside_shanghai"


DOUBT_LABELS: dict[Doubt, tuple[str, str]] = {
    Doubt.AMBIGUOUS_ROAD: ("同名的路或地方不止一处", "More than one road or place has this name"),
    Doubt.DISTRICT_MISMATCH: ("查到的位置不在所写的区", "Found outside the district named"),
    Doubt.TOWN_MISMATCH: ("查到的位置不在所写的街镇", "Found outside the town named"),
    Doubt.PROVIDER_DISAGREE: ("几个来源查到的位置相差太远", "The sources disagree"),
    Doubt.DATUM_SUSPECT: ("坐标系可能弄错", "The datum may be mistaken"),
    Doubt.LOW_LEVEL: (
        "只查到路、街镇或区，或者误差太大",
        "Found only as a road, town or district, or too widely",
    ),
    Doubt.ROAD_TYPO_SUSPECT: (
        "查到的路名和所写的不一样，可能有错字",
        "The road found is spelt differently",
    ),
    Doubt.DUPLICATE_CANDIDATE: ("同一个来源给出几处", "One source offers several places"),
    Doubt.NO_RESULT: ("哪里也没有查到", "Nothing was found"),
    Doubt.OUTSIDE_SHANGHAI: ("查到的位置在本市以外", "Found outside the city"),
}
