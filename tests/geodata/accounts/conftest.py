"""A database of each kind with one record of each sort in two districts."""

import pytest

from geodata.declared import (
    Contact,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store

HERE = Position(121.48, 31.23, Level.NUMBER, 60.0, "测试")


def _source(row: int) -> Source:
    return Source("示例.xlsx", "表1", row, {}, "stations")


def _place(
    row: int, name: str, district: str, *services: tuple[Kind, Status], union: str = ""
) -> Placed:
    offered = tuple(
        DeclaredService(kind, f"{name}{n}", status, Tier.OTHER, union=union)
        for n, (kind, status) in enumerate(services)
    )
    person = (Contact(name="示例联系人", mobile="19900000000", email="a@example.invalid"),)
    address = f"测试路{row}号"
    declared = DeclaredPlace(name, address, district, "", offered, _source(row), contacts=person)
    return Placed(declared, None, HERE, district)


@pytest.fixture
def records() -> tuple[Placed, ...]:
    health, room = Kind.HEALTH_POINT, Kind.REST_ROOM
    site = DeclaredSite(
        "示例园",
        SiteKind.PARK,
        "测试路9号",
        "黄浦区",
        "",
        _source(9),
        workers=900,
        clinic=Clinic.NONE,
    )
    return (
        _place(1, "黄浦甲", "黄浦区", (health, Status.PLAQUED), (room, Status.DECLARED)),
        _place(2, "黄浦乙", "黄浦区", (health, Status.BUILDING)),
        _place(3, "浦东甲", "浦东新区", (health, Status.DECLARED), union="申通地铁集团工会"),
        Placed(site, None, HERE, "黄浦区"),
    )


@pytest.fixture
def filled(any_store: Store, records: tuple[Placed, ...]) -> Store:
    any_store.publish(ImportedFile("示例.xlsx", "0" * 64, records, 4, 0, ("stations",)))
    return any_store
