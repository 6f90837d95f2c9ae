"""Which rows a bounded sender may bring."""

import pytest

from geodata.accounts.roles import Person, Role
from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.store import Store
from service.reach import bar_for

HUANGPU = Person("huangpu", Role.EDITOR, ("黄浦区",))
UNION = Person("union", Role.EDITOR, (), ("示例产业工会",))


def placed(district: str, *, code: str = "", union: str = "") -> Placed:
    service = DeclaredService(
        Kind.REST_ROOM, "", Status.DECLARED, Tier.OTHER, official_code=code, union=union
    )
    source = Source("表.csv", "", 2, {}, "rest_rooms_2024")
    place = DeclaredPlace(f"示例{code}", f"某路{code or 1}号", district, "", (service,), source)
    where = Position(121.47, 31.23, Level.NUMBER, 90.0, "测试")
    return Placed(place, None, where if district else Unlocated(Reason.NO_ADDRESS), district)


def test_nothing_bounds_a_person_of_the_whole_city(store: Store) -> None:
    assert bar_for(store, Person("city", Role.EDITOR)) is None


@pytest.mark.parametrize(
    ("person", "record", "why"),
    [
        (HUANGPU, placed("黄浦区"), ""),
        (
            HUANGPU,
            placed("浦东新区"),
            "这一行在浦东新区，没有收：你的账号管的是黄浦区，请由浦东新区的账号导入",
        ),
        (HUANGPU, placed(""), "看不出在哪个区，没有收：请写明区。你的账号管的是黄浦区"),
        (UNION, placed("浦东新区", union="示例产业工会"), ""),
        (
            UNION,
            placed("浦东新区"),
            "这一行在浦东新区，没有收：你的账号管的是示例产业工会，请由浦东新区的账号导入",
        ),
        (HUANGPU, placed("黄浦区", code="P1"), "编号“P1”是浦东新区已有的站点，没有收：请核对编号"),
        (HUANGPU, placed("黄浦区", code="H1"), ""),
    ],
)
def test_only_ones_own_rows_come_in(store: Store, person: Person, record: Placed, why: str) -> None:
    standing = (placed("浦东新区", code="P1"), placed("黄浦区", code="H1"))
    store.publish(ImportedFile("城.csv", "0" * 64, standing, 2, 0, ("rest_rooms_2024",)))
    bar = bar_for(store, person)
    assert bar is not None
    assert bar(record) == why
