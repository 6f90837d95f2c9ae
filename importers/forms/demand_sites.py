"""A plain list of parks, buildings and malls whose workers need service."""

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import (
    ADDRESS,
    CONTACTS,
    COORDINATES,
    DISTRICT,
    ENTERPRISES,
    NUMBER,
    TOWN,
    WORKERS,
)
from importers.form import Form

_NAMES = ("名称", "园区名称", "楼宇名称", "商圈名称", "园区（楼宇、商圈）名称", "name")

FORM = Form(
    code="demand_sites",
    title="园区、楼宇、商圈清单",
    makes=Makes.SITE,
    kind_in_title=True,
    fields=(
        NUMBER,
        Field("name", _NAMES, column=True, filled=True),
        Field("kind", ("类别", "类型", "园区类型", "kind")),
        *(DISTRICT, TOWN, ADDRESS, ENTERPRISES, WORKERS),
        Field("clinic", ("内设医务", "内设医务室", "内部医务设施", "医务设施", "医务室")),
        Field("canteen_seats", ("食堂座位", "食堂座位数", "自有食堂座位")),
        Field("meal_quota", ("搭伙名额", "搭伙人数")),
        Field("cabinet_cells", ("取餐柜格口", "取餐柜格口数", "智能取餐柜格口")),
        Field("lunch_declared", ("是否申报午餐难", "申报午餐难", "是否午餐难", "午餐难")),
        *CONTACTS,
        *COORDINATES,
    ),
)
