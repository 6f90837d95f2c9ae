"""Outlines are kept in both databases and give sites the town they lie in."""

import shapely

from geodata.boundaries.match import match
from geodata.boundaries.shape import Shape
from geodata.boundaries.store import Boundaries, clear, keep, load
from geodata.declared import DeclaredSite, ImportedFile, Placed, Source
from geodata.kinds import SiteKind
from geodata.model import Level, Position
from geodata.store import Store

BUND = shapely.box(121.480, 31.230, 121.492, 31.240)
YUYUAN = shapely.box(121.486, 31.222, 121.494, 31.230)


def stored(store: Store, area: shapely.Polygon, name: str, *, approximate: bool = False) -> None:
    found = match([Shape(area, {"name": name})])
    with store.writing() as session:
        keep(session, found, source="测试", approximate=approximate)


def held(store: Store) -> Boundaries:
    with store.reading() as session:
        return load(session)


def test_outlines_come_back_and_a_second_file_replaces_its_own_towns(any_store: Store) -> None:
    version = any_store.version()
    stored(any_store, YUYUAN, "外滩街道", approximate=True)
    stored(any_store, YUYUAN, "豫园街道")
    stored(any_store, BUND, "外滩街道")
    found = held(any_store)
    assert (found.names, found.districts) == (("外滩街道", "豫园街道"), ("黄浦区", "黄浦区"))
    assert all(area.equals(shape) for area, shape in zip(found.areas, (BUND, YUYUAN), strict=True))
    assert (found.approximate, any_store.version()) == (False, version + 3)
    with any_store.writing() as session:
        assert clear(session) == 2
    assert not held(any_store)


def site(name: str, town: str, lon: float | None, district: str = "黄浦区") -> Placed:
    source = Source("示例.xlsx", "表1", 2, {}, "demand_sites")
    declared = DeclaredSite(name, SiteKind.PARK, f"{name}路1号", district, town, source, workers=9)
    spot = Position(lon or 121.4, 31.235, Level.NUMBER, 90.0, "测试")
    return Placed(declared, None, spot, district)


def test_only_a_site_without_a_town_gets_the_one_it_lies_in(store: Store) -> None:
    stored(store, BUND, "外滩街道")
    found = (
        site("甲", "", 121.486),
        site("乙", "豫园街道", 121.487),
        site("丙", "", 121.6, "浦东新区"),
        site("丁", "", 121.488, "浦东新区"),
    )
    store.publish(ImportedFile("示例.xlsx", "0" * 64, found, 4, 0, ("demand_sites",)))
    sites = store.city().sites
    named = dict(zip(sites.name, held(store).with_towns(sites).town.words, strict=True))
    assert named == {"甲": "外滩街道", "乙": "豫园街道", "丙": "", "丁": ""}
    assert Boundaries().with_towns(sites) is sites
