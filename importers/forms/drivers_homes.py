"""An X of 1+44+N+X: 工会司机之家, which the city builds in two sorts, 微型 and 综合型."""

from dataclasses import replace

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import GRADE, STATION
from importers.form import Form

_NAMES = ("司机之家名称", "工会司机之家名称", "货车司机之家名称")
_SORTS = ("类型", "类别", "规模", "建设规格", *GRADE.headers)

FORM = Form(
    code="drivers_homes",
    title="工会司机之家名单",
    kind=Kind.DRIVERS_HOME,
    fields=(
        Field("name", _NAMES, column=True, filled=True),
        *(replace(one, headers=_SORTS) if one is GRADE else one for one in STATION),
    ),
)
