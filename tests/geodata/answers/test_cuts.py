"""Groups of a city worked out by hand, and what must hold of any grouping."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.answers.answer import answer
from geodata.answers.cuts import Beside, LunchCut, cuts, whole
from geodata.answers.groups import By, groups, label
from geodata.answers.operators import OperatorCut, Reached, by_operator
from geodata.answers.quantiles import Walks, walks
from geodata.answers.question import Hour, Question
from geodata.coverage.gaps import GapState
from geodata.kinds import Clinic, OutletKind, SiteKind


def test_districts_are_cut_with_every_measure(make_city) -> None:
    city = make_city(
        sites=[
            {"workers": 300.0, "east_m": 200.0},
            {"workers": 100.0, "east_m": 3000.0},
            {"workers": 500.0, "east_m": 700.0, "district": "静安区"},
        ],
        points=[{"half_days": 4.0}],
    )
    by_name = {cut.key: cut for cut in cuts(answer(city, Question()), By.DISTRICT)}
    here, there = by_name["黄浦区"], by_name["静安区"]
    assert len(by_name) == 16
    assert (here.tally.share, here.tally.gaps) == (0.75, 1)
    assert there.beside == (Beside(800.0, 0.0), Beside(1000.0, 1.0), Beside(1200.0, 1.0))
    # 260 m is in the first band (1), 910 m in the last (0.22): 4 half-days for 300 + 110 heads.
    assert here.half_days_per_1000 == pytest.approx(1000 * 300 * 4 / 410 / 400, rel=1e-12)
    assert there.half_days_per_1000 == pytest.approx(1000 * 0.22 * 4 / 410, rel=1e-12)
    assert by_name["崇明区"].half_days_per_1000 is None
    assert by_name["崇明区"].walks == Walks(0, None, None, None, None, None)


def test_towns_of_one_name_in_two_districts_are_two(make_city) -> None:
    city = make_city(
        sites=[
            {"workers": 1.0, "town": "新街道"},
            {"workers": 2.0, "town": "新街道", "district": "静安区"},
            {"workers": 4.0},
        ]
    )
    found = cuts(answer(city, Question()), By.TOWN)
    assert [(c.within, c.key, c.tally.uncovered_workers) for c in found] == [
        ("静安区", "新街道", 2),
        ("黄浦区", "", 4),
        ("黄浦区", "新街道", 1),
    ]


def test_zones_follow_the_table_handed_in(make_city) -> None:
    sites = make_city(sites=[{}, {"district": "静安区"}, {"district": "金山区"}]).sites
    found = groups(sites, By.ZONE, zones={"黄浦区": "中", "静安区": "中", "宝山区": "北"})
    assert [found.keys[code] for code in found.codes] == ["中", "中", ""]
    assert found.keys == ("中", "北", "")


def test_kinds_of_site_are_named_in_both_languages(make_city) -> None:
    city = make_city(sites=[{"workers": 9.0, "kind": SiteKind.MALL, "clinic": Clinic.ADEQUATE}])
    found = {cut.key: cut.tally.share for cut in cuts(answer(city, Question()), By.SITE_KIND)}
    assert found == {"park": None, "building": None, "mall": 1.0}
    assert (label(By.SITE_KIND, "mall"), label(By.TOWN, "")) == (
        ("商圈", "Mall"),
        ("未填", "Not stated"),
    )


def test_lunch_is_cut_too(make_city) -> None:
    city = make_city(
        sites=[
            {"workers": 1000.0, "canteen_seats": 100.0},
            {"workers": np.nan, "lunch_declared": True},
        ],
        outlets=[{"kind": OutletKind.RESTAURANT, "seats": 100.0, "price_yuan": 25.0}],
    )
    lunch = whole(answer(city, Question())).lunch
    # 800 meals wanted, 300 from the own canteen, 100 x 2 turns x 0.6 = 120 from the restaurant.
    assert lunch == LunchCut(2, 1, 1, 1, 800.0, 380.0)
    assert lunch.share == 0.475


def test_operators_share_the_workers_both_reach(make_city) -> None:
    city = make_city(
        sites=[
            {"workers": 100.0},
            {"workers": 20.0, "east_m": 700.0},
            {"workers": 3.0, "east_m": -700.0},
        ],
        points=[
            {"operator": "甲", "half_days": 2.0},
            {"operator": "甲", "half_days": 0.0},
            {"operator": "乙", "east_m": 700.0},
            {"operator": "丙", "east_m": 9000.0},
        ],
    )
    assert by_operator(answer(city, Question())) == (
        OperatorCut("甲", 2, 1, 2.0, 123, 3, reached(100, 123, 123)),
        OperatorCut("乙", 1, 1, 1.0, 120, 0, reached(20, 120, 120)),
        OperatorCut("丙", 1, 1, 1.0, 0, 0, reached(0, 0, 0)),
    )


def reached(*workers: int) -> tuple[Reached, ...]:
    return tuple(Reached(r, n) for r, n in zip((800.0, 1000.0, 1200.0), workers, strict=True))


def test_a_quantile_is_the_least_walk_that_holds_its_share() -> None:
    walk_m = np.array([400.0, 100.0, np.nan, 300.0, 200.0])
    workers = np.array([1.0, 5.0, 100.0, np.nan, 4.0])
    (found,) = walks(walk_m, workers, np.zeros(5, np.intp), 1)
    assert found == Walks(4, 200.0, 400.0, 100.0, 200.0, 170.0)


SITES = st.lists(
    st.fixed_dictionaries(
        {
            "workers": st.sampled_from([np.nan, 0.0, 7.0, 900.0, 1001.0]),
            "east_m": st.sampled_from([0.0, 200.0, 500.0, 760.0, 900.0, 5000.0]),
            "clinic": st.sampled_from(list(Clinic)),
            "district": st.sampled_from(["黄浦区", "静安区", ""]),
            "town": st.sampled_from(["", "甲街道", "乙镇"]),
            "kind": st.sampled_from(list(SiteKind)),
            "error_m": st.sampled_from([90.0, 350.0, 450.0]),
        }
    ),
    max_size=10,
)
POINTS = st.lists(
    st.fixed_dictionaries(
        {
            "east_m": st.sampled_from([0.0, 300.0, 700.0, 6000.0]),
            "half_days": st.sampled_from([np.nan, 0.0, 1.0, 4.0]),
            "status": st.sampled_from(["plaqued", "rectifying", "delisted"]),
        }
    ),
    max_size=4,
)
ASKED = st.builds(
    Question,
    radius_m=st.sampled_from([300.0, 1000.0, 1500.0]),
    count_rectifying=st.booleans(),
    hour=st.sampled_from([None, Hour(0, 600)]),
)


@given(SITES, POINTS, ASKED, st.sampled_from(list(By)))
def test_groups_add_up_to_the_city(make_city, sites, points, asked, by) -> None:
    found = answer(make_city(sites=sites, points=points), asked)
    total, parts = whole(found).tally, [cut.tally for cut in cuts(found, by)]
    names = total.__slots__
    assert {name: sum(getattr(part, name) for part in parts) for name in names} == {
        name: getattr(total, name) for name in names
    }
    workers = np.array([site["workers"] for site in sites])
    in_share = ~found.found.of(GapState.NOT_PLACED) & ~np.isnan(workers)
    assert total.counted_workers == workers[in_share].sum()
    assert total.uncounted == len(sites) - in_share.sum()


@given(SITES, POINTS, ASKED, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(make_city, sites, points, asked, random) -> None:
    first = whole(answer(make_city(sites=sites, points=points), asked))
    mixed = [random.sample(rows, len(rows)) for rows in (sites, points)]
    second = whole(answer(make_city(sites=mixed[0], points=mixed[1]), asked))
    both = (first, second)
    assert (first.tally, first.beside, first.walks.median_m, first.walks.worker_p90_m) == (
        second.tally,
        second.beside,
        second.walks.median_m,
        second.walks.worker_p90_m,
    )
    one, other = (-1.0 if c.half_days_per_1000 is None else c.half_days_per_1000 for c in both)
    assert one == pytest.approx(other, rel=1e-12)


@given(SITES, POINTS, ASKED)
def test_one_more_open_point_never_lowers_coverage(make_city, sites, points, asked) -> None:
    fewer = whole(answer(make_city(sites=sites, points=points), asked)).tally
    more = whole(answer(make_city(sites=sites, points=[*points, {"half_days": 2.0}]), asked)).tally
    assert more.covered_workers >= fewer.covered_workers


@given(SITES, POINTS)
def test_all_half_days_within_reach_are_shared_out_and_no_more(make_city, sites, points) -> None:
    city = make_city(sites=sites, points=points)
    found = answer(city, Question())
    workers = np.nan_to_num(city.sites.workers)
    given_out = np.nansum(workers * found.half_days)
    near = found.pairs.walk_m <= 1000.0
    placed = city.sites.error_m <= 400.0
    near &= (workers * placed)[found.pairs.demand] > 0
    reached = np.unique(found.pairs.supply[near & found.standing.counts[found.pairs.supply]])
    held = np.nan_to_num(city.points.half_days[found.standing.rows[reached]], nan=1.0)
    assert given_out == pytest.approx(held.sum(), rel=1e-9)


@given(SITES, ASKED)
def test_without_facilities_nobody_is_covered_but_by_his_own_clinic(
    make_city, sites, asked
) -> None:
    none = [site | {"clinic": Clinic.NONE} for site in sites]
    tally = whole(answer(make_city(sites=none), asked)).tally
    assert (tally.covered_workers, tally.hanging_workers) == (0, 0)
    assert tally.share in {0.0, None}
