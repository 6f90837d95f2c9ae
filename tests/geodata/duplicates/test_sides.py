"""Two records side by side, and the merges that stand, within a person's reach."""

from dataclasses import replace
from datetime import datetime

import pytest

from geodata.accounts.roles import Person, Role
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.duplicates.merge import merge
from geodata.duplicates.pending import open_duplicates
from geodata.duplicates.said import Said
from geodata.duplicates.sides import Line, MergeMade, merges, must_reach_merge, sides
from geodata.errors import NoSuchRecordError, NotFoundError
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.store import Store
from geodata.tables import Place

AT = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001 - stored without a zone
EVERYWHERE = Person("all", Role.REVIEWER)
PUDONG = Person("pudong", Role.REVIEWER, ("浦东新区",))
JINGAN = Person("jingan", Role.REVIEWER, ("静安区",))
ROOM = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER, hours_text="24小时")


def station(row: int, name: str, lon: float, *services: DeclaredService) -> Placed:
    source = Source("站点.csv", "", row, {}, "stations")
    declared = DeclaredPlace(name, f"海阳西路{row}号", "浦东新区", "", services, source)
    spot = Position(lon, 31.16, Level.NUMBER, 30.0, "地址表")
    return Placed(declared, parse(declared.address), spot, "浦东新区")


@pytest.fixture
def twins(any_store: Store) -> Store:
    book = replace(ROOM, kind=Kind.READING_ROOM)
    found = (
        station(1, "乐湾驿站", 121.469, ROOM, book),
        station(2, "乐湾职工驿站", 121.4694, replace(ROOM, hours_text="9:00-17:00")),
    )
    any_store.publish(ImportedFile("站点.csv", "0" * 64, found, 2, 0, ("stations",)))
    return any_store


def test_fields_and_services_stand_in_pairs_with_what_differs(twins: Store) -> None:
    with twins.reading() as session:
        found = sides(session, Place, 1, 2, by=PUDONG)
    assert [line.field for line in found.record if line.differs] == ["name", "address"]
    assert Line("hours_text", "24小时", "9:00-17:00") in found.services[0]
    assert [line.other for line in found.services[1]] == [None] * len(found.services[1])
    assert found.spots == ((121.469, 31.16, 30.0), (121.4694, 31.16, 30.0))
    assert (found.names, found.districts) == (
        ("乐湾驿站", "乐湾职工驿站"),
        ("浦东新区", "浦东新区"),
    )


def test_nobody_sees_a_pair_beyond_his_reach(twins: Store) -> None:
    with twins.reading() as session:
        with pytest.raises(NoSuchRecordError):
            sides(session, Place, 1, 2, by=JINGAN)
        counts = [
            open_duplicates(session, Place, limit=5, by=who)[1]
            for who in (None, EVERYWHERE, PUDONG, JINGAN)
        ]
    assert counts == [1, 1, 1, 0]


def test_the_merges_that_stand_are_listed_for_whom_they_concern(twins: Store) -> None:
    with twins.writing() as session:
        merge(session, Place, 1, 2, Said("规划员", AT))
    with twins.reading() as session:
        made = MergeMade(2, "乐湾职工驿站", 1, "乐湾驿站", "浦东新区", "规划员", AT)
        assert merges(session, Place, limit=5, by=PUDONG) == [made]
        assert merges(session, Place, limit=5, by=JINGAN) == []
        for gone in (2, 9):
            with pytest.raises(NoSuchRecordError):
                must_reach_merge(session, Place, gone, by=JINGAN)
        with pytest.raises(NotFoundError, match="2 已并入 1"):
            sides(session, Place, 1, 2, by=PUDONG)
