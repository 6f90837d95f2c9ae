"""One place on an empty store."""

import pytest

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store


def room(row: int, district: str) -> Placed:
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER)
    source = Source("示例.xlsx", "表1", row, {}, "stations")
    place = DeclaredPlace(f"休息室{row}", f"测试路{row}号", district, "", (service,), source)
    return Placed(place, None, Position(121.4, 31.2, Level.NUMBER, 90.0, "测试"), district)


@pytest.fixture
def rooms(any_store: Store) -> Store:
    """A room in 徐汇区 (id 1) and one in 崇明区 (id 2)."""
    found = (room(1, "徐汇区"), room(2, "崇明区"))
    any_store.publish(ImportedFile("示例.xlsx", "0" * 64, found, 2, 0, ("stations",)))
    return any_store
