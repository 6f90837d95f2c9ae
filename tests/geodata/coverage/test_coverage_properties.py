"""What must hold of every city: parts make the whole, more is never less, order is nothing."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.coverage.catchment import band_weights, two_step
from geodata.coverage.gaps import STATES, GapState, HealthGaps, health_gaps
from geodata.coverage.walk import pairs_within
from geodata.kinds import Clinic

RADIUS_M = 1000.0
WEST, SOUTH, SIDE = 121.47, 31.23, 0.03


@dataclass(frozen=True)
class City:
    """Sites and points on a few blocks, some without a count or a position."""

    sites: np.ndarray
    workers: np.ndarray
    clinic: list[Clinic]
    points: np.ndarray

    def gaps(self) -> HealthGaps:
        return health_gaps(
            workers=self.workers,
            clinic=self.clinic,
            placed=np.isfinite(self.sites).all(axis=1),
            in_reach=pairs_within(self.sites, self.points, RADIUS_M),
            counts=np.ones(len(self.points), np.bool_),
        )

    def half_days(self) -> np.ndarray:
        pairs = pairs_within(self.sites, self.points, RADIUS_M)
        people = np.nan_to_num(self.workers)
        supply = np.ones(len(self.points))
        return two_step(people, supply, pairs, band_weights(pairs.walk_m)).access

    def turned(self, sites: list[int], points: list[int]) -> "City":
        return City(
            self.sites[sites],
            self.workers[sites],
            [self.clinic[n] for n in sites],
            self.points[points],
        )


shares = st.integers(0, 60).map(lambda n: n / 60)
spots = st.tuples(shares, shares).map(lambda at: (WEST + at[0] * SIDE, SOUTH + at[1] * SIDE))
nowhere = st.just((np.nan, np.nan))
counts = st.one_of(st.just(np.nan), st.integers(0, 3000).map(float))


@st.composite
def cities(draw: st.DrawFn) -> City:
    n = draw(st.integers(1, 8))
    return City(
        np.array(draw(st.lists(st.one_of(spots, spots, nowhere), min_size=n, max_size=n))),
        np.array(draw(st.lists(counts, min_size=n, max_size=n))),
        draw(st.lists(st.sampled_from(Clinic), min_size=n, max_size=n)),
        np.array(draw(st.lists(spots, max_size=5)), dtype=np.float64).reshape(-1, 2),
    )


@given(cities())
def test_covered_uncovered_and_uncounted_are_all(city: City) -> None:
    found = city.gaps()
    tally = found.tally()
    assert sum(int(found.of(state).sum()) for state in STATES) == tally.sites == len(city.sites)
    counted = ~np.isnan(city.workers) & ~found.of(GapState.NOT_PLACED)
    assert tally.covered_workers + tally.uncovered_workers == city.workers[counted].sum()
    assert tally.uncounted + int(counted.sum()) == tally.sites


@given(cities())
def test_without_any_facility_only_clinics_of_their_own_serve(city: City) -> None:
    tally = replace(city, clinic=[Clinic.NONE] * len(city.clinic), points=np.empty((0, 2))).gaps()
    assert tally.tally().share in {0.0, None}
    assert tally.tally().covered_workers == 0


@given(cities(), spots)
def test_one_more_point_never_lowers_coverage(city: City, spot: tuple[float, float]) -> None:
    more = replace(city, points=np.vstack([city.points, [spot]]))
    before, after = city.gaps().tally(), more.gaps().tally()
    assert after.covered_workers >= before.covered_workers
    assert after.counted_workers == before.counted_workers
    assert after.gaps <= before.gaps


@given(cities(), st.data())
def test_the_order_of_the_input_never_matters(city: City, data: st.DataObject) -> None:
    sites = data.draw(st.permutations(range(len(city.sites))))
    points = data.draw(st.permutations(range(len(city.points))))
    turned = city.turned(sites, points)
    assert turned.gaps().state == tuple(city.gaps().state[n] for n in sites)
    assert turned.gaps().tally() == city.gaps().tally()
    assert np.allclose(turned.half_days(), city.half_days()[sites], rtol=1e-12, atol=0)


@given(cities(), st.data())
def test_a_site_is_served_alike_whichever_part_of_the_city_is_asked_for(
    city: City, data: st.DataObject
) -> None:
    part = data.draw(st.lists(st.integers(0, len(city.sites) - 1), min_size=1, unique=True))
    alone = city.turned(part, list(range(len(city.points))))
    assert alone.gaps().state == tuple(city.gaps().state[n] for n in part)
