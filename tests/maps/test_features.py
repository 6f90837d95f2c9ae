"""Places as the JSON that maps and lists read."""

from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Circle, Clusters
from maps.base import basemap
from maps.features import card, cluster_document, marks, place_document

PLAIN = basemap("none")


def service(
    kind: Kind,
    *,
    status: Status = Status.PLAQUED,
    hours: str = "",
    facilities: tuple[str, ...] = (),
) -> PublicService:
    return PublicService(kind, "", status, hours, facilities, (), "", "", None, None)


def place(
    *services: PublicService, lon: float | None = 121.5, error_m: float | None = 90.0
) -> PublicPlace:
    return PublicPlace(
        id=7,
        name="驿站",
        district="黄浦区",
        town="",
        address="福州路1号",
        lon=lon,
        lat=None if lon is None else 31.2,
        level="number",
        error_m=error_m,
        reason="" if lon else "没有地址",
        reason_en="" if lon else "No address",
        flags=(),
        services=services,
        sample=False,
    )


def test_an_unplaced_place_is_on_no_map() -> None:
    placed, unplaced = place(service(Kind.REST_ROOM)), place(service(Kind.REST_ROOM), lon=None)
    assert [mark["at"] for mark in marks([unplaced, placed], PLAIN)] == [[121.5, 31.2]]
    assert place_document(unplaced, PLAIN)["routes"] == []


def test_a_place_is_drawn_as_what_is_open_there_unless_asked_for_another_kind() -> None:
    yellow = service(Kind.REST_ROOM, status=Status.RECTIFYING)
    fused = place(yellow, service(Kind.READING_ROOM))
    drawn = [card(place(yellow)), card(fused), card(fused, [Kind.REST_ROOM])]
    assert [(each["kinds"][0], each["status"], each["state"]) for each in drawn] == [
        ("rest_room", "rectifying", "is-rectifying"),
        ("reading_room", "plaqued", ""),
        ("rest_room", "rectifying", "is-rectifying"),
    ]


def test_a_card_says_each_facility_once_and_four_at_most() -> None:
    first = service(Kind.REST_ROOM, facilities=("热饭", "充电", "饮水"))
    second = service(Kind.READING_ROOM, hours="9:00-17:00", facilities=("饮水", "空调", "书架"))
    shown = card(place(first, second))
    assert [each["name"] for each in shown["facilities"]] == ["热饭", "充电", "饮水", "空调"]
    assert (shown["hours"], shown["always"]) == ("9:00-17:00", False)


def test_only_an_error_over_a_hundred_metres_is_drawn() -> None:
    errors = [
        place_document(place(service(Kind.REST_ROOM), error_m=error_m), PLAIN)["error_m"]
        for error_m in (None, 90.0, 100.0, 120.0)
    ]
    assert errors == [None, None, None, 120.0]


def test_circles_move_with_the_basemap() -> None:
    found = Clusters((), (Circle(121.5272106, 31.1774276, 12),))
    assert cluster_document(found, PLAIN) == {
        "points": [],
        "circles": [{"at": [121.527211, 31.177428], "count": 12}],
    }
    moved = cluster_document(found, basemap("amap"))
    assert moved["circles"] == [{"at": [121.531542, 31.175304], "count": 12}]
