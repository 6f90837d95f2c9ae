"""When nothing fits: the nearest place with one filter less, and what each filter costs."""

from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.relaxing import Offer, instead, offers
from geodata.snapshot import Snapshot
from geodata.wanted import Wanted

SQUARE = (121.4710, 31.2349)


def place(number: int, lon: float, district: str, kind: Kind, *facilities: str) -> PublicPlace:
    service = PublicService(kind, "", Status.PLAQUED, "", facilities, (), "", "", None, None)
    return PublicPlace(
        id=number, name=f"站{number}", district=district, town="", address="", lon=lon,
        lat=31.2349, level="number", error_m=90.0, reason="", reason_en="", flags=(),
        services=(service,), sample=False,
    )  # fmt: skip


NEAR = place(1, 121.4715, "黄浦区", Kind.REST_ROOM)
WARM = place(2, 121.4910, "徐汇区", Kind.REST_ROOM, "热饭")
BOOKS = place(3, 121.5910, "徐汇区", Kind.READING_ROOM, "充电")
CITY = Snapshot(1, (NEAR, WARM, BOOKS))


def test_each_filter_whose_lack_helps_is_offered_with_its_count() -> None:
    wanted = Wanted(kinds=(Kind.REST_ROOM,), district="黄浦区", facilities=("hot_meal",))
    assert offers(CITY, wanted) == [
        Offer("district", "黄浦区", Wanted((Kind.REST_ROOM,), facilities=("hot_meal",)), 1),
        Offer("with", "hot_meal", Wanted((Kind.REST_ROOM,), district="黄浦区"), 1),
    ]


def test_the_place_gives_way_before_the_need() -> None:
    found = instead(CITY, Wanted(district="黄浦区", facilities=("hot_meal",)), *SQUARE)
    assert found is not None
    assert (found.place, found.name, round(found.walk_m)) == (WARM, "district", 2477)


def test_where_two_filters_shut_everything_out_the_nearest_of_all_is_told() -> None:
    wanted = Wanted(district="黄浦区", facilities=("shower",), text="月球")
    assert offers(CITY, wanted) == []
    found = instead(CITY, wanted, *SQUARE)
    assert found is not None
    assert (found.place, found.name) == (NEAR, "")
    assert instead(Snapshot(1, ()), wanted, *SQUARE) is None
