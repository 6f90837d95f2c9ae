"""Silhouettes of the kinds, read from the icons."""

import pytest

from geodata.kinds import Kind
from maps.silhouettes import silhouette


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_an_outline_that_fills_its_square(kind: Kind) -> None:
    xs, ys = zip(*silhouette(kind), strict=True)
    assert (max(xs) > 0.7, min(xs) < -0.7, max(ys) > 0.55, min(ys) < -0.55) == (True,) * 4
    assert max(map(abs, (*xs, *ys))) <= 1.0


def test_straight_lines_are_taken_as_they_are() -> None:
    assert [(round(x, 3), round(y, 3)) for x, y in silhouette(Kind.SERVICE_HUB)] == [
        *((0.0, 0.933), (0.833, 0.467), (0.833, -0.467)),
        *((0.0, -0.933), (-0.833, -0.467), (-0.833, 0.467)),
    ]


def test_arcs_keep_their_distance_from_the_middle() -> None:
    reach = {round((x * x + y * y) ** 0.5, 6) for x, y in silhouette(Kind.OUTDOOR_STATION)}
    assert reach == {round(11 / 12, 6)}


def test_no_two_kinds_look_alike() -> None:
    assert len({silhouette(kind) for kind in Kind}) == len(Kind)
