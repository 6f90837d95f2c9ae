"""Fitness stations by zone, from the database."""

import pytest

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredWorkers,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, Status, Tier
from geodata.measures.fitness import FitnessView, ZoneFitness, fitness_view
from geodata.model import Level, Position
from geodata.store import Store

HERE = Position(121.53, 31.22, Level.NUMBER, 90.0, "测试")
ZONES = {"黄浦区": "中", "静安区": "中", "浦东新区": "东"}


def source(row: int) -> Source:
    return Source("站点.csv", "表1", row, {}, "stations")


def station(row: int, district: str, status: Status = Status.PLAQUED) -> Placed:
    service = DeclaredService(
        kind=Kind.FITNESS_STATION, name=f"驿站{row}", status=status, tier=Tier.OTHER
    )
    declared = DeclaredPlace(f"驿站{row}", f"某路{row}号", district, "", (service,), source(row))
    return Placed(declared, None, HERE, district)


def workers(row: int, district: str, count: int) -> Placed:
    declared = DeclaredWorkers(district, "", "", count, 2023, source(row))
    return Placed(declared, None, HERE, "")


@pytest.fixture
def view(store: Store) -> FitnessView:
    records = (
        *(station(row, "黄浦区") for row in (1, 2, 3)),
        station(4, "静安区", Status.BUILDING),
        station(5, "浦东新区"),
        station(6, "崇明区"),
        workers(11, "黄浦区", 60_000),
        workers(12, "静安区", 40_000),
        workers(13, "浦东新区", 100_000),
    )
    store.publish(ImportedFile("站点.csv", "0" * 64, records, 9, 0, ("stations",)))
    with store.reading() as session:
        return fitness_view(session, ZONES)


def test_plaqued_stations_for_the_employees_of_each_zone(view: FitnessView) -> None:
    assert view == FitnessView(
        zones=(
            ZoneFitness("中", ("黄浦区", "静安区"), 3, 100_000, 3.0, 1.5),
            ZoneFitness("东", ("浦东新区",), 1, 100_000, 1.0, 0.5),
        ),
        per_100k=2.0,
        elsewhere=1,
    )


def test_a_zone_with_a_district_of_unknown_employees_has_no_rate(store: Store) -> None:
    records = (station(1, "黄浦区"), workers(2, "黄浦区", 50_000))
    store.publish(ImportedFile("站点.csv", "0" * 64, records, 2, 0, ("stations",)))
    with store.reading() as session:
        central, eastern = fitness_view(session, ZONES).zones
    assert central == ZoneFitness("中", ("黄浦区", "静安区"), 1, None, None, None)
    assert (eastern.stations, eastern.per_100k) == (0, None)
