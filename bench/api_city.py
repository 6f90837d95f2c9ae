"""A database of invented service points, half of them crowded about the middle of the city."""

from pathlib import Path

import numpy as np

from bench.invented_places import SEED
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.hours import Hours, Span
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store

_DISTRICTS = ("黄浦区", "静安区", "徐汇区", "普陀区", "浦东新区")
_DAY = Hours(((Span(510, 1020),),) * 7)


def store_city(database: Path, count: int) -> None:
    """Publish them as one file, in a database of their own."""
    store = Store.open(f"sqlite:///{database}")
    fill_city(store, count)
    store.close()


def fill_city(store: Store, count: int) -> None:
    """Publish them as one file."""
    random = np.random.default_rng(SEED)
    spread = np.where(np.arange(count) % 2, 0.05, 0.25)
    lon = np.round(random.normal(121.47, spread), 6).tolist()
    lat = np.round(random.normal(31.23, spread), 6).tolist()
    found = tuple(_placed(n, lon[n], lat[n]) for n in range(count))
    store.publish(ImportedFile("示例.xlsx", "0" * 64, found, count, 0, ("stations",)))


def _placed(number: int, lon: float, lat: float) -> Placed:
    district = _DISTRICTS[number % len(_DISTRICTS)]
    service = DeclaredService(
        kind=list(Kind)[number % len(Kind)],
        name="",
        status=Status.PLAQUED,
        tier=Tier.OTHER,
        hours_text="8:30-17:00",
        hours=_DAY,
        facilities=("空调", "饮水机", "微波炉", "充电"),
    )
    source = Source("示例.xlsx", "表1", number, {}, "stations")
    address = f"示例路{number + 1}号"
    place = DeclaredPlace(f"示例{number}驿站", address, district, "", (service,), source)
    return Placed(place, None, Position(lon, lat, Level.NUMBER, 90.0, "示例"), district)
