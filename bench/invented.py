"""An invented city for measuring: roads with numbers, and stations that stand along them."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

ROADS = 2_000
DOORS_A_ROAD = 50
_DISTRICTS = {
    "黄浦区": (121.478, 31.228),
    "静安区": (121.448, 31.260),
    "徐汇区": (121.437, 31.170),
    "普陀区": (121.395, 31.250),
    "浦东新区": (121.600, 31.200),
}
_FIRST = "东西南北中新长安永福平定嘉华昌盛兴隆金玉宁和明光武文天云江海山川"
_KINDS = ("户外职工驿站", "职工工间休息室", "职工书屋", "爱心妈咪小屋", "园区健康服务点")
HEADER = (
    *("序号", "区", "街镇", "名称", "类别", "地址", "开放时间", "设施", "面积（平方米）"),
    *("所属单位", "联系电话", "联系人", "手机", "挂牌编号"),
)


def roads(seed: int) -> list[tuple[str, str]]:
    """Names of roads with the district each lies in."""
    chance = random.Random(seed)
    names: dict[str, str] = {}
    while len(names) < ROADS:
        name = "".join(chance.choices(_FIRST, k=3)) + chance.choice(("路", "街", "支路"))
        names.setdefault(name, chance.choice(list(_DISTRICTS)))
    return list(names.items())


def write_gazetteer(path: Path, seed: int = 1) -> int:
    """Every door of every road as a gazetteer; returns how many."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("address", "lng", "lat", "datum", "level", "district"))
        for road, district in roads(seed):
            lon, lat = _DISTRICTS[district]
            lon, lat = lon + chance.uniform(-0.01, 0.01), lat + chance.uniform(-0.01, 0.01)
            for n in range(1, DOORS_A_ROAD + 1):
                spot = (f"{lon + n * 2e-4:.6f}", f"{lat:.6f}")
                out.writerow((f"{district}{road}{2 * n}号", *spot, "WGS-84", "number", district))
    return ROADS * DOORS_A_ROAD


def stations(count: int, seed: int = 1) -> Iterator[tuple[object, ...]]:
    """Rows of a station list below `HEADER`, those of one district together."""
    chance = random.Random(seed + 1)
    places = sorted(roads(seed), key=lambda pair: pair[1])
    for n in range(count):
        road, district = places[n * len(places) // count]
        door = 2 * chance.randint(1, DOORS_A_ROAD)
        kind = chance.choice(_KINDS)
        yield (
            *(n + 1, district, "", f"示例{road}{n}号点", kind, f"{road}{door}号{n % 9 + 1}楼"),
            *("周一至周五 9:00-17:00", "空调、饮水机、微波炉、充电", chance.randint(10, 90)),
            *(f"示例{n % 300}公司", f"021-6000{n % 10_000:04d}", "", "", f"示例-{n:06d}"),
        )
