"""The worked examples of access, inequality, rest rooms, tiers and training, reproduced exactly."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geodata.coverage import gaps, training
from geodata.coverage.catchment import Access, spatial_availability, two_step
from geodata.coverage.impedance import exponential
from geodata.coverage.inequality import gini, lorenz
from geodata.coverage.rest import CREW_RADIUS_M, CrewKind, crews, route_cover
from geodata.coverage.tiers import completeness
from geodata.coverage.walk import Pairs
from geodata.kinds import Clinic

pytestmark = pytest.mark.shared

Vectors = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def vectors(shared: Path) -> Vectors:
    rows = json.loads((shared / "vectors" / "coverage.json").read_text())["vectors"]
    return {row["id"]: row for row in rows}


def numbers(values: object) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def pairs(links: list[tuple[int, int]]) -> Pairs:
    rows = np.array(links, dtype=np.int64).reshape(-1, 2)
    return Pairs(rows[:, 0], rows[:, 1], np.zeros(len(rows)))


def binary_access(given: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, Access]:
    demand, supply = list(given["demand"]), list(given["supply"])
    links = [(demand.index(a), supply.index(b)) for a, b in given["reach"]]
    weights = numbers(list(given["demand"].values())), numbers(list(given["supply"].values()))
    return *weights, two_step(*weights, pairs(links), np.ones(len(links)))


def test_f01_f04_plain_two_step(vectors: Vectors) -> None:
    expected = vectors["F01"]["expected"]
    demand, supply, found = binary_access(vectors["F01"]["input"])
    assert found.ratio(supply) == pytest.approx(list(expected["R"].values()), abs=1e-6)
    assert found.access == pytest.approx(list(expected["A"].values()), abs=1e-6)
    received = float(demand @ found.access)
    assert received == pytest.approx(vectors["F04"]["expected"]["F01"], abs=1e-6)


def test_f06_idle_supply_and_unserved_demand(vectors: Vectors) -> None:
    given, expected = vectors["F06"]["input"], vectors["F06"]["expected"]
    demand, _, found = binary_access(given)
    assert found.access.tolist() == list(expected["A"].values())
    idle = [name for name, yes in zip(given["supply"], found.idle, strict=True) if yes]
    assert idle == expected["idle"]
    assert float(demand @ found.access) == expected["sum"]


def test_f08_spatial_availability(vectors: Vectors) -> None:
    given, expected = vectors["F08"]["input"], vectors["F08"]["expected"]
    minutes = numbers(given["t"])
    everyone = pairs([(i, j) for i in range(3) for j in range(3)])
    available = spatial_availability(
        numbers(given["pop"]), numbers(given["jobs"]), everyone, exponential(minutes.ravel(), 0.1)
    )
    assert available == pytest.approx(expected["V"], abs=1.0)
    assert available.sum() == pytest.approx(expected["sum"], abs=1.0)


def test_i02_gini_weighted_by_workers(vectors: Vectors) -> None:
    given, expected = vectors["I02"]["input"], vectors["I02"]["expected"]
    access, workers = numbers(given["access"]), numbers(given["workers"])
    curve = lorenz(access, workers)
    assert curve is not None
    assert curve.tolist() == expected["lorenz"]
    assert gini(access, workers) == pytest.approx(expected["gini"], abs=1e-6)


def test_i04_zones_move_and_the_city_stays(vectors: Vectors) -> None:
    given, expected = vectors["I04"]["input"], vectors["I04"]["expected"]
    points = given["points"]
    served = pairs([(n, 0) for n, point in enumerate(points) if point["covered"]])
    found = gaps.health_gaps(
        workers=numbers([point["w"] for point in points]),
        clinic=[Clinic.NONE] * len(points),
        placed=np.ones(len(points), np.bool_),
        in_reach=served,
        counts=np.array([True]),
    )

    def shares(zoning: list[list[int]]) -> list[float | None]:
        zone = np.zeros(len(points), np.intp)
        for number, members in enumerate(zoning):
            zone[members] = number
        return [tally.share for tally in found.tallies(zone, len(zoning))]

    assert shares(given["zoning1"]) == expected["z1"]
    assert shares(given["zoning2"]) == expected["z2"]
    assert found.tally().share == expected["overall"]


@pytest.mark.parametrize("vector", ["R01", "R03"])
def test_r01_r03_a_route_and_its_overlaps(vectors: Vectors, vector: str) -> None:
    given, expected = vectors[vector]["input"], vectors[vector]["expected"]
    route = shapely.LineString([(0, 0), (given["length"], 0)])
    found = route_cover(route, numbers(given["stations"]), given["R"], metres=True)
    assert found.covered_m == pytest.approx(expected["covered_m"], abs=1e-6)
    assert found.share == pytest.approx(expected["share"], abs=1e-6)


def test_r05_fixed_and_street_crews(vectors: Vectors) -> None:
    given, expected = vectors["R05"]["input"], vectors["R05"]["expected"]
    rows = given["crews"]
    assert given["R"] == {kind.value: CREW_RADIUS_M[kind] for kind in CrewKind}
    count = len(rows)
    found = crews(
        heads=numbers([crew["n"] for crew in rows]),
        radius_m=numbers([CREW_RADIUS_M[CrewKind(crew["kind"])] for crew in rows]),
        pairs=Pairs(
            np.arange(count), np.zeros(count, np.int64), numbers([crew["d"] for crew in rows])
        ),
        is_open=np.ones(count, np.bool_),
    )
    covered = [crew["id"] for crew, yes in zip(rows, found.covered, strict=True) if yes]
    assert covered == expected["covered"]
    assert found.share == pytest.approx(expected["share"], abs=1e-6)


def test_n02_no_surplus_pays_for_a_lack(vectors: Vectors) -> None:
    given, expected = vectors["N02"]["input"], vectors["N02"]["expected"]
    found = completeness(given["required"], given["stations"])
    assert found.share == pytest.approx(expected["share"], abs=1e-6)
    assert (list(found.missing), found.count) == (expected["missing"], expected["count"])


def test_t01_sessions_and_merging(vectors: Vectors) -> None:
    expected = vectors["T01"]["expected"]
    people = np.array(vectors["T01"]["input"]["people"])
    assert training.sessions(people).tolist() == expected["sessions"]
    assert training.to_merge(people).tolist() == expected["merge"]


def test_t03_nearest_within_session_limits(vectors: Vectors) -> None:
    given, expected = vectors["T03"]["input"], vectors["T03"]["expected"]
    groups, points = list(given["groups"]), list(given["sessions"])
    people = np.array(list(given["groups"].values()))
    walks = numbers([[given["dist"][g][p] for p in points] for g in groups])
    near = training.nearest_assignment(people, walks)
    assert near.cost == expected["nearest_cost"]
    assert near.sessions_at(people, len(points))[0] == expected["nearest_sessions_p"]
    best = training.limited_assignment(people, walks, np.array(list(given["sessions"].values())))
    assigned = dict(zip(groups, (points[p] for p in best.point), strict=True))
    assert (assigned, best.cost, best.status) == (expected["assign"], expected["cost"], "optimal")
