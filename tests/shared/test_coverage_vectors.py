"""The worked examples of the acceptance data: computed by hand, reproduced exactly."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.coverage import gaps, lunch
from geodata.coverage.catchment import two_step
from geodata.coverage.gaps import GapState
from geodata.coverage.walk import Pairs, minutes_to_m
from geodata.geodesy import geodesic_m
from geodata.kinds import Clinic, Status

pytestmark = pytest.mark.shared

STATUS = {
    "正常": Status.PLAQUED,
    "黄牌": Status.RECTIFYING,
    "红牌": Status.DELISTED,
    "在建": Status.BUILDING,
}


@pytest.fixture(scope="module")
def vectors(shared: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads((shared / "vectors" / "coverage.json").read_text())["vectors"]
    return {row["id"]: row for row in rows}


def unknown(value: float | None) -> float:
    return np.nan if value is None else value


def counted(given: dict[str, Any]) -> np.ndarray:
    return gaps.counted(
        [STATUS[p["status"]] for p in given["points"]],
        np.array([float(p["sessions"]) for p in given["points"]]),
        count_rectifying=given["count_yellow"],
    )


def test_d01_minutes_to_metres(vectors: dict[str, Any]) -> None:
    given, expected = vectors["D01"]["input"], vectors["D01"]["expected"]
    for speed, key in zip(given["speed_kmh"], ("m_4_0", "m_4_8"), strict=True):
        metres = minutes_to_m(given["minutes"], speed_kmh=speed)
        assert metres == pytest.approx(expected[key], abs=1e-6)


def test_d03_degrees_are_not_metres(vectors: dict[str, Any]) -> None:
    given, expected = vectors["D03"]["input"], vectors["D03"]["expected"]
    lon, lat = given["lon"], given["lat"]
    east = float(geodesic_m(lon, lat, lon + given["dlon"], lat))
    north = float(geodesic_m(lon, lat, lon, lat + given["dlat"]))
    assert (east, north) == pytest.approx((expected["east_m"], expected["north_m"]), abs=0.5)
    assert east / north == pytest.approx(expected["ratio"], abs=1e-4)


def test_h01_which_points_count(vectors: dict[str, Any]) -> None:
    given = vectors["H01"]["input"]
    names = [p["id"] for p in given["points"]]
    chosen = [name for name, yes in zip(names, counted(given), strict=True) if yes]
    assert chosen == vectors["H01"]["expected"]["counted"]


def states(given: dict[str, Any]) -> dict[str, GapState]:
    names = [p["id"] for p in given["points"]]
    near = [
        (i, names.index(point), float(metres))
        for i, park in enumerate(given["parks"])
        for point, metres in given["net_m"][park["id"]].items()
        if metres <= given["R"]
    ]
    rows = np.array(near)
    found = gaps.health_gaps(
        workers=np.array([unknown(p["workers"]) for p in given["parks"]]),
        clinic=[Clinic(p["clinic"]) for p in given["parks"]],
        placed=np.ones(len(given["parks"]), np.bool_),
        in_reach=Pairs(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2]),
        counts=counted(given),
    )
    return {park["id"]: state for park, state in zip(given["parks"], found.state, strict=True)}


def test_h03_yellow_counted_instead(vectors: dict[str, Any]) -> None:
    found = states(vectors["H03"]["input"])
    expected = vectors["H03"]["expected"]
    assert [k for k, v in found.items() if v is GapState.GAP] == expected["gap"]
    assert [k for k, v in found.items() if v is GapState.UNKNOWN_CLINIC] == expected["unknown"]


def test_h05_more_than_a_thousand_is_strict(vectors: dict[str, Any]) -> None:
    workers = np.array(vectors["H05"]["input"]["workers"], dtype=np.float64)
    assert gaps.is_large(workers).tolist() == vectors["H05"]["expected"]["large"]


def test_s07_a_neighbouring_district_still_serves(vectors: dict[str, Any]) -> None:
    given = vectors["S07"]["input"]

    def covered(walks: list[float]) -> bool:
        within = [(0, j, d) for j, d in enumerate(walks) if d <= given["R"]]
        rows = np.array(within, dtype=np.float64).reshape(-1, 3)
        found = gaps.health_gaps(
            workers=np.array([10.0]),
            clinic=[Clinic.NONE],
            placed=np.array([True]),
            in_reach=Pairs(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2]),
            counts=np.ones(len(walks), np.bool_),
        )
        return found.state == (GapState.COVERED,)

    own = given["park"]["d_to_own_district_point"]
    both = [own, given["park"]["d_to_neighbour_point"]]
    expected = vectors["S07"]["expected"]
    assert covered(both) is expected["covered_citywide"]
    assert covered([own]) is expected["covered_if_clipped"]


def test_f02_f04_f06_floating_catchments(vectors: dict[str, Any]) -> None:
    given, expected = vectors["F02"]["input"], vectors["F02"]["expected"]
    demand, supply = list(given["demand"]), list(given["supply"])
    links = [(demand.index(k[0]), supply.index(k[1])) for k in given["w"]]
    found = two_step(
        np.array(list(given["demand"].values()), dtype=np.float64),
        np.array(list(given["supply"].values()), dtype=np.float64),
        Pairs(np.array([i for i, _ in links]), np.array([j for _, j in links]), np.zeros(4)),
        np.array(list(given["w"].values()), dtype=np.float64),
    )
    assert found.demand_in_reach == pytest.approx(list(expected["V"].values()), abs=1e-6)
    assert found.access == pytest.approx(list(expected["A"].values()), abs=1e-6)
    total = float((np.array(list(given["demand"].values())) * found.access).sum())
    assert total == pytest.approx(vectors["F04"]["expected"]["F02"], abs=1e-6)


def test_l02_own_supply_closes_the_gap(vectors: dict[str, Any]) -> None:
    given, expected = vectors["L02"]["input"], vectors["L02"]["expected"]
    own = lunch.own_meals(
        canteen_seats=np.array([given["own"]["seats"]], dtype=np.float64),
        quota=np.array([given["quota"]], dtype=np.float64),
        cabinet_cells=np.array([given["cabinet"]["cells"]], dtype=np.float64),
    )
    nothing = np.empty(0)
    found = lunch.lunch_gaps(
        workers=np.array([given["workers"]], dtype=np.float64),
        own=own,
        outlets=nothing,
        pairs=Pairs(nothing.astype(np.int64), nothing.astype(np.int64), nothing),
        rho=given["rho"],
    )
    assert found.served[0] == expected["served"]
    assert (found.gap[0], found.share[0]) == (expected["gap"], expected["gap_share"])
    assert lunch.level(float(found.share[0])) == expected["level"]


def test_l04_price_weights(vectors: dict[str, Any]) -> None:
    given, expected = vectors["L04"]["input"], vectors["L04"]["expected"]
    price = np.array([unknown(p) for p in given["price"]])
    effective = np.array(given["K"]) * lunch.price_weight(price)
    assert effective.tolist() == expected["K_eff"]
    assert np.isnan(price).tolist() == expected["flag_unknown"]


def test_l06_declared_against_computed(vectors: dict[str, Any]) -> None:
    boxes: dict[str, list[str]] = {}
    listed = []
    for row in vectors["L06"]["input"]["rows"]:
        share = row["share"]
        computed = None if share is None else lunch.is_computed(share, 200.0)
        boxes.setdefault(lunch.box(declared=row["declared"], computed=computed), []).append(
            row["id"]
        )
        if lunch.is_listed(declared=row["declared"], computed=computed):
            listed.append(row["id"])
    assert boxes | {"listed": listed} == vectors["L06"]["expected"]
