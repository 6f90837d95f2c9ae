"""Tile by tile must be what the arithmetic says of the whole country at once."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from geodata.coverage import gaps
from geodata.coverage.catchment import band_weights, two_step
from geodata.coverage.walk import pairs_within
from geodata.errors import CellError, SettingsError
from geodata.kinds import Clinic, Status
from geodata.national.run import Terms, run
from geodata.national.tables import floats, lonlat


def rows_of(out: Path) -> pa.Table:
    return parquet.read_table(out / "access").sort_by("id")


def ran(country: Path, name: str = "out", terms: Terms = Terms()) -> pa.Table:  # noqa: B008
    run(country / "demand.parquet", country / "stations.parquet", country / name, terms=terms)
    return rows_of(country / name)


def counted_points(country: Path) -> tuple[np.ndarray, np.ndarray]:
    stations = parquet.read_table(country / "stations.parquet")
    half_days = floats(stations, "half_days")
    status = [Status(word) for word in stations["status"].to_pylist()]
    counts = gaps.counted(status, half_days)
    return lonlat(stations)[counts], np.nan_to_num(half_days, nan=1.0)[counts]


def test_states_and_sums_are_those_of_the_whole_country_at_once(country: Path) -> None:
    got = ran(country, terms=Terms(rows_a_tile=60))
    demand = parquet.read_table(country / "demand.parquet")
    spots, error_m = lonlat(demand), floats(demand, "error_m")
    points, _ = counted_points(country)
    pairs = pairs_within(spots, points, 1000.0)
    found = gaps.health_gaps(
        workers=floats(demand, "workers"),
        clinic=[Clinic(word or "unknown") for word in demand["clinic"].to_pylist()],
        placed=gaps.placed_well_enough(error_m, 1000.0) & np.isfinite(spots[:, 0]),
        in_reach=pairs,
        counts=np.ones(len(points), np.bool_),
    )
    assert got["state"].to_pylist() == [state.value for state in found.state]
    nearest = np.full(len(spots), np.inf)
    np.minimum.at(nearest, pairs.demand, pairs.walk_m)
    assert got["nearest_m"].to_pylist() == [m if m <= 1000 else None for m in nearest.tolist()]
    total = json.loads((country / "out" / "totals.json").read_text())["total"]
    tally = found.tally()
    assert {name: total[name] for name in ("sites", "workers", "covered_workers", "share")} == {
        "sites": 1000,
        "workers": tally.counted_workers,
        "covered_workers": tally.covered_workers,
        "share": tally.share,
    }


def test_half_days_are_those_of_the_catchment_of_the_whole_country(country: Path) -> None:
    got = floats(ran(country, terms=Terms(rows_a_tile=60)), "half_days_a_worker")
    demand = parquet.read_table(country / "demand.parquet")
    spots = lonlat(demand)
    placed = np.isfinite(spots[:, 0]) & (floats(demand, "error_m") <= 400)
    points, half_days = counted_points(country)
    pairs = pairs_within(spots, points, 1000.0)
    workers = np.nan_to_num(floats(demand, "workers")) * placed
    whole = two_step(workers, half_days, pairs, band_weights(pairs.walk_m)).access
    assert got.tolist() == pytest.approx(
        np.where(placed, whole, np.nan).tolist(), rel=1e-9, abs=0, nan_ok=True
    )


@pytest.mark.parametrize("rows_a_tile", [1, 37, 400])
def test_the_answer_does_not_depend_on_the_cut(country: Path, rows_a_tile: int) -> None:
    whole = ran(country, "whole")
    assert ran(country, "cut", Terms(rows_a_tile=rows_a_tile)).equals(whole)


def test_workers_get_just_what_points_in_use_give(country: Path) -> None:
    ran(country)
    document = json.loads((country / "out" / "totals.json").read_text())
    demand = parquet.read_table(country / "demand.parquet")
    draws = (floats(demand, "workers") > 0) & (floats(demand, "error_m") <= 400)
    points, half_days = counted_points(country)
    used = np.unique(pairs_within(lonlat(demand)[draws], points, 1000.0).supply)
    assert document["stations"] == {
        "in_file": 80,
        "counted": len(points),
        "idle": len(points) - len(used),
        "half_days": half_days.sum(),
    }
    assert document["total"]["half_days"] == pytest.approx(half_days[used].sum(), rel=1e-9)
    by_district = document["districts"].values()
    assert sum(each["workers"] for each in by_district) == document["total"]["workers"]


def test_a_country_without_points_or_people_has_an_answer(country: Path) -> None:
    stations = parquet.read_table(country / "stations.parquet")
    parquet.write_table(stations.slice(0, 0), country / "stations.parquet")
    assert set(ran(country)["half_days_a_worker"].to_pylist()) == {0.0, None}
    demand = parquet.read_table(country / "demand.parquet")
    parquet.write_table(demand.slice(0, 0), country / "demand.parquet")
    totals = run(country / "demand.parquet", country / "stations.parquet", country / "nobody")
    assert (totals.all.sites, totals.all.share, totals.half_days) == (0, None, 0.0)


def test_nothing_is_left_of_a_run_that_failed(country: Path) -> None:
    demand = parquet.read_table(country / "demand.parquet")
    at = demand.column_names.index("workers")
    half = demand.set_column(at, "workers", pa.array([0.5] * len(demand)))
    parquet.write_table(half, country / "demand.parquet")
    with pytest.raises(CellError, match="workers 一列要写人数"):
        ran(country)
    assert sorted(path.name for path in country.iterdir()) == ["demand.parquet", "stations.parquet"]


def test_an_answer_is_not_written_over_another(country: Path) -> None:
    ran(country)
    with pytest.raises(SettingsError, match="已经有了"):
        ran(country)
