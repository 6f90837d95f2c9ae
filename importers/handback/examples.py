"""What a filled-in cell of each field looks like, and the words its drop-down offers.

All invented; a name that begins with 示例 is told as a sample wherever it is shown.
"""

from collections.abc import Mapping

from geodata.kinds import KINDS, OUTLET_LABELS, SITE_KIND_LABELS, STATUS_LABELS, Kind
from geodata.model import Datum
from geodata.place.district import load_districts
from importers.cells.words import Makes
from importers.field import Field
from importers.form import Form

_CELLS: Mapping[str, str] = {
    "name": "示例・东昌驿站",
    "district": "浦东新区",
    "town": "陆家嘴街道",
    "address": "浦东新区世纪大道100号",
    "hours": "周一至周五 9:00-17:00",
    "facilities": "空调、微波炉、饮水机",
    "services": "法律援助、心理咨询",
    "mixed": "空调、微波炉、法律援助",
    "services_hours": "健康咨询：周二 13:00-15:00",
    "area": "30",
    "operator": "示例・某物业公司",
    "phone": "021-50000001",
    "status": "已挂牌",
    "half_days": "2",
    "partner_clinic": "示例・某社区卫生服务中心",
    "official_code": "示例-001",
    "year": "2024",
    "serves": "示例・某大厦",
    "enterprises": "12",
    "workers": "800",
    "grade": "市级",
    "works": "新建",
    "notes": "",
    "lon": "121.5060",
    "lat": "31.2400",
    "datum": "WGS-84",
    "funds": "3万元",
    "due": "2024年9月底",
    "clinic": "无",
    "canteen_seats": "200",
    "meal_quota": "50",
    "cabinet_cells": "30",
    "lunch_declared": "是",
    "seats": "120",
    "turns": "3",
    "quota": "60",
    "price": "25",
    "code": "310115001",
    "origin": "",
    "branch": "示例・某产业工会",
    "union": "示例・某公司工会",
    "point": "1",
    "heads": "60",
    "dates": "2024年5月上旬",
}
_BY_FORM: Mapping[str, Mapping[str, str]] = {
    "district_centres": {"name": "浦东新区职工服务中心"},
    "drivers_homes": {"grade": "综合型"},
}


def example(form: Form, field: Field) -> str:
    """An example of a field's cell; persons' cells stay blank."""
    if field.private:
        return ""
    if field.name == "kind":
        return choices(form, field)[0]
    return _BY_FORM.get(form.code, {}).get(field.name, _CELLS.get(field.name, ""))


def choices(form: Form, field: Field) -> tuple[str, ...]:
    """The words a field is limited to, () where it is free."""
    if field.name == "grade" and form.kind is Kind.DRIVERS_HOME:
        return ("微型", "综合型")
    if field.name == "kind":
        return _KINDS.get(form.makes, _PLACES)
    return _CHOICES.get(field.name, ())


_PLACES = tuple(KINDS[kind].short for kind in Kind)
_KINDS: Mapping[Makes, tuple[str, ...]] = {
    Makes.SITE: tuple(labels[0] for labels in SITE_KIND_LABELS.values()),
    Makes.OUTLET: tuple(labels[0] for labels in OUTLET_LABELS.values()),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "district": load_districts().names,
    "status": tuple(labels[0] for labels in STATUS_LABELS.values()),
    "datum": tuple(datum.value for datum in Datum),
    "works": ("新建", "升级"),
    "clinic": ("无", "简陋", "完善", "未知"),
    "lunch_declared": ("是", "否"),
}
