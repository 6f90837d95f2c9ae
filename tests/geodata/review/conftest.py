"""A store with a few places and sites whose addresses a small gazetteer knows, or not quite."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from geodata.declared import Declared, DeclaredPlace, DeclaredService, DeclaredSite, Source
from geodata.declared import ImportedFile as File
from geodata.kinds import Kind, SiteKind, Status, Tier
from geodata.model import Coordinates
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import Locator
from geodata.store import Store

HEADER = "address,lng,lat,datum,level,district,error_m,source,aliases"
ROWS = (
    "三鲁公路2009号,121.524508,31.057544,WGS-84,number,闵行区,90,地址表,",
    "北翟路1350号,121.342189,31.225915,WGS-84,number,长宁区,90,地址表,",
    "仙霞路88号,121.400000,31.208000,WGS-84,number,长宁区,90,地址表,",
)
SOURCE = Source("站点.csv", "", 2, {}, "stations")


def _place(
    address: str,
    district: str,
    *,
    name: str = "站点",
    workers: int | None = None,
    coordinates: Coordinates | None = None,
) -> DeclaredPlace:
    service = DeclaredService(
        Kind.HEALTH_POINT, "服务点", Status.PLAQUED, Tier.OTHER, workers=workers
    )
    return DeclaredPlace(name, address, district, "", (service,), SOURCE, coordinates=coordinates)


def _site(address: str, district: str, *, name: str, workers: int | None) -> DeclaredSite:
    return DeclaredSite(name, SiteKind.PARK, address, district, "", SOURCE, workers=workers)


@pytest.fixture
def place() -> Callable[..., DeclaredPlace]:
    return _place


@pytest.fixture
def site() -> Callable[..., DeclaredSite]:
    return _site


@pytest.fixture
def gazetteer(tmp_path) -> Gazetteer:
    path = tmp_path / "地名.csv"
    path.write_text("\n".join((HEADER, *ROWS)), encoding="utf-8")
    return Gazetteer.load([path])


@pytest.fixture
def locator(gazetteer: Gazetteer) -> Locator:
    return Locator(gazetteer, load_districts(), {})


Take = Callable[..., None]


@pytest.fixture
def take(gazetteer: Gazetteer) -> Take:
    """Import records as one file, with the decisions of the store."""

    def taken(store: Store, *records: Declared, locator: Locator | None = None) -> None:
        known = locator or Locator(gazetteer, load_districts(), {})
        standing = replace(known, decisions=store.decisions())
        rows = [replace(one, source=replace(SOURCE, row=n)) for n, one in enumerate(records, 2)]
        found = tuple(standing.locate(one) for one in rows)
        store.publish(File("站点.csv", "0" * 64, found, len(found), 0, ("stations",)))

    return taken
