"""What the public pages read: filters, the nearest, clusters."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from geodata.clusters import world_pixels
from geodata.errors import NotFoundError
from geodata.hours import ALL_DAY, Hours
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Circle, Snapshot
from geodata.wanted import Wanted

PEOPLES_SQUARE = (121.4710, 31.2349)


def place(
    number: int, lon: float | None, lat: float | None, *kinds: Kind, name: str = ""
) -> PublicPlace:
    services = tuple(
        PublicService(kind, f"{number}", Status.PLAQUED, "", (), (), "", "", None, None)
        for kind in kinds or (Kind.REST_ROOM,)
    )
    return PublicPlace(
        id=number,
        name=name or f"站{number}",
        district="黄浦区",
        town="",
        address="福州路100号",
        lon=lon,
        lat=lat,
        level="number",
        error_m=90.0,
        reason="",
        reason_en="",
        flags=(),
        services=services,
        sample=False,
    )


NEAR = place(1, 121.4715, 31.2349, Kind.REST_ROOM, name="近处休息室")
FAR = place(2, 121.4910, 31.2349, Kind.HEALTH_POINT, Kind.READING_ROOM)
NOWHERE = place(3, None, None)
CITY = Snapshot(5, (FAR, NEAR, NOWHERE))


def test_the_nearest_comes_first_with_estimated_walking_metres() -> None:
    found = CITY.nearest(*PEOPLES_SQUARE)
    assert [(p.id, round(m)) for p, m in found] == [(1, 62), (2, 2477)]


def test_kind_district_and_text_must_all_fit() -> None:
    assert CITY.find(Wanted(kinds=(Kind.READING_ROOM,))) == [FAR]
    assert CITY.find(Wanted(text=" 近处 ")) == [NEAR]
    assert CITY.find(Wanted(text="福州路", district="黄浦区")) == [FAR, NEAR, NOWHERE]
    assert CITY.find(Wanted(district="徐汇区")) == []
    assert CITY.nearest(*PEOPLES_SQUARE, Wanted(kinds=(Kind.FITNESS_STATION,))) == []


def test_an_unknown_id_is_said_so() -> None:
    assert CITY.place(2) == FAR
    with pytest.raises(NotFoundError, match="9"):
        CITY.place(9)


def test_far_out_neighbours_become_one_circle_at_their_mean() -> None:
    shown = CITY.clusters((121, 31, 122, 32), 8)
    assert shown.points == ()
    (circle,) = shown.circles
    assert (circle.count, round(circle.lon, 5), round(circle.lat, 5)) == (2, 121.48125, 31.2349)


def test_close_up_every_place_stands_for_itself_and_only_those_in_view() -> None:
    shown = CITY.clusters((121.47, 31.23, 121.48, 31.24), 17)
    assert (shown.points, shown.circles) == ((NEAR,), ())


def test_a_cell_with_one_place_shows_the_place_not_a_circle() -> None:
    twin = place(4, 121.4716, 31.2349)
    shown = Snapshot(1, (NEAR, twin, FAR)).clusters((121, 31, 122, 32), 13)
    assert shown.points == (FAR,)
    assert shown.circles == (Circle(pytest.approx(121.47155), pytest.approx(31.2349), 2),)


def test_panning_does_not_regroup_what_stays_in_view() -> None:
    crowd = Snapshot(1, tuple(place(n, 121.40 + n * 0.004, 31.23) for n in range(30)))
    whole = crowd.clusters((121.30, 31.0, 121.60, 31.5), 12)
    panned = crowd.clusters((121.302, 31.0, 121.602, 31.5), 12)
    assert whole == panned
    assert len(whole.circles) > 1


def test_circles_of_neighbouring_cells_do_not_overlap() -> None:
    rng = np.random.default_rng(5)
    spots = rng.normal([121.47, 31.23], [0.05, 0.04], size=(400, 2))
    crowd = Snapshot(1, tuple(place(n, lon, lat) for n, (lon, lat) in enumerate(spots.tolist())))
    shown = crowd.clusters((120, 30, 123, 33), 11)
    drawn = [(c.lon, c.lat) for c in shown.circles] + [(p.lon, p.lat) for p in shown.points]
    x, y = world_pixels(*np.array(drawn, dtype=np.float64).T, 11)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)[np.triu_indices(len(x), 1)]
    assert sum(c.count for c in shown.circles) + len(shown.points) == 400
    assert apart.min() > 38


def test_nothing_in_view_is_empty_not_an_error() -> None:
    assert CITY.clusters((0, 0, 1, 1), 5).circles == ()


def test_a_list_has_open_places_first_then_unknown_ones_and_the_unplaced_last() -> None:
    always = Hours(week=(ALL_DAY,) * 7, on_holidays=True)
    never = Hours(week=((),) * 7, on_holidays=True)

    def of(number: int, district: str, *hours: Hours | None, placed: bool = True) -> PublicPlace:
        made = place(number, 121.4 if placed else None, 31.2 if placed else None)
        services = tuple(replace(made.services[0], hours=each) for each in hours)
        return replace(made, district=district, services=services)

    city = Snapshot(
        1,
        (
            of(1, "徐汇区", never),
            of(2, "徐汇区", None),
            of(3, "徐汇区", never, always),
            of(4, "长宁区", always, placed=False),
            of(5, "长宁区", never),
            of(6, "宝山区", None),
        ),
    )
    listed = city.listed(Wanted(), datetime(2026, 3, 31, 12, 0))  # noqa: DTZ001 - wall clock
    assert [each.id for each in listed.part(0, 10)] == [3, 6, 2, 1, 5, 4]
    assert (len(listed), listed.unplaced, listed.samples()) == (6, 1, {False})
    assert [each.id for each in listed.part(1, 3)] == [6, 2]
    assert listed.counts == (1, 2, 2)


def test_a_service_of_another_kind_opens_no_place_for_who_asks_for_this_one() -> None:
    always = Hours(week=(ALL_DAY,) * 7, on_holidays=True)
    rest, reading = place(1, 121.4, 31.2, Kind.REST_ROOM, Kind.READING_ROOM).services
    both = replace(place(1, 121.4, 31.2), services=(rest, replace(reading, hours=always)))
    other = replace(place(2, 121.4, 31.2), services=(rest,))
    city, noon = Snapshot(1, (other, both)), datetime(2026, 3, 31, 12, 0)  # noqa: DTZ001
    assert [p.id for p in city.listed(Wanted(), noon).part(0, 9)] == [1, 2]
    by_rest = city.listed(Wanted(kinds=(Kind.REST_ROOM,)), noon)
    assert [p.id for p in by_rest.part(0, 9)] == [2, 1]


def test_towns_are_those_of_a_district_that_have_places() -> None:
    places = [
        replace(place(n, 121.4, 31.2), district=district, town=town)
        for n, (district, town) in enumerate(
            [("崇明区", "城桥镇"), ("崇明区", "堡镇"), ("崇明区", ""), ("徐汇区", "漕河泾街道")]
        )
    ]
    city = Snapshot(1, tuple(places))
    assert (city.towns("崇明区"), city.towns("宝山区")) == (["城桥镇", "堡镇"], [])


def test_the_first_letters_of_a_name_find_its_place() -> None:
    assert CITY.find(Wanted(text="jcxxs")) == [NEAR]
    assert CITY.find(Wanted(text="fzl", district="黄浦区")) == [FAR, NEAR, NOWHERE]
