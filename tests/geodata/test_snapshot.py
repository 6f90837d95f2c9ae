"""What the public pages read: filters, the nearest, clusters."""

import numpy as np
import pytest

from geodata.clusters import world_pixels
from geodata.errors import NotFoundError
from geodata.kinds import Kind, Status
from geodata.snapshot import Circle, PublicPlace, PublicService, Snapshot
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
