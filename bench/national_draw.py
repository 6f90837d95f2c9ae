"""Invented demand and stations of a whole country, of one seed."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

SEED = 20240501
CITIES = 300


def draw(folder: Path, demand: int, stations: int) -> None:
    """Towns of very unequal size between 20 and 48 degrees north; rows in no order."""
    random = np.random.default_rng(SEED)
    middles = random.uniform((85, 20), (128, 48), (CITIES, 2))
    size = 1.0 / np.arange(1, CITIES + 1)
    for name, rows in (("demand", demand), ("stations", stations)):
        city = random.choice(CITIES, rows, p=size / size.sum())
        lon, lat = (middles[city] + random.normal(0, 0.12, (rows, 2))).T
        columns = {"id": np.arange(rows), "lon": lon, "lat": lat}
        if name == "demand":
            codes = pa.array([f"{n:06d}" for n in range(CITIES)]).take(pa.array(city))
            heads = np.round(random.lognormal(5, 1.2, rows))
            table = pa.table(columns | {"district": codes, "workers": heads})
        else:
            table = pa.table(columns | {"half_days": random.integers(0, 11, rows)})
        parquet.write_table(table, folder / f"{name}.parquet")
