"""午餐难 as a programme, on a line of sites."""

from collections.abc import Callable

import numpy as np

from geodata.answers.answer import answer
from geodata.answers.city import City
from geodata.answers.question import Question
from geodata.coverage.lunch import Goal, LunchBox
from geodata.kinds import OutletKind
from geodata.measures.lunch import Box, LunchProgramme, lunch_programme

# Sites stand too far apart to share an outlet; the fourth is declared and nobody knows its size.
SITES = [
    {"workers": 1000.0, "lunch_declared": True},
    {"workers": 2000.0, "east_m": 5000.0},
    {"workers": 100.0, "east_m": 10_000.0, "lunch_declared": True, "canteen_seats": 30.0},
    {"workers": np.nan, "east_m": 15_000.0, "lunch_declared": True},
    {"workers": 10.0, "east_m": 20_000.0},
]
STAFF = {"kind": OutletKind.STAFF_CANTEEN, "turns": 2.0, "price_yuan": 20.0}


def city(make_city: Callable[..., City], *seats_at: tuple[float, float]) -> City:
    outlets = [STAFF | {"seats": seats, "east_m": east_m} for seats, east_m in seats_at]
    return make_city(sites=SITES, outlets=outlets)


def test_the_list_by_what_was_declared_and_what_is_computed(
    make_city: Callable[..., City],
) -> None:
    found = lunch_programme(answer(city(make_city), Question()))
    assert found == LunchProgramme(
        boxes=(
            Box(LunchBox.BOTH, 1, 1000),
            Box(LunchBox.DECLARED_ONLY, 1, 100),
            Box(LunchBox.COMPUTED_ONLY, 1, 2000),
            Box(LunchBox.NEITHER, 1, 10),
            Box(LunchBox.NO_DATA, 1, 0),
        ),
        listed=4,
        listed_workers=3100,
        solved=None,
    )


def test_a_plan_solves_what_it_brings_under_thirty_per_cent(
    make_city: Callable[..., City],
) -> None:
    now = answer(city(make_city), Question())
    # 800 meals are needed at the first and 1600 at the second, of which 1100 leave 31 % missing.
    planned = answer(city(make_city, (400.0, 0.0), (550.0, 5000.0)), Question())
    assert lunch_programme(now, planned).solved == Goal(1, 1000)
    more = answer(city(make_city, (400.0, 0.0), (570.0, 5000.0)), Question())
    assert lunch_programme(now, more).solved == Goal(2, 3000)
    assert lunch_programme(now, now).solved == Goal(0, 0)
