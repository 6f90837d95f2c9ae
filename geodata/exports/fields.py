"""What an exported row holds: one list of fields for every format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geodata.kinds import KINDS, STATUS_LABELS
from geodata.public_places import PublicPlace, PublicService
from geodata.tables import ServicePoint

DATUM = "WGS-84"
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its key, its names, the type of its values; None is unknown, never 0."""

    key: str
    label: str
    label_en: str
    type: type[str] | type[int] | type[float]


@dataclass(frozen=True, slots=True)
class PublicField(Field):
    """A column anybody may read."""

    of: Callable[[PublicPlace, PublicService], Value]


@dataclass(frozen=True, slots=True)
class DeskField(Field):
    """A column for the union's own offices."""

    of: Callable[[ServicePoint], Value]


PUBLIC_FIELDS: tuple[PublicField, ...] = (
    PublicField("place_id", "地点编号", "Place", int, lambda place, _: place.id),
    PublicField("name", "名称", "Name", str, lambda place, one: one.name or place.name),
    PublicField("kind", "类别代码", "Kind", str, lambda _, one: one.kind.value),
    PublicField("kind_label", "类别", "Kind in words", str, lambda _, one: KINDS[one.kind].label),
    PublicField("status", "状态代码", "Status", str, lambda _, one: one.status.value),
    PublicField(
        "status_label", "状态", "Status in words", str, lambda _, one: STATUS_LABELS[one.status][0]
    ),
    PublicField("district", "区", "District", str, lambda place, _: place.district),
    PublicField("town", "街镇", "Town", str, lambda place, _: place.town),
    PublicField("address", "地址", "Address", str, lambda place, _: place.address),
    PublicField("lon", "经度", "Longitude", float, lambda place, _: _rounded(place.lon)),
    PublicField("lat", "纬度", "Latitude", float, lambda place, _: _rounded(place.lat)),
    PublicField("datum", "坐标系", "Datum", str, lambda place, _: DATUM if place.placed else ""),
    PublicField("level", "位置精度", "Level", str, lambda place, _: place.level),
    PublicField("error_m", "误差（米）", "Error, m", float, lambda place, _: place.error_m),
    PublicField("reason", "不在地图上的原因", "Why not placed", str, lambda place, _: place.reason),
    PublicField("hours", "开放时间", "Hours", str, lambda _, one: one.hours_text),
    PublicField("facilities", "设施", "Facilities", str, lambda _, one: "、".join(one.facilities)),
    PublicField("services", "服务", "Services", str, lambda _, one: "、".join(one.services)),
    PublicField("operator", "运营单位", "Operator", str, lambda _, one: one.operator),
    PublicField("phone", "电话", "Phone", str, lambda _, one: one.public_phone),
    PublicField("area_m2", "面积（平方米）", "Area, m²", float, lambda _, one: one.area_m2),
    PublicField("year", "年份", "Year", int, lambda _, one: one.year),
)

DESK_FIELDS: tuple[DeskField, ...] = (
    DeskField("service_id", "点位编号", "Service point", int, lambda one: one.id),
    DeskField("tier", "层级", "Tier", str, lambda one: one.tier),
    DeskField("official_code", "编号", "Official code", str, lambda one: one.official_code),
    DeskField("works", "新建或升级", "Works", str, lambda one: one.works or ""),
    DeskField("union", "工会", "Union", str, lambda one: one.union),
    DeskField("serves", "覆盖楼宇", "Serves", str, lambda one: one.serves),
    DeskField("enterprises", "企业数", "Enterprises", int, lambda one: one.enterprises),
    DeskField("workers", "职工数", "Workers", int, lambda one: one.workers),
    DeskField(
        "half_days_per_week",
        "每周半天数",
        "Half-days a week",
        float,
        lambda one: one.half_days_per_week,
    ),
    DeskField("partner_clinic", "对口医疗机构", "Clinic", str, lambda one: one.partner_clinic),
    DeskField("funds_yuan", "申报资金（元）", "Funds, yuan", float, lambda one: one.funds_yuan),
    DeskField("due", "完成时间", "Due", str, lambda one: one.due),
    DeskField("grade", "等级", "Grade", str, lambda one: one.grade),
)


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 6)


def names(fields: tuple[Field, ...]) -> tuple[Any, ...]:
    """The heads of the columns, in Chinese."""
    return tuple(field.label for field in fields)
