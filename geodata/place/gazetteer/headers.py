"""The words tables use for their columns and datums, in Chinese and English."""

import re

from geodata.model import Datum

HEADERS: dict[str, tuple[str, ...]] = {
    "address": ("address", "地址", "详细地址", "标准地址", "门牌地址", "门牌"),
    "name": ("name", "名称", "地名"),
    "station": ("station", "nearest_station", "车站", "站名", "地铁站", "车站名称"),
    "exit": ("exit", "exit_name", "出入口", "出口", "口"),
    "lines": ("lines", "line", "线路"),
    "lng": ("lng", "lon", "longitude", "经度", "x"),
    "lat": ("lat", "latitude", "纬度", "y"),
    "datum": ("datum", "坐标系", "坐标系统", "crs"),
    "district": ("district", "区", "行政区", "区县", "所在区"),
    "level": ("level", "级别", "精度"),
    "error_m": ("error_m", "误差", "误差（米）"),
    "source": ("source", "来源"),
    "aliases": ("aliases", "alias", "别名"),
    # What tells a table of stations from one of named places.
    "open": ("open_guess",),
}
_FIELD_OF = {header: field for field, headers in HEADERS.items() for header in headers}
_DATUM_WORDS: dict[str, Datum] = {
    "wgs84": Datum.WGS84,
    "wgs": Datum.WGS84,
    "84": Datum.WGS84,
    "cgcs2000": Datum.CGCS2000,
    "2000": Datum.CGCS2000,
    "gcj02": Datum.GCJ02,
    "gcj": Datum.GCJ02,
    "火星": Datum.GCJ02,
    "高德": Datum.GCJ02,
    "bd09": Datum.BD09,
    "百度": Datum.BD09,
}


def datum_named(text: str) -> Datum | None:
    """The datum a word stands for: WGS84, wgs-84, GCJ02, 火星坐标, 百度; None if it is none."""
    plain = re.sub(r"[-_\s]|坐标系?", "", text.lower())
    return _DATUM_WORDS.get(plain)


def field_of(header: str) -> str:
    """The field of a header; a datum behind a coordinate's name is no part of it."""
    plain = header.strip().lower()
    if datum_of(plain):
        plain = plain.rpartition("_")[0]
    return _FIELD_OF.get(plain, "")


def datum_of(header: str) -> Datum | None:
    """The datum in a header like lng_wgs84."""
    head, _, last = header.strip().lower().rpartition("_")
    return datum_named(last) if _FIELD_OF.get(head) in {"lng", "lat"} else None
