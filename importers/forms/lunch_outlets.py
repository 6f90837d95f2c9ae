"""A plain list of where workers can have lunch."""

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import ADDRESS, CONTACTS, COORDINATES, DISTRICT, NUMBER, TOWN
from importers.form import Form

FORM = Form(
    code="lunch_outlets",
    title="午餐供应点清单",
    makes=Makes.OUTLET,
    kind_in_title=True,
    fields=(
        NUMBER,
        Field("name", ("名称", "供应点名称", "食堂名称", "name"), column=True, filled=True),
        Field("kind", ("类别", "类型", "kind")),
        *(DISTRICT, TOWN, ADDRESS),
        Field("seats", ("座位", "座位数", "餐位", "餐位数")),
        Field("turns", ("翻台", "翻台次数")),
        Field("quota", ("名额", "供餐名额", "供餐份数", "格口")),
        Field("price", ("价格", "人均价格", "人均消费", "单价", "餐标")),
        Field("hours", ("供餐时间", "营业时间", "开放时间")),
        *CONTACTS,
        *COORDINATES,
    ),
)
