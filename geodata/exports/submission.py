"""The file consumer maps are given: name, address, GCJ-02 position, hours, the desk's phone."""

from collections.abc import Iterable, Iterator

from geodata.exports.fields import Field
from geodata.exports.rows import Export, Row
from geodata.kinds import KINDS
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.public_places import PublicPlace

DATUM = "GCJ-02"
FIELDS = (
    Field("name", "名称", "Name", str),
    Field("kind", "类别", "Kind", str),
    Field("district", "区", "District", str),
    Field("address", "地址", "Address", str),
    Field("lon", "经度（GCJ-02）", "Longitude (GCJ-02)", float),
    Field("lat", "纬度（GCJ-02）", "Latitude (GCJ-02)", float),
    Field("datum", "坐标系", "Datum", str),
    Field("hours", "开放时间", "Hours", str),
    Field("phone", "服务台电话", "Phone of the desk", str),
)


def submission(places: Iterable[PublicPlace], *, within_m: float) -> Export:
    """One row a service whose position is surely within `within_m` metres; nothing invented."""
    return Export("地图收录申请", FIELDS, _rows(places, within_m))


def _rows(places: Iterable[PublicPlace], within_m: float) -> Iterator[Row]:
    for place in places:
        if place.lon is None or place.lat is None or (place.error_m or 0.0) > within_m:
            continue
        lon, lat = convert(place.lon, place.lat, source=Datum.WGS84, target=Datum.GCJ02)
        for one in place.services:
            yield (
                one.name or place.name,
                KINDS[one.kind].label,
                place.district,
                place.address,
                round(float(lon), 6),
                round(float(lat), 6),
                DATUM,
                one.hours_text,
                one.public_phone,
            )
