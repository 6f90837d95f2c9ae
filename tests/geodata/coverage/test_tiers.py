"""Completeness against the register."""

from geodata.coverage.tiers import Completeness, Counted, completeness, counted
from geodata.kinds import Kind


def test_two_stations_in_one_street_do_not_make_up_for_a_street_without_one() -> None:
    found = completeness(["甲", "乙", "丙"], ["甲", "甲", "乙"])
    assert found == Completeness(required=3, present=("甲", "乙"), missing=("丙",), surplus=1)
    assert (found.share, found.count) == (2 / 3, 3)


def test_what_the_register_does_not_ask_for_is_surplus() -> None:
    assert completeness(["甲"], ["丁", "戊"]) == Completeness(1, (), ("甲",), 2)
    assert completeness(["甲"], []).share == 0.0


def test_without_a_register_there_is_no_share() -> None:
    found: Completeness[str] = completeness([], ["甲"])
    assert (found.share, found.count) == (None, 1)


def test_a_fused_site_counts_once_as_a_place_and_once_in_each_function() -> None:
    fused = [Kind.SERVICE_STATION, Kind.READING_ROOM, Kind.READING_ROOM]
    assert counted([fused, [Kind.READING_ROOM], []]) == Counted(
        2, {Kind.SERVICE_STATION: 1, Kind.READING_ROOM: 2}
    )
