"""The arithmetic of a year's programme: what the minima leave free, and what it costs.

Notice 沪工总办〔2023〕15号: 20 new points with at least one a district, 50 upgrades out of 132 with
at least three, the city pays 1.5 and 1.0 (10,000 yuan) each, matched 1:1:1 by district and town.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """So many works of one type in a year: a minimum a district, and the city's share of one."""

    count: int
    minimum: int
    city_10k: float


@dataclass(frozen=True, slots=True)
class Programme:
    """What a target leaves to choose, and the money in units of 10,000 yuan."""

    forced: int
    free: int
    city_10k: float
    total_min_10k: float
    each_min_10k: float


def programme(
    target: Target, *, districts: int, match: tuple[float, ...] = (1.0, 1.0, 1.0)
) -> Programme:
    """The arithmetic of one target; `match` are the layers' shares, the city's first.

    `free` below zero says that the minima ask for more than the target has.
    """
    forced = target.minimum * districts
    factor = sum(match) / match[0]
    city = target.count * target.city_10k
    return Programme(
        forced=forced,
        free=target.count - forced,
        city_10k=city,
        total_min_10k=city * factor,
        each_min_10k=target.city_10k * factor,
    )
