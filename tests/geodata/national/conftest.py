"""A small country on disk: four towns, one of them astride a whole degree."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

MIDDLES = np.array([(121.47, 31.23), (121.0, 31.0), (104.0, 30.66), (-60.0, -31.0)])


@pytest.fixture
def country(tmp_path: Path) -> Path:
    """`demand` (1,000 rows, some without workers or a position) and `stations` (80)."""
    random = np.random.default_rng(7)

    def spots(rows: int) -> pa.Table:
        drawn = MIDDLES[random.integers(0, 4, rows)] + random.normal(0, 0.02, (rows, 2))
        return {"id": [f"d{n:04d}" for n in range(rows)], "lon": drawn[:, 0], "lat": drawn[:, 1]}

    rows = 1000
    demand = spots(rows) | {
        "workers": [None if n % 50 == 0 else n * 3 for n in range(rows)],
        "district": [None if n % 90 == 0 else f"{n % 5}" for n in range(rows)],
        "clinic": [("none", "adequate", "unknown", None)[n % 4] for n in range(rows)],
        "error_m": [90.0 if n % 7 else 450.0 for n in range(rows)],
    }
    demand["lon"] = [None if n % 100 == 0 else float(x) for n, x in enumerate(demand["lon"])]
    stations = spots(80) | {
        "half_days": [None if n % 10 == 0 else n % 4 * 0.5 for n in range(80)],
        "status": ["plaqued" if n % 5 else "rectifying" for n in range(80)],
    }
    parquet.write_table(pa.table(demand), tmp_path / "demand.parquet", row_group_size=150)
    parquet.write_table(pa.table(stations), tmp_path / "stations.parquet")
    return tmp_path
