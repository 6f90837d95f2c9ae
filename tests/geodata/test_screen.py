"""What the coverage screen shows: how even it is, towns by outline, a scenario beside today."""

from datetime import date

import pytest
import shapely
from sqlalchemy import select

from geodata.answers.question import Question
from geodata.boundaries.store import Boundaries
from geodata.declared import (
    Declared,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.errors import NotFoundError
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.scenarios.kept import keep
from geodata.scenarios.model import NewPoint
from geodata.screen import Screen, Spread, screen
from geodata.store import Store
from geodata.tables import ServicePoint, StatusChange
from geodata.version import grow_version

ASKED = Question()
TOWNS = Boundaries(
    codes=("310115123",),
    names=("张江镇",),
    districts=("浦东新区",),
    areas=(shapely.box(121.59, 31.19, 121.61, 31.21),),
)


def source(row: int) -> Source:
    return Source("示例.xlsx", "表1", row, {}, "stations")


def placed(declared: Declared, lon: float, lat: float) -> Placed:
    return Placed(declared, None, Position(lon, lat, Level.NUMBER, 90.0, "测试"), declared.district)


def park(name: str, row: int, workers: int, district: str) -> DeclaredSite:
    return DeclaredSite(
        name,
        SiteKind.PARK,
        f"{name}路1号",
        district,
        "",
        source(row),
        workers=workers,
        clinic=Clinic.NONE,
    )


@pytest.fixture
def city(store: Store) -> Store:
    service = DeclaredService(Kind.HEALTH_POINT, "", Status.PLAQUED, Tier.OTHER)
    point = DeclaredPlace("健康点", "科苑路8号", "浦东新区", "", (service,), source(2))
    records = (
        placed(point, 121.600, 31.200),
        placed(park("甲", 3, 3000, "浦东新区"), 121.601, 31.200),
        placed(park("乙", 4, 1000, "金山区"), 121.010, 30.890),
    )
    store.publish(ImportedFile("示例.xlsx", "0" * 64, records, 3, 0, ("stations",)))
    return store


def test_one_of_two_sites_gets_all_half_days(city: Store) -> None:
    spread = screen(city, ASKED).spread
    assert spread == Spread(0.25, ((0.0, 0.0), (0.25, 0.0), (1.0, 1.0)))
    assert (spread.share_of(0.25), spread.share_of(0.625)) == (0.0, 0.5)
    nobody = screen(city, Question(as_of=None), scenario="").spread
    assert nobody == spread
    assert Spread().share_of(0.5) is None


def test_a_site_without_a_town_counts_in_the_one_it_lies_in(city: Store) -> None:
    def towns(found: Screen) -> list[tuple[str, str, int]]:
        return [(cut.within, cut.key, cut.tally.covered_workers) for cut in found.view.towns]

    assert towns(screen(city, ASKED, towns=TOWNS)) == [
        ("浦东新区", "张江镇", 3000),
        ("金山区", "", 0),
    ]
    assert towns(screen(city, ASKED)) == [("浦东新区", "", 3000), ("金山区", "", 0)]


def test_a_scenario_stands_beside_the_data_as_they_are(city: Store) -> None:
    with city.writing() as session:
        keep(session, "金山一点", (NewPoint("新点", 121.011, 30.890),))
    found = screen(city, ASKED, scenario="金山一点")
    assert (found.view.totals.share, found.before and found.before.totals.share) == (1.0, 0.75)
    assert found.change is not None
    assert (found.change.city.gained, found.change.city.points) == (1000, 25.0)
    now = screen(city, ASKED)
    assert (now.before, now.change, now.view.totals.share) == (None, None, 0.75)
    with pytest.raises(NotFoundError, match="没有叫“月球”的方案"):
        screen(city, ASKED, scenario="月球")


def test_an_earlier_day_stands_beside_today_as_far_as_statuses_are_on_record(city: Store) -> None:
    with city.writing() as session:
        point = session.scalars(select(ServicePoint)).one()
        move = StatusChange(service_point_id=point.id, before="building", after="plaqued")
        move.on, move.reason, move.by = date(2026, 3, 10), "", ""
        earlier = StatusChange(service_point_id=point.id, before="", after="building")
        earlier.on, earlier.reason, earlier.by = date(2026, 1, 5), "", ""
        session.add_all((move, earlier))
        grow_version(session)
    found = screen(city, ASKED, since=date(2026, 2, 28))
    assert found.change is not None
    assert (found.change.city.gained, found.records_from) == (3000, "2026-01-05")
    assert screen(city, ASKED, since=date(2026, 1, 4)).change is None
    assert screen(city, ASKED, since=date(2026, 3, 10)).change.city.gained == 0
