"""How good a gazetteer is: addresses with known positions looked up, and held against the truth."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geodata.geodesy import metres_apart
from geodata.model import Level, Position, Unlocated
from geodata.place.address import parse
from geodata.place.district import canonical_district
from geodata.place.error_model import quantile
from geodata.place.gazetteer.find import Gazetteer
from geodata.place.gazetteer.inputs import Anchor


class SplitBy(StrEnum):
    """What is held back: single numbers, or all numbers of a road."""

    NUMBER = "number"
    ROAD = "road"


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """How far from the truth the positions of one level lie, in metres.

    `within_error` is the share of them that lie within the error they state.
    """

    level: Level
    cases: int
    median_m: float
    p90_m: float
    p95_m: float
    within_error: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares of all that was asked. `finer` than a road; of those the ones near the truth, and
    the ones that state an error of at most 200 m."""

    asked: int
    finer: float
    within_100_m: float
    within_300_m: float
    error_200_m: float
    ambiguous: int
    not_found: int
    levels: tuple[LevelFigures, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    level: Level
    away_m: float
    error_m: float


def held_back(
    listed: Sequence[Anchor], by: SplitBy, *, share: float, seed: int
) -> tuple[list[Anchor], list[Anchor]]:
    """The addresses to build from, and those held back; only numbers on roads are held back.

    Which ones depends on the seed and the addresses alone, not on their order.
    """
    kept: list[Anchor] = []
    held: list[Anchor] = []
    for one in listed:
        address = parse(one.address)
        numbered = address.road and (address.number or address.lane)
        drawn = address.road if by is SplitBy.ROAD else f"{one.district}{one.address}"
        (held if numbered and _draw(drawn, seed) < share else kept).append(one)
    return kept, held


def evaluate(gazetteer: Gazetteer, truth: Sequence[Anchor]) -> Evaluation:
    """Look up addresses of which the position is known."""
    answers: list[_Answer] = []
    failed: Counter[bool] = Counter()
    for one in truth:
        district = canonical_district(one.district) or ""
        found = gazetteer.find(parse(one.address), district=district)
        if isinstance(found, Position):
            away_m = metres_apart(found.lon, found.lat, one.lon, one.lat)
            answers.append(_Answer(found.level, away_m, found.error_m))
        else:
            failed[isinstance(found, Unlocated)] += 1
    finer = [one for one in answers if one.level.is_point]
    return Evaluation(
        asked=len(truth),
        finer=_share(len(finer), len(truth)),
        within_100_m=_share(sum(one.away_m <= 100.0 for one in finer), len(truth)),
        within_300_m=_share(sum(one.away_m <= 300.0 for one in finer), len(truth)),
        error_200_m=_share(sum(one.error_m <= 200.0 for one in finer), len(truth)),
        ambiguous=failed[True],
        not_found=failed[False],
        levels=_by_level(answers),
    )


def _by_level(answers: Iterable[_Answer]) -> tuple[LevelFigures, ...]:
    by_level: dict[Level, list[_Answer]] = defaultdict(list)
    for one in answers:
        by_level[one.level].append(one)
    return tuple(_figures(level, by_level[level]) for level in Level if level in by_level)


def _figures(level: Level, answers: Sequence[_Answer]) -> LevelFigures:
    away_m = [one.away_m for one in answers]
    return LevelFigures(
        level=level,
        cases=len(answers),
        median_m=round(quantile(away_m, 0.5), 1),
        p90_m=round(quantile(away_m, 0.9), 1),
        p95_m=round(quantile(away_m, 0.95), 1),
        within_error=_share(sum(one.away_m <= one.error_m for one in answers), len(answers)),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _draw(text: str, seed: int) -> float:
    """A number from 0 to 1 that looks random and is always the same for a text and seed."""
    digest = hashlib.sha256(f"{seed}|{text}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2.0**64
