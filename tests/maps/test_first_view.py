from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Snapshot
from geodata.wanted import EVERYTHING
from maps.base import basemap
from maps.first_view import first_list, first_view, middle_of, phone_zoom
from maps.outline import city_bounds, district_bounds

PLAIN = basemap("none")
BOUNDS = (121.0, 31.0, 122.0, 31.5)


def _place(number: int, lon: float, lat: float) -> PublicPlace:
    service = PublicService(Kind.REST_ROOM, "", Status.PLAQUED, "", (), (), "", "", None, None)
    return PublicPlace(
        number, f"示例{number}", "", "", "", lon, lat, "number", 90.0, "", "", (), (service,), False
    )  # fmt: skip


def test_a_city_and_a_district_are_asked_for_at_the_zoom_they_fit_a_phone() -> None:
    assert phone_zoom(city_bounds()) == 8
    assert phone_zoom(district_bounds("黄浦区")) == 12


def test_a_spot_without_size_is_asked_for_at_the_closest_zoom() -> None:
    assert phone_zoom((121.0, 31.0, 121.0 + 1e-9, 31.0 + 1e-9)) == 18


def test_the_first_view_is_half_a_screen_wider_than_its_bounds() -> None:
    places = (_place(1, 121.5, 31.2), _place(2, 122.4, 31.2), _place(3, 122.6, 31.2))
    found = first_view(Snapshot(1, places), PLAIN, BOUNDS, EVERYTHING)
    assert [point["id"] for point in found["points"]] == [1, 2]
    assert (found["circles"], found["zoom"]) == ([], 9)
    assert found["bbox"] == [120.5, 30.75, 122.5, 31.75]


def test_the_middle_is_that_of_the_map_as_it_is_drawn() -> None:
    assert middle_of(PLAIN, BOUNDS) == (121.5, 31.25)
    # A tall stretch has its middle further north than the mean of its latitudes.
    assert middle_of(PLAIN, (121.0, 0.0, 122.0, 60.0)) == (121.5, 35.264)
    assert middle_of(basemap("amap"), BOUNDS) == (121.504, 31.248)


def test_the_first_list_is_asked_for_with_the_pages_filters() -> None:
    made = first_list("/map", (121.5, 31.25), 40, {"kind": "rest_room"})
    assert made == "/map/nearest?kind=rest_room&lon=121.5&lat=31.25&datum=map&limit=40"
