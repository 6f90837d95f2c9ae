"""Rest rooms for crews and routes, on a line of places: a walk is 1.3 times the metres."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely

from geodata.answers.city import City
from geodata.coverage.rest import CrewKind
from geodata.coverage.walk import DETOUR
from geodata.geodesy import metres_per_degree
from geodata.hours import CLOSED_DAY, DAY_MIN, Change, Day, Hours, Span, State
from geodata.kinds import Kind, Status
from geodata.measures.rest import Crew, RestView, Uncovered, open_through, rest_view, routes_view

LON, LAT = 121.4710, 31.2349
WEEKEND = (CLOSED_DAY, CLOSED_DAY)


def weekdays(*spans: tuple[int, int]) -> Hours:
    day: Day = tuple(Span(60 * start, 60 * end) for start, end in spans)
    return Hours((day,) * 5 + WEEKEND)


NOON = weekdays((11, 12))
ALL_DAY = weekdays((8, 18))
ROOM = {"kind": Kind.REST_ROOM, "hours": ALL_DAY, "name": "休息室"}


def crew(name: str, east_m: float, *, heads: int | None = 10, street: bool = False) -> Crew:
    kind = CrewKind.STREET if street else CrewKind.FIXED
    lon = LON + east_m / float(metres_per_degree(LAT)[0])
    return Crew(name, kind, heads, lon, LAT, NOON)


def test_heads_are_covered_hanging_or_without_a_place(make_city: Callable[..., City]) -> None:
    city = make_city(
        points=[
            ROOM,
            {"kind": Kind.OUTDOOR_STATION, "east_m": 5000.0},
            {"kind": Kind.OUTDOOR_STATION, "hours": weekdays((8, 11)), "east_m": 9000.0},
            {"kind": Kind.READING_ROOM, "hours": ALL_DAY, "east_m": 9000.0},
        ]
    )
    asked = [
        crew("近", 100.0, heads=5),
        crew("远", 300.0, heads=7),
        crew("走", 300.0, heads=11, street=True),
        crew("悬", 5000.0, heads=13),
        crew("关", 9000.0, heads=17),
        crew("不知", 100.0, heads=None),
    ]
    view = rest_view(city, asked)
    far, closed = view.uncovered[1], view.uncovered[0]
    assert view == RestView(
        places=3,
        covered=16,
        hanging=13,
        not_covered=24,
        unknown_heads=1,
        uncovered=(
            Uncovered("关", CrewKind.FIXED, 17, "第3", closed.walk_m, State.CLOSED),
            Uncovered("远", CrewKind.FIXED, 7, "休息室", far.walk_m, State.OPEN),
        ),
    )
    assert (closed.walk_m, far.walk_m) == pytest.approx((0.0, 300.0 * DETOUR), abs=0.1)
    assert view.share(view.covered) == 16 / 53


@pytest.mark.parametrize(("rectifying", "covered"), [(False, 0), (True, 10)])
def test_a_yellow_card_counts_only_where_asked(
    make_city: Callable[..., City], *, rectifying: bool, covered: int
) -> None:
    city = make_city(points=[ROOM | {"status": Status.RECTIFYING}])
    view = rest_view(city, [crew("甲", 0.0)], count_rectifying=rectifying)
    assert (view.places, view.covered) == (int(rectifying), covered)


def test_a_rough_position_serves_the_wider_radius_alone(make_city: Callable[..., City]) -> None:
    city = make_city(points=[ROOM | {"error_m": 150.0}])
    view = rest_view(city, [crew("定", 0.0), crew("动", 0.0, heads=3, street=True)])
    assert (view.covered, view.uncovered) == (3, (Uncovered("定", CrewKind.FIXED, 10),))


def test_without_crews_there_is_no_share(make_city: Callable[..., City]) -> None:
    view = rest_view(make_city(points=[ROOM]), [])
    assert (view, view.share(0)) == (RestView(1, 0, 0, 0, 0, ()), None)


NIGHT = Hours((((Span(23 * 60, 25 * 60)),),) * 7)
SATURDAY = Hours((CLOSED_DAY,) * 5 + ((Span(660, 720),), CLOSED_DAY))


@pytest.mark.parametrize(
    ("hours", "rest", "state"),
    [
        (ALL_DAY, NOON, State.OPEN),
        (weekdays((11, 12)), NOON, State.OPEN),
        (weekdays((8, 11), (12, 18)), NOON, State.CLOSED),
        (Hours((((Span(600, 690)), Span(700, 800)),) * 7), NOON, State.CLOSED),
        (ALL_DAY, SATURDAY, State.CLOSED),
        (ALL_DAY, Hours(NOON.week[:5] + SATURDAY.week[5:]), State.CLOSED),
        (None, NOON, State.UNKNOWN),
        (Hours(ALL_DAY.week, sure=False), NOON, State.UNKNOWN),
        (Hours(ALL_DAY.week, (Change((Span(690, 800),), season="summer"),)), NOON, State.UNKNOWN),
        (Hours(((Span(0, DAY_MIN),),) * 7), NIGHT, State.OPEN),
        (Hours(((Span(20 * 60, 24 * 60),),) * 7), NIGHT, State.CLOSED),
        (Hours(((Span(20 * 60, 26 * 60),),) * 7), NIGHT, State.OPEN),
    ],
)
def test_a_place_is_open_only_if_all_through_the_break(
    hours: Hours | None, rest: Hours, state: State
) -> None:
    assert open_through(hours, rest) is state


def test_a_break_perhaps_taken_asks_for_nothing() -> None:
    perhaps = Hours(NOON.week[:5] + ((Span(0, DAY_MIN, sure=False),),) * 2)
    assert open_through(ALL_DAY, perhaps) is State.OPEN


def test_a_route_counts_the_metres_near_a_place_of_any_hours(
    make_city: Callable[..., City],
) -> None:
    rough = {"kind": Kind.REST_ROOM, "east_m": 1900.0, "error_m": 300.0}
    city = make_city(points=[{"kind": Kind.REST_ROOM}, rough])
    ends = [(LON, LAT), (LON + 2000.0 / float(metres_per_degree(LAT)[0]), LAT)]
    found = routes_view(city, {"南京路": shapely.LineString(ends)})
    assert list(found) == ["南京路"]
    assert np.round([found["南京路"].length_m, found["南京路"].covered_m]).tolist() == [2000, 500]
