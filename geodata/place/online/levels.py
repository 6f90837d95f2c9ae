"""What the providers call how fine an answer is, in our levels; None is no place at all."""

from collections.abc import Mapping

from geodata.model import Level

AMAP: Mapping[str, Level] = {
    "门牌号": Level.NUMBER,
    "门址": Level.NUMBER,
    "单元号": Level.NUMBER,
    "兴趣点": Level.POI,
    "住宅区": Level.POI,
    "公交地铁站点": Level.METRO_STATION,
    "道路交叉路口": Level.INTERSECTION,
    "道路": Level.ROAD,
    "乡镇": Level.TOWN,
    "村庄": Level.TOWN,
    "开发区": Level.TOWN,
    "热点商圈": Level.TOWN,
    "区县": Level.DISTRICT,
}

BAIDU: Mapping[str, Level] = {
    "门址": Level.NUMBER,
    "交叉路口": Level.INTERSECTION,
    "道路": Level.ROAD,
    "乡镇": Level.TOWN,
    "村庄": Level.TOWN,
    "区县": Level.DISTRICT,
}

TENCENT: Mapping[int, Level] = {
    2: Level.DISTRICT,
    3: Level.TOWN,
    4: Level.TOWN,
    5: Level.TOWN,
    6: Level.TOWN,
    7: Level.ROAD,
    8: Level.INTERSECTION,
    9: Level.NUMBER,
    10: Level.POI,
    11: Level.POI,
}

NOWHERE = frozenset({"", "未知", "UNKNOWN", "国家", "省", "市", "城市"})

_COARSER: Mapping[Level, Level] = {
    Level.NUMBER: Level.INTERPOLATED,
    Level.LANE_NUMBER: Level.INTERPOLATED,
    Level.INTERPOLATED: Level.ROAD,
    Level.POI: Level.ROAD,
    Level.INTERSECTION: Level.ROAD,
    Level.METRO_STATION: Level.ROAD,
    Level.ROAD: Level.TOWN,
    Level.TOWN: Level.DISTRICT,
}


def named_poi(level: str, known: Mapping[str, Level]) -> Level | None:
    """Baidu and Tianditu name a sort of business for a place of interest (商务大厦, 教育)."""
    return None if level in NOWHERE else known.get(level, Level.POI)


def step_down(level: Level, *, unless: bool) -> Level:
    """One level coarser, unless the provider is sure; a district stays what it is."""
    return level if unless else _COARSER.get(level, level)
