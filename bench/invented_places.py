"""Invented public places over a city, of one seed."""

import numpy as np

from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.snapshot import Snapshot

SEED = 20240501


def drawn(count: int) -> Snapshot:
    """Half crowded about the middle; one in twenty without a position."""
    random = np.random.default_rng(SEED)
    lon = np.where(np.arange(count) % 2, random.normal(121.47, 0.05, count), 0)
    lon = np.where(lon == 0, random.uniform(121.0, 121.9, count), lon)
    lat = random.normal(31.2, 0.1, count)
    kinds = random.integers(0, len(Kind), count)
    return Snapshot(1, tuple(_place(n, lon[n], lat[n], kinds[n]) for n in range(count)))


def _place(number: int, lon: float, lat: float, kind: int) -> PublicPlace:
    name, on_map = f"示例{number}驿站", number % 20 > 0
    service = PublicService(list(Kind)[kind], name, Status.PLAQUED, "", (), (), "", "", None, None)
    return PublicPlace(
        id=number,
        name=name,
        district=f"示例{number % 16}区",
        town="",
        address="",
        lon=float(lon) if on_map else None,
        lat=float(lat) if on_map else None,
        level="number",
        error_m=90.0,
        reason="",
        reason_en="",
        flags=(),
        services=(service,),
        sample=False,
    )
