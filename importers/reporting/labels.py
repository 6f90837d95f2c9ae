"""How the columns of the tables are called before planners."""

from typing import Any

from geodata.kinds import (
    KINDS,
    OUTLET_LABELS,
    SITE_KIND_LABELS,
    STATUS_LABELS,
    Kind,
    OutletKind,
    SiteKind,
    Status,
)
from geodata.storing.compare import FieldChange
from importers.private import masked

FIELD_LABELS = {
    "name": "名称",
    "address": "地址",
    "parsed": "地址的拆分",
    "canonical": "地址的拆分",
    "key": "门牌",
    "district": "区",
    "district_declared": "所填的区",
    "town": "街镇",
    "lon": "位置",
    "lat": "位置",
    "level": "位置的级别",
    "error_m": "位置的误差",
    "position_source": "位置的来源",
    "source_datum": "坐标系",
    "given": "表中坐标",
    "reason": "未落图的原因",
    "reason_detail": "未落图的原因",
    "flags": "存疑",
    "kind": "类别",
    "tier": "层级",
    "status": "状态",
    "official_code": "编号",
    "operator": "所属单位",
    "works": "新建或升级",
    "year": "年份",
    "hours_text": "开放时间",
    "hours": "开放时间",
    "area_m2": "面积",
    "facilities": "设施",
    "services": "服务内容",
    "public_phone": "电话",
    "serves": "服务的园区、楼宇",
    "enterprises": "企业数",
    "workers": "职工数",
    "funds_yuan": "投入资金",
    "due": "完成时间",
    "due_on": "完成时间",
    "half_days_per_week": "每周半天数",
    "partner_clinic": "合作医疗机构",
    "model_room": "样板间",
    "complex_site": "服务职工综合体",
    "grade": "等级",
    "union": "区局工会",
    "notes": "备注",
    "extra": "其他列",
    "clinic": "内设医务",
    "canteen_seats": "食堂座位",
    "meal_quota": "搭伙名额",
    "cabinet_cells": "取餐柜格口",
    "lunch_declared": "申报午餐难",
    "seats": "座位",
    "turns": "翻台",
    "quota": "名额",
    "price_yuan": "价格",
    "code": "代码",
    "heads": "人数",
}
# What follows from another change is not said beside it.
_FOLLOWING = frozenset(
    {"parsed", "canonical", "key", "hours", "due_on", "lat", "level", "error_m", "reason_detail"}
    | {"position_source", "source_datum", "given"}
)
_LONGEST = 40
_CODES: dict[str, str] = {
    **{status.value: STATUS_LABELS[status][0] for status in Status},
    **{kind.value: KINDS[kind].label for kind in Kind},
    **{kind.value: SITE_KIND_LABELS[kind][0] for kind in SiteKind},
    **{kind.value: OUTLET_LABELS[kind][0] for kind in OutletKind},
}


def shown_changes(changes: tuple[FieldChange, ...]) -> list[str]:
    """Each change once, as 开放时间“9:00”→“8:30”; what only follows from others is left out."""
    telling = [one for one in changes if one.field not in _FOLLOWING] or list(changes[:1])
    return list(dict.fromkeys(map(_shown, telling)))


def label(field: str) -> str:
    """What a field is called."""
    return FIELD_LABELS.get(field, field)


def _shown(one: FieldChange) -> str:
    kind = f"{KINDS[Kind(one.kind)].short}的" if one.kind else ""
    if one.field in {"parsed", "extra", "flags"}:
        return f"{kind}{label(one.field)}有变"
    return f"{kind}{label(one.field)}“{value_text(one.before)}”→“{value_text(one.after)}”"


def value_text(value: Any) -> str:
    """A stored value as a planner writes it, without persons."""
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return value_text("、".join(map(str, value)))
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    text = masked(_CODES.get(str(value), str(value)))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
