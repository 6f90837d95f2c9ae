"""Arrays and kept groups must answer as plain loops over all places do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.clusters import CELL_PX, OVERLAP_PX, Groups, Kept, ungrouped, world_pixels
from geodata.coverage.walk import DETOUR
from geodata.facilities import code_of
from geodata.geodesy import geodesic_m
from geodata.holidays import public_holidays
from geodata.hours import ALL_DAY, CLOSED_DAY, Day, Hours, Span, State, state_at
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Circle, Clusters, Snapshot
from geodata.wanted import Wanted

KINDS = st.lists(st.sampled_from(list(Kind)[:4]), max_size=2, unique=True)
DISTRICTS = ("黄浦区", "徐汇区", "静安区")
DISTRICT = st.sampled_from(["", *DISTRICTS, "金山区"])
SEED = st.integers(0, 2**32 - 1)
LON, LAT = st.floats(121.2, 121.6), st.floats(31.0, 31.4)


FACILITIES = ("微波炉", "热饭", "充电", "茶几")
OFFICE: Day = (Span(540, 1020),)
CALENDARS = (
    None,
    Hours((OFFICE,) * 5 + (CLOSED_DAY,) * 2),
    Hours((OFFICE,) * 7, on_holidays=True),
    Hours((ALL_DAY,) * 7, on_holidays=True),
)
# A Wednesday, a Saturday and a holiday.
MOMENTS = [datetime(2026, *day, tzinfo=UTC) for day in ((11, 18, 12), (11, 21, 12), (10, 1, 3))]
WANTED = st.builds(
    Wanted,
    kinds=KINDS.map(tuple),
    district=DISTRICT,
    text=st.sampled_from(["", "", " a", "B", "ss", "区", "x"]),
    facilities=st.lists(st.sampled_from(["hot_meal", "charging", "always"]), max_size=2).map(tuple),
    open_at=st.sampled_from([None, *MOMENTS]),
)


def service(kind: Kind, facilities: int, calendar: int) -> PublicService:
    has = tuple(name for number, name in enumerate(FACILITIES) if facilities >> number & 1)
    hours = CALENDARS[calendar % len(CALENDARS)]
    return PublicService(
        kind, kind.value, Status.PLAQUED, "", has, (), "", "", None, None, hours=hours
    )


def city(seed: int, most: int = 150) -> Snapshot:
    """Places on a coarse lattice, so that several share a spot and walks tie; some are nowhere."""
    random = np.random.default_rng(seed)

    def place(number: int) -> PublicPlace:
        drawn = random.integers(0, 1 << 16, 9).tolist()
        east, north, kind, other, district, name, nowhere, facilities, calendar = drawn
        on_map = nowhere % 8 > 0
        return PublicPlace(
            id=number,
            name=("甲A", "乙b", "ß")[name % 3],
            district=DISTRICTS[district % 3],
            town="",
            address="",
            lon=121.2 + east % 41 * 0.01 if on_map else None,
            lat=31.0 + north % 41 * 0.01 if on_map else None,
            level="number",
            error_m=None,
            reason="",
            reason_en="",
            flags=(),
            services=tuple(
                service(list(Kind)[each % 5], facilities >> shift, calendar >> shift)
                for each, shift in ((kind, 0), (other, 4))
            ),
            sample=False,
        )

    return Snapshot(1, tuple(place(number) for number in range(random.integers(0, most))))


def plain_find(all_of: Snapshot, wanted: Wanted) -> list[PublicPlace]:
    return [
        place
        for place in all_of.places
        if offers(place, wanted)
        and wanted.district in {"", place.district}
        and wanted.text.strip().casefold() in place.searched
    ]


def offers(place: PublicPlace, wanted: Wanted) -> bool:
    """Whether the services that are asked for, and open, have all that is asked for."""
    fitting = [
        each
        for each in place.services
        if (not wanted.kinds or each.kind in wanted.kinds)
        and (wanted.open_at is None or is_open(each, wanted.open_at))
    ]
    has = {code_of(name) for each in fitting for name in each.facilities}
    has |= {"always"} if any(each.hours and each.hours.always for each in fitting) else set()
    has |= {"hot_meal"} if "microwave" in has else set()
    return bool(fitting) and set(wanted.facilities) <= has


def is_open(offered: PublicService, when: datetime) -> bool:
    return state_at(offered.hours, when, holidays=public_holidays()) is State.OPEN


@given(SEED, WANTED)
def test_filters_are_those_of_a_loop(seed: int, wanted: Wanted) -> None:
    all_of = city(seed)
    expected = plain_find(all_of, wanted)
    assert all_of.find(wanted) == expected
    nowhere = [place for place in expected if not place.placed]
    assert all_of.unplaced(wanted) == (nowhere, len(expected) - len(nowhere))


# On a lattice of its own the spot lies due north of some places and due east of others.
@given(
    SEED,
    KINDS,
    st.sampled_from([121.2, 121.3, 121.31, 121.6, 0.0, -180.0]),
    st.sampled_from([31.0, 31.2, 31.21, 31.4, 89.0, -90.0]),
    st.integers(1, 12),
)
def test_the_nearest_are_those_of_a_loop(
    seed: int, kinds: list[Kind], lon: float, lat: float, limit: int
) -> None:
    all_of = city(seed)
    walks = [
        (place, float(geodesic_m(lon, lat, place.lon, place.lat)) * DETOUR)
        for place in plain_find(all_of, Wanted(kinds=tuple(kinds)))
        if place.lon is not None and place.lat is not None
    ]
    expected = sorted(walks, key=lambda walk: walk[1])[:limit]
    found = all_of.nearest(lon, lat, Wanted(kinds=tuple(kinds)), limit=limit)
    assert [place.id for place, _ in found] == [place.id for place, _ in expected]
    assert [metres for _, metres in found] == pytest.approx([m for _, m in expected], rel=1e-12)


def plain_groups(places: list[PublicPlace], zoom: int) -> Clusters:
    """Cell by cell, fullest first, each with the free cells whose middle is too near."""
    lon = np.array([place.lon for place in places], dtype=np.float64)
    lat = np.array([place.lat for place in places], dtype=np.float64)
    pixels = np.column_stack(world_pixels(lon, lat, zoom))
    cells: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for number, pixel in enumerate(pixels):
        cells[tuple(pixel // CELL_PX)].append(number)
    ordered = [cells[key] for key in sorted(cells)]
    middles = [pixels[numbers].sum(axis=0) / len(numbers) for numbers in ordered]
    free, drawn = set(range(len(ordered))), {}
    for fullest in sorted(free, key=lambda n: (-len(ordered[n]), n)):
        if fullest in free:
            near = {n for n in free if np.hypot(*(middles[n] - middles[fullest])) <= OVERLAP_PX}
            drawn[fullest] = [number for n in near for number in ordered[n]]
            free -= near
    circles = [
        Circle(float(lon[ordered[n]].mean()), float(lat[ordered[n]].mean()), len(drawn[n]))
        for n in sorted(drawn)
        if len(drawn[n]) > 1
    ]
    alone = sorted(numbers[0] for numbers in drawn.values() if len(numbers) == 1)
    return Clusters(tuple(places[n] for n in alone), tuple(circles))


def rounded(circles: Sequence[Circle]) -> list[tuple[float, float, int]]:
    return [(round(c.lon, 9), round(c.lat, 9), c.count) for c in circles]


@given(SEED, WANTED, st.tuples(LON, LAT, LON, LAT), st.integers(7, 18))
def test_clusters_are_those_of_a_loop_asked_once_or_twice(
    seed: int, wanted: Wanted, corners: tuple[float, ...], zoom: int
) -> None:
    all_of = city(seed)
    west, east = sorted(corners[::2])
    south, north = sorted(corners[1::2])

    def seen(lon: float | None, lat: float | None) -> bool:
        return west <= (lon or 0.0) <= east and south <= (lat or 0.0) <= north

    for asked in (wanted, Wanted(district="黄浦区"), Wanted(wanted.kinds, text="b"), wanted):
        found = [place for place in plain_find(all_of, asked) if place.placed]
        whole = Clusters(tuple(found), ()) if zoom >= 17 else plain_groups(found, zoom)
        got = all_of.clusters((west, south, east, north), zoom, asked)
        assert list(got.points) == [p for p in whole.points if seen(p.lon, p.lat)]
        assert rounded(got.circles) == rounded([c for c in whole.circles if seen(c.lon, c.lat)])


def test_groups_held_stay_within_their_bound() -> None:
    kept = Kept(most=1500)

    def groups(size: int) -> Groups:
        return ungrouped(np.arange(size), np.zeros(size), np.zeros(size))

    first = kept.get("a", lambda: groups(60))
    assert kept.get("a", lambda: groups(1)) is first
    kept.get("b", lambda: groups(50))
    assert kept.size == 750
    assert kept.get("a", lambda: groups(2)) is not first
    assert len(kept.get("huge", lambda: groups(500)).alone) == 500
    assert kept.size == 0


def test_groups_of_texts_that_nobody_finds_are_held_within_the_bound_too() -> None:
    kept = Kept(most=4_000)
    for text in range(1_000):
        kept.get(text, lambda: ungrouped(np.arange(0), np.zeros(0), np.zeros(0)))
    assert kept.size == 4_000
