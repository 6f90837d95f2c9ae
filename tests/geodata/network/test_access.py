"""Who may walk where, tag by tag."""

import pytest

from geodata.network.access import (
    Obstacle,
    Passage,
    Walk,
    ground_layer,
    obstacle,
    passage,
    walk,
)

BOTH_WAYS = Walk(True, True, True)
PATH = Walk(True, True, False)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, BOTH_WAYS),
        ({"highway": "residential", "oneway": "yes"}, BOTH_WAYS),
        ({"highway": "primary"}, BOTH_WAYS),
        ({"highway": "secondary", "bridge": "yes"}, BOTH_WAYS),
        ({"highway": "steps"}, PATH),
        ({"highway": "footway", "tunnel": "yes"}, PATH),
        ({"highway": "residential", "tunnel": "yes"}, BOTH_WAYS),
        ({"highway": "footway", "oneway:foot": "yes"}, Walk(True, False, False)),
        ({"highway": "footway", "oneway:foot": "-1"}, Walk(False, True, False)),
        ({"highway": "footway", "foot:backward": "no"}, Walk(True, False, False)),
        ({"highway": "steps", "conveying": "backward"}, Walk(False, True, False)),
        ({"highway": "service", "access": "private"}, None),
        ({"highway": "service", "access": "private", "foot": "yes"}, BOTH_WAYS),
        ({"highway": "residential", "foot": "no"}, None),
        ({"highway": "footway", "foot": "private"}, None),
        ({"highway": "motorway"}, None),
        ({"highway": "motorway_link", "sidewalk": "right"}, None),
        ({"highway": "trunk"}, None),
        ({"highway": "trunk_link"}, None),
        ({"highway": "trunk", "sidewalk": "both"}, BOTH_WAYS),
        ({"highway": "trunk", "sidewalk": "both", "motorroad": "yes"}, None),
        ({"highway": "trunk", "foot": "yes"}, BOTH_WAYS),
        ({"highway": "secondary", "tunnel": "yes"}, None),
        ({"highway": "secondary", "tunnel": "yes", "sidewalk": "left"}, BOTH_WAYS),
        ({"highway": "construction"}, None),
        ({"railway": "rail"}, None),
        ({"barrier": "wall"}, None),
        ({}, None),
    ],
)
def test_who_may_walk(tags: dict[str, str], expected: Walk | None) -> None:
    assert walk(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"barrier": "wall"}, Obstacle.WALL),
        ({"barrier": "fence", "foot": "yes"}, Obstacle.NONE),
        ({"barrier": "bollard"}, Obstacle.NONE),
        ({"railway": "rail"}, Obstacle.RAIL),
        ({"railway": "tram"}, Obstacle.NONE),
        ({"railway": "abandoned"}, Obstacle.NONE),
        ({"highway": "motorway"}, Obstacle.MOTORWAY),
        ({"highway": "trunk", "motorroad": "yes"}, Obstacle.MOTORWAY),
        ({"highway": "trunk"}, Obstacle.TRUNK),
        ({"highway": "trunk_link"}, Obstacle.RAMP),
        ({"highway": "trunk", "foot": "yes"}, Obstacle.NONE),
        ({"highway": "secondary", "tunnel": "yes"}, Obstacle.NONE),
    ],
)
def test_what_cannot_be_crossed(tags: dict[str, str], expected: Obstacle) -> None:
    assert obstacle(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, Passage.PLAIN),
        ({"highway": "crossing"}, Passage.OPEN),
        ({"highway": "traffic_signals"}, Passage.OPEN),
        ({"railway": "level_crossing"}, Passage.OPEN),
        ({"entrance": "yes"}, Passage.OPEN),
        ({"barrier": "bollard"}, Passage.OPEN),
        ({"barrier": "gate"}, Passage.OPEN),
        ({"barrier": "gate", "access": "private"}, Passage.SHUT),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, Passage.OPEN),
        ({"barrier": "gate", "locked": "yes"}, Passage.SHUT),
        ({"barrier": "fence"}, Passage.SHUT),
        ({"barrier": "bollard", "access": "no", "foot": "yes"}, Passage.OPEN),
        ({"highway": "crossing", "foot": "no"}, Passage.SHUT),
    ],
)
def test_what_a_node_lets_through(tags: dict[str, str], expected: Passage) -> None:
    assert passage(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, 0),
        ({"layer": "1"}, 1),
        ({"layer": "上"}, 0),
        ({"bridge": "yes", "layer": "1"}, None),
        ({"tunnel": "yes"}, None),
        ({"tunnel": "building_passage"}, 0),
    ],
)
def test_what_lies_on_the_ground(tags: dict[str, str], expected: int | None) -> None:
    assert ground_layer(tags) == expected
