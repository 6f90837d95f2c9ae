"""Records whose district nobody declared, when what is known of their position changes."""

from sqlalchemy import select

from geodata.declared import DeclaredSite, ImportedFile, Placed, Source
from geodata.kinds import SiteKind
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.store import Store
from geodata.storing.staged import BATCH
from geodata.tables import DemandSite

ADDRESS = "南桥路188号"
PUDONG, FENGXIAN = (121.7050, 31.1935, "浦东新区"), (121.4500, 30.9150, "奉贤区")


def site(spot: tuple[float, float, str], *, row: int) -> Placed:
    lon, lat, district = spot
    source = Source("园区.csv", "", row, {}, "demand_sites")
    declared = DeclaredSite("园区", SiteKind.PARK, ADDRESS, "", "", source)
    position = Position(lon, lat, Level.MANUAL, 30.0, "表中坐标")
    return Placed(declared, parse(ADDRESS), position, district)


def filler(n: int) -> Placed:
    """One of many other records, a kilometre from the next and of no like name."""
    address = f"填充路{n}号"
    declared = DeclaredSite(
        f"{n}", SiteKind.PARK, address, "", "", Source("园区.csv", "", n, {}, "")
    )
    position = Position(121.0 + n / 100.0, 31.0, Level.MANUAL, 30.0, "表中坐标")
    return Placed(declared, parse(address), position, "浦东新区")


def publish(store: Store, *records: Placed) -> None:
    store.publish(ImportedFile("园区.csv", "0" * 64, records, len(records), 0, ("demand_sites",)))


def districts(store: Store) -> list[str]:
    with store.reading() as session:
        mine = select(DemandSite.district).where(DemandSite.address == ADDRESS)
        return sorted(session.scalars(mine))


def test_a_corrected_position_in_another_district_is_the_same_record(any_store: Store) -> None:
    publish(any_store, site(PUDONG, row=2))
    publish(any_store, site(FENGXIAN, row=2))
    assert districts(any_store) == ["奉贤区"]


def test_namesakes_of_one_file_stay_two_however_far_apart_their_rows(any_store: Store) -> None:
    publish(any_store, site(PUDONG, row=2))
    fillers = [filler(n) for n in range(3, BATCH + 5)]
    both = (site(PUDONG, row=2), *fillers, site(FENGXIAN, row=BATCH + 9))
    publish(any_store, *both)
    assert districts(any_store) == ["奉贤区", "浦东新区"]
    publish(any_store, *both)
    assert districts(any_store) == ["奉贤区", "浦东新区"]
