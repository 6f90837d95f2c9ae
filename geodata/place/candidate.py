"""What any source of positions offers for an address, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.model import Position


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
