"""A made-up city of straight and bent roads: what is held back is placed, and honestly."""

import math
import random

import pytest

from geodata.model import Datum, Level
from geodata.place.error_model import ErrorModel, Step
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import assemble
from geodata.place.gazetteer.evaluate import (
    Evaluation,
    LevelFigures,
    SplitBy,
    evaluate,
    held_back,
)
from geodata.place.gazetteer.inputs import Anchor, Input
from geodata.place.gazetteer.piece import Method

_NAMES = "东南西北中平安和顺泰康宁福禄寿喜"


def gazetteer(items):
    stored, _ = assemble([Input("表", "", Datum.WGS84, tuple(items))])
    return Gazetteer(stored.entries, model=stored.model)


def street(name, draw):
    """Doors every few metres along a bent road, both sides, each listed some metres off."""
    lon, lat, heading = draw.uniform(121.38, 121.42), draw.uniform(31.10, 31.12), draw.random() * 6
    doors = []
    for number in range(1, 2 * draw.randrange(10, 60)):
        heading += draw.gauss(0.0, 0.05)
        lon, lat = lon + 1e-4 * math.cos(heading), lat + 1e-4 * math.sin(heading)
        if draw.random() < 0.4:
            off = (lon + draw.gauss(0.0, 1e-4), lat + draw.gauss(0.0, 1e-4))
            doors.append(Anchor(f"{name}{number}号", *off, district="闵行区"))
    return doors


@pytest.fixture(scope="module")
def city():
    draw = random.Random(3)
    names = [f"{a}{b}路" for a in _NAMES[:10] for b in _NAMES]
    return [door for name in names for door in street(name, draw)]


@pytest.fixture(scope="module")
def figures(city):
    kept, held = held_back(city, SplitBy.NUMBER, share=0.2, seed=1)
    return evaluate(gazetteer(kept), held)


def test_every_number_of_a_known_road_gets_a_place(figures):
    assert (figures.asked > 400, figures.finer) == (True, 1.0)


def test_most_places_are_near(figures):
    assert figures.within_100_m > 0.9


def test_nine_in_ten_lie_within_their_error(figures):
    (only,) = figures.levels
    assert only.level == Level.INTERPOLATED
    assert 0.88 <= only.within_error <= 0.97


def test_nothing_is_claimed_on_a_road_held_back(city):
    kept, held = held_back(city, SplitBy.ROAD, share=0.2, seed=1)
    assert {one.address[:3] for one in kept}.isdisjoint({one.address[:3] for one in held})
    found = evaluate(gazetteer(kept), held)
    assert found == Evaluation(len(held), 0.0, 0.0, 0.0, 0.0, 0, len(held), ())


def test_errors_learned_by_leaving_out_grow_with_the_gap(city):
    steps = assemble([Input("表", "", Datum.WGS84, tuple(city))])[0].model.steps
    of_sides = [step for step in steps if step.method == Method.BETWEEN]
    assert sum(step.cases for step in of_sides) > 1000
    assert of_sides[0].error_m < of_sides[-1].error_m


def test_what_is_held_back_depends_on_the_seed_and_not_on_the_order(city):
    _, held = held_back(city, SplitBy.NUMBER, share=0.2, seed=1)
    _, again = held_back(city[::-1], SplitBy.NUMBER, share=0.2, seed=1)
    _, other = held_back(city, SplitBy.NUMBER, share=0.2, seed=2)
    assert held == again[::-1]
    assert held != other


def test_only_numbers_on_roads_are_held_back():
    listed = [Anchor("莘松四村", 121.4, 31.1), Anchor("人民路", 121.4, 31.1)]
    assert held_back(listed, SplitBy.NUMBER, share=1.0, seed=1) == (listed, [])


def test_the_figures_are_those_of_the_distances():
    model = ErrorModel((Step("between", 2000.0, 100.0, 60),))
    stored, _ = assemble(
        [
            Input(
                "表",
                "",
                Datum.WGS84,
                (Anchor("甲子路2号", 121.40, 31.20), Anchor("甲子路20号", 121.41, 31.20)),
            )
        ]
    )
    truth = [
        Anchor("甲子路11号", 121.405, 31.20),
        Anchor("甲子路10号", 121.40444, 31.2005),
        Anchor("甲子路10号", 121.40444, 31.2020),
        Anchor("甲子路2号", 121.40, 31.20),
        Anchor("乙丑路2号", 121.40, 31.20),
    ]
    assert evaluate(Gazetteer(stored.entries, model=model), truth) == Evaluation(
        asked=5,
        finer=0.6,
        within_100_m=0.4,
        within_300_m=0.6,
        error_200_m=0.6,
        ambiguous=0,
        not_found=2,
        levels=(
            LevelFigures(Level.NUMBER, 1, 0.0, 0.0, 0.0, 1.0),
            LevelFigures(Level.INTERPOLATED, 2, 55.4, 221.7, 221.7, 0.5),
        ),
    )
