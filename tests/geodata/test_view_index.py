"""What the index finds in a view is what a look at every position finds."""

import numpy as np
import pytest

from geodata.view_index import Index

RANDOM = np.random.default_rng(7)
LON = np.append(RANDOM.uniform(120.9, 122.0, 2000), [np.nan, -180.0, 180.0, 121.5])
LAT = np.append(RANDOM.uniform(30.7, 31.9, 2000), [np.nan, -90.0, 90.0, 31.2])
FOUND = Index.of(LON, LAT)


@pytest.mark.parametrize(
    "bbox",
    [
        (121.4, 31.2, 121.5, 31.3),
        (121.5, 31.2, 121.5, 31.2),
        (-180.0, -90.0, 180.0, 90.0),
        (-200.0, -95.0, 121.0, 31.0),
        (121.005, 0.0, 121.0151, 80.0),
        (10.0, 10.0, 11.0, 11.0),
        (122.0, 32.0, 121.0, 31.0),
    ],
)
def test_a_view_holds_what_every_position_asked_says(bbox: tuple[float, ...]) -> None:
    west, south, east, north = bbox
    plain = (west <= LON) & (east >= LON) & (south <= LAT) & (north >= LAT)
    found = FOUND.within((west, south, east, north))
    assert found.tolist() == np.flatnonzero(plain).tolist()


def test_nothing_is_found_among_nothing() -> None:
    assert Index.of(np.zeros(0), np.zeros(0)).within((0, 0, 1, 1)).tolist() == []
    assert Index.of(np.array([np.nan]), np.array([np.nan])).within((0, 0, 1, 1)).tolist() == []
