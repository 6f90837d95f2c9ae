"""How to get in, from the parts of an address."""

from dataclasses import asdict

from geodata.feedback.way_in import WayIn
from geodata.place.address import parse


def way(text: str) -> WayIn:
    return WayIn.of(asdict(parse(text)))


def test_building_floor_and_room_come_from_the_address() -> None:
    assert way("福州路100号海通大厦3号楼B座2单元12楼1203室") == WayIn(
        landmark="海通大厦", building="3号楼B座", unit="2", floor=12, room="1203"
    )
    assert way("宛平南路600号负一层").floor == -1


def test_a_station_and_its_exit_are_said_once() -> None:
    found = way("地铁13号线陈春路站2号口旁")
    assert found == WayIn(metro_lines=("13",), metro_station="陈春路", metro_exits=("2",))
    assert (found.inside, bool(found)) == (False, True)
    named = WayIn.of({"metro_station": "豫园", "near": ["豫园站", "大门"]})
    assert named.near == ("大门",)


def test_a_bare_number_says_nothing_of_the_way_in() -> None:
    assert not way("福州路100号")
    assert not WayIn.of({})
